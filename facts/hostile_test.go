//go:build unix

package facts

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
	"testing/fstest"
	"time"
)

// loadText loads one file from memory and fails when that takes long.
func loadText(t *testing.T, name, text string) Problems {
	t.Helper()
	start := time.Now()
	_, problems := LoadFS(fstest.MapFS{name: {Data: []byte(text)}}, name)
	if took := time.Since(start); took > 10*time.Second {
		t.Errorf("took %v", took)
	}
	return problems
}

// TestHostileText loads files that are made to overflow, stall or crash a
// parser. At this size what is quadratic takes minutes.
func TestHostileText(t *testing.T) {
	const size = 256 << 10
	repeat := func(s string) string { return strings.Repeat(s, size/len(s)) }
	tests := []struct{ name, file, text, want string }{
		{"deep lists", "a.yaml", repeat("["), "levels"},
		{"deep maps", "a.yaml", repeat("{a: "), "levels"},
		{"deep compact lists", "a.yaml", repeat("- "), "levels"},
		{"deep block maps", "a.yaml", blockMaps(10_000), "levels"},
		{"deep lists in quotes do not count", "a.yaml", "title: \"" + strings.Repeat("[", 10_000) + "\"\n", "characters"},
		{"deep JSON", "a.jsonl", strings.Repeat("[", size/2), "levels"},
		{"deep JSON maps", "a.jsonl", strings.Repeat(`{"a":`, size/10), "levels"},
		{"keys", "a.yaml", repeat("a: x\n"), "keys in one map"},
		{"keys in many maps", "a.yaml", "k:\n" + strings.Repeat(" - x: 1\n"+strings.Repeat("   a: b\n", 9000), 8), "keys in one map"},
		{"question marks", "a.yaml", repeat("? x\n"), "starts with `?`"},
		{"empty entries", "a.yaml", repeat("-\n"), "without a value"},
		{"empty flow entries", "a.yaml", "k: {" + repeat("a,") + "}", "without a value"},
		{"blank lines", "a.yaml", "k: |\n  x\n" + repeat("\n") + "b: c\n", "blank lines"},
		{"spaced blank lines", "a.yaml", "k: |\n  x\n" + repeat(" \n") + "b: c\n", "blank lines"},
		{"blank lines at the end", "a.yaml", "k: |\n  x\n" + repeat("\n"), "unknown field"},
		{"tabs", "a.yaml", "k: \"" + repeat("\t") + "\"", "a tab"},
		{"documents", "a.yaml", repeat("--- x\n"), "second YAML document"},
		{"anchors", "a.yaml", repeat("- &a x\n"), "expected a map"},
		{"aliases", "a.yaml", "a: &a [x, x]\nb: [" + repeat("*a, ") + "]", "aliases"},
		{"problems", "a.yaml", "facts: [" + repeat("a, ") + "]\n", "more errors"},
		{"problems in lines", "a.jsonl", `{"base":"b","title":"T","languages":["en"]}` + "\n" + repeat("{}\n"), "more errors"},
		{"one line", "a.jsonl", strings.Repeat("x", MaxLine+1), "line is longer"},
		{"NUL", "a.yaml", repeat("\x00"), "NUL"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			problems := loadText(t, tt.file, tt.text)
			if problems.Err() == nil {
				t.Fatal("no error")
			}
			if all := describeProblems(problems); !strings.Contains(all, tt.want) {
				t.Errorf("got\n%.500s\nwant something about %q", all, tt.want)
			}
			if len(problems) > 2*MaxProblems+2 {
				t.Errorf("%d problems", len(problems))
			}
		})
	}
}

func blockMaps(depth int) string {
	var b strings.Builder
	for i := range depth {
		fmt.Fprintf(&b, "%sa:\n", strings.Repeat(" ", i%1000))
	}
	return b.String()
}

// TestManyWarnings shows that warnings are counted and stay cheap.
func TestManyWarnings(t *testing.T) {
	var b strings.Builder
	b.WriteString(`{"base":"b","title":"T","languages":["en","ko"],"sources":{"ap":{"title":"T","publisher":"P","url":"https://example.org/","language":"en"}}}` + "\n")
	for i := range 1000 {
		fmt.Fprintf(&b, `{"id":"f-%d","title":"T","answer":"A","sources":[{"ref":"ap"}]}`+"\n", i)
	}
	problems := loadText(t, "a.jsonl", b.String())
	if err := problems.Err(); err != nil {
		t.Fatal(err)
	}
	if got := len(problems.Warnings()); got != MaxProblems+1 {
		t.Errorf("%d warnings, want %d and a line that counts the rest", got, MaxProblems)
	}
	if last := problems[len(problems)-1].Error(); last != "warning: and 1,800 more warnings" {
		t.Errorf("the last line is %q", last)
	}
}

func TestHostileFiles(t *testing.T) {
	dir := t.TempDir()
	write := func(name string, size int64) string {
		path := filepath.Join(dir, name)
		if err := os.WriteFile(path, []byte("base: x\n"), 0o600); err != nil {
			t.Fatal(err)
		}
		if err := os.Truncate(path, size); err != nil {
			t.Fatal(err)
		}
		return path
	}
	fifo := filepath.Join(dir, "fifo.yaml")
	if err := syscall.Mkfifo(fifo, 0o600); err != nil {
		t.Fatal(err)
	}
	device := filepath.Join(dir, "zero.yaml")
	if err := os.Symlink("/dev/zero", device); err != nil {
		t.Fatal(err)
	}
	folder := filepath.Join(dir, "folder.yaml")
	if err := os.Mkdir(folder, 0o700); err != nil {
		t.Fatal(err)
	}
	tests := []struct{ name, path, want string }{
		{"missing", filepath.Join(dir, "none.yaml"), "no such file"},
		{"folder", dir, "folder"},
		{"folder with a name like a file", folder, "folder"},
		{"FIFO", fifo, "not a regular file"},
		{"endless device", device, "not a regular file"},
		{"200 MB of YAML", write("big.yaml", 200<<20), "larger than 8 MiB"},
		{"too large JSONL", write("big.jsonl", MaxJSONLSize+1), "larger than 512 MiB"},
		{"other kind", write("notes.txt", 3), "ends in .yaml"},
		{"NUL in the path", "a\x00.yaml", "invalid"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			bases, problems := LoadFiles(tt.path)
			if bases != nil || len(problems) != 1 || !strings.Contains(problems[0].Message, tt.want) {
				t.Errorf("got %v, %v; want one problem about %q", bases, problems, tt.want)
			}
		})
	}
}

// TestSymlink loads through a symlink, as Kubernetes mounts ConfigMaps.
func TestSymlink(t *testing.T) {
	target, err := filepath.Abs("testdata/valid/minimal.yaml")
	if err != nil {
		t.Fatal(err)
	}
	link := filepath.Join(t.TempDir(), "facts.yaml")
	if err := os.Symlink(target, link); err != nil {
		t.Fatal(err)
	}
	if _, problems := LoadFiles(link); len(problems) > 0 {
		t.Error(problems)
	}
}

func TestNoPermission(t *testing.T) {
	path := filepath.Join(t.TempDir(), "secret.yaml")
	if err := os.WriteFile(path, []byte("base: x\n"), 0); err != nil {
		t.Fatal(err)
	}
	if os.Geteuid() == 0 {
		t.Skip("root may read everything; TestNoPermissionFS stands in")
	}
	checkNoPermission(t, disk{}, path)
}

func TestNoPermissionFS(t *testing.T) {
	checkNoPermission(t, refusingFS{}, "secret.yaml")
	checkNoPermission(t, refusingFS{}, "secret.jsonl")
}

func checkNoPermission(t *testing.T, fsys fs.FS, path string) {
	t.Helper()
	_, problems := LoadFS(fsys, path)
	if len(problems) != 1 || problems[0].Message != "no permission to read the file" {
		t.Errorf("got %v", problems)
	}
	if !errors.Is(problems.Err(), fs.ErrPermission) {
		t.Error("the cause is lost")
	}
}

// refusingFS opens nothing.
type refusingFS struct{}

func (refusingFS) Open(name string) (fs.File, error) {
	return nil, &fs.PathError{Op: "open", Path: name, Err: fs.ErrPermission}
}

// TestGrowingFile reads a file that is longer than it says, as in /proc.
func TestGrowingFile(t *testing.T) {
	fsys := liarFS{fstest.MapFS{"a.yaml": {Data: make([]byte, MaxYAMLSize+1)}}}
	_, problems := LoadFS(fsys, "a.yaml")
	if len(problems) != 1 || !strings.Contains(problems[0].Message, "larger than") {
		t.Errorf("got %v", problems)
	}
}

// liarFS says that every file is empty.
type liarFS struct{ fstest.MapFS }

func (l liarFS) Stat(name string) (fs.FileInfo, error) {
	info, err := l.MapFS.Stat(name)
	return emptyInfo{info}, err
}

type emptyInfo struct{ fs.FileInfo }

func (emptyInfo) Size() int64 { return 0 }
