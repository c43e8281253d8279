package library

import (
	"io/fs"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// pause is how long a slow editor takes between two steps.
const pause = 60 * time.Millisecond

// A save is a way to change the base in a folder to say 2.
type save struct {
	name  string
	setUp func(t *testing.T, dir string) // from a plain folder that says 1; may be nil
	do    func(t *testing.T, dir string)
}

func in(dir, name string) string { return filepath.Join(dir, name) }

var saves = []save{
	{"in place", nil, func(t *testing.T, dir string) { writeBases(t, dir, 2, "talks") }},
	{"beside, and renamed", nil, func(t *testing.T, dir string) {
		for name, text := range texts(2) {
			write(t, in(dir, "."+name+".tmp"), text)
			check(t, os.Rename(in(dir, "."+name+".tmp"), in(dir, name)))
		}
	}},
	{"emptied, and written slowly in halves", nil, func(t *testing.T, dir string) {
		for _, name := range []string{"talks.yaml", "talks.en.yaml"} {
			text := texts(2)[name]
			half := strings.LastIndex(text[:len(text)-20], "\n") + 1
			f, err := os.Create(in(dir, name))
			check(t, err)
			for _, part := range []string{text[:half], text[half:]} {
				time.Sleep(pause)
				_, err := f.WriteString(part)
				check(t, err)
			}
			check(t, f.Close())
		}
	}},
	{"as vim does, with a backup", nil, func(t *testing.T, dir string) {
		for name, text := range texts(2) {
			write(t, in(dir, "4913"), "")
			check(t, os.Remove(in(dir, "4913")))
			check(t, os.Rename(in(dir, name), in(dir, name+"~")))
			time.Sleep(pause)
			write(t, in(dir, name), text)
			check(t, os.Chmod(in(dir, name), 0o644))
			check(t, os.Remove(in(dir, name+"~")))
		}
	}},
	{"deleted, and created", nil, func(t *testing.T, dir string) {
		for name, text := range texts(2) {
			check(t, os.Remove(in(dir, name)))
			time.Sleep(2 * pause)
			write(t, in(dir, name), text)
		}
	}},
	{"a ConfigMap", func(t *testing.T, dir string) {
		moveInto(t, dir, in(dir, "..2025_1"))
		check(t, os.Symlink("..2025_1", in(dir, "..data")))
		for name := range texts(1) {
			check(t, os.Symlink(filepath.Join("..data", name), in(dir, name)))
		}
	}, func(t *testing.T, dir string) {
		check(t, os.Mkdir(in(dir, "..2025_2"), 0o755))
		writeBases(t, in(dir, "..2025_2"), 2, "talks")
		check(t, os.Symlink("..2025_2", in(dir, "..data_tmp")))
		check(t, os.Rename(in(dir, "..data_tmp"), in(dir, "..data")))
		check(t, os.RemoveAll(in(dir, "..2025_1")))
	}},
	{"a link to the main file", func(t *testing.T, dir string) {
		check(t, os.Mkdir(in(dir, "real"), 0o755))
		check(t, os.Rename(in(dir, "talks.yaml"), in(dir, "real/main.yaml")))
		check(t, os.Symlink("real/main.yaml", in(dir, "talks.yaml")))
	}, func(t *testing.T, dir string) {
		write(t, in(dir, "real/main.yaml"), texts(2)["talks.yaml"])
		write(t, in(dir, "talks.en.yaml"), texts(2)["talks.en.yaml"])
	}},
	{"an absolute link to another file", func(t *testing.T, dir string) {
		check(t, os.Rename(in(dir, "talks.yaml"), in(dir, "one.yaml")))
		check(t, os.Symlink(in(dir, "one.yaml"), in(dir, "talks.yaml")))
	}, func(t *testing.T, dir string) {
		write(t, in(dir, "two.yaml"), texts(2)["talks.yaml"])
		write(t, in(dir, "talks.en.yaml"), texts(2)["talks.en.yaml"])
		check(t, os.Symlink(in(dir, "two.yaml"), in(dir, "new")))
		check(t, os.Rename(in(dir, "new"), in(dir, "talks.yaml")))
	}},
	{"the folder replaced", nil, func(t *testing.T, dir string) {
		next := in(filepath.Dir(dir), "next")
		check(t, os.Mkdir(next, 0o755))
		writeBases(t, next, 2, "talks")
		check(t, os.Rename(dir, dir+".old"))
		check(t, os.Rename(next, dir))
	}},
	{"the folder deleted and made again", nil, func(t *testing.T, dir string) {
		check(t, os.RemoveAll(dir))
		time.Sleep(pause)
		check(t, os.Mkdir(dir, 0o755))
		writeBases(t, dir, 2, "talks")
	}},
	{"the folder is a link, to another folder", func(t *testing.T, dir string) {
		check(t, os.Rename(dir, dir+".1"))
		check(t, os.Symlink(filepath.Base(dir)+".1", dir))
	}, func(t *testing.T, dir string) {
		check(t, os.Mkdir(dir+".2", 0o755))
		writeBases(t, dir+".2", 2, "talks")
		check(t, os.Symlink(dir+".2", dir+".new"))
		check(t, os.Rename(dir+".new", dir))
	}},
}

func texts(number int) map[string]string {
	return map[string]string{"talks.en.yaml": partText("talks", number), "talks.yaml": mainText("talks", number)}
}

// moveInto moves the files of a folder into a new folder in it.
func moveInto(t *testing.T, dir, to string) {
	t.Helper()
	check(t, os.Mkdir(to, 0o755))
	for name := range texts(1) {
		check(t, os.Rename(in(dir, name), filepath.Join(to, name)))
	}
}

// TestSaves changes files in all ways that people and programs have; then once
// more in place, so that what is there now is watched as well.
func TestSaves(t *testing.T) {
	t.Parallel()
	for _, s := range saves {
		t.Run(s.name, func(t *testing.T) {
			t.Parallel()
			dir := in(t.TempDir(), "facts")
			check(t, os.Mkdir(dir, 0o755))
			writeBases(t, dir, 1, "talks")
			if s.setUp != nil {
				s.setUp(t, dir)
			}
			b := opened(t, Config{Paths: []string{in(dir, "talks.yaml")}, Poll: time.Hour}, filesEditing()).run()
			time.Sleep(2 * defaultDebounce) // until it watches
			began := time.Now()
			s.do(t, dir)
			took := time.Since(began)
			b.serves("talks", 2)
			b.until("the part is served as well", func() bool { return asked(b.Snapshot(), "talks") == 2 })
			if _, faulty := b.told(); faulty > 0 && took < 2*grace {
				t.Errorf("a fault was told of a save that took %v: %v", took, b.faulty[0].Faults)
			}
			writeBases(t, dir, 3, "talks")
			b.serves("talks", 3)
		})
	}
}

// TestPart changes a part alone.
func TestPart(t *testing.T) {
	t.Parallel()
	dir := folder(t, "talks")
	b := opened(t, Config{Paths: []string{in(dir, "talks.yaml")}, Poll: time.Hour}, filesEditing()).run()
	write(t, in(dir, "talks.en.yaml"), partText("talks", 7))
	b.until("the part is served", func() bool { return asked(b.Snapshot(), "talks") == 7 })
	if n := number(b.Snapshot(), "talks"); n != 1 {
		t.Errorf("the main file says %d", n)
	}
}

// TestTouch does all to files that changes no byte of them, and more beside
// them.
func TestTouch(t *testing.T) {
	t.Parallel()
	dir := folder(t, "talks")
	path := in(dir, "talks.yaml")
	b := opened(t, Config{Paths: []string{path}}, filesEditing()).run()
	served, loads := b.Snapshot(), b.loads[true]
	for _, touch := range []func(){
		func() { check(t, os.Chmod(path, 0o640)) },
		func() { check(t, os.Chtimes(path, time.Now(), time.Now().Add(time.Hour))) },
		func() { writeBases(t, dir, 1, "talks") },
		func() { check(t, os.Rename(path, path+"~")); check(t, os.Rename(path+"~", path)) },
		func() { write(t, in(dir, "other.yaml"), "nonsense") },
	} {
		touch()
		time.Sleep(2 * defaultDebounce)
	}
	quiet()
	changed, faulty := b.told()
	if b.Snapshot() != served || changed+faulty > 0 || b.loads[true] != loads || b.loads[false] > 0 {
		t.Errorf("told %d changes and %d faults, loaded %v", changed, faulty, b.loads)
	}
}

// TestVanished takes the main file away, for good and then back.
func TestVanished(t *testing.T) {
	t.Parallel()
	dir := folder(t, "talks")
	path := in(dir, "talks.yaml")
	b := opened(t, Config{Paths: []string{path}, Poll: time.Hour}, filesEditing()).run()
	time.Sleep(2 * defaultDebounce)
	check(t, os.Rename(path, path+".away"))
	b.until("it is missed", func() bool { return len(b.Status().Faults) == 1 })
	if s := b.Status(); !strings.Contains(s.Faults[0].Message, "no such file") {
		t.Errorf("got %v", s.Faults)
	}
	check(t, os.Rename(path+".away", path))
	b.until("it is there again", func() bool { return b.Status().Faults == nil })
	writeBases(t, dir, 2, "talks")
	b.serves("talks", 2)
}

// TestTrail lists what leads to a file.
func TestTrail(t *testing.T) {
	t.Parallel()
	dir, err := filepath.EvalSymlinks(t.TempDir())
	check(t, err)
	check(t, os.Mkdir(in(dir, "real"), 0o755))
	write(t, in(dir, "real/a"), "")
	check(t, os.Symlink("real", in(dir, "link")))
	check(t, os.Symlink("../link/a", in(dir, "real/b")))
	check(t, os.Symlink("loop", in(dir, "loop")))
	for path, want := range map[string][]string{
		"real/a":        {"real/a"},
		"link/a":        {"link", "real/a"},
		"link/b":        {"link", "real/b", "link", "real/a"},
		"link/none/a":   {"link", "real/none"},
		"real/../link/": {"link", "real"},
	} {
		var got []string
		for _, name := range trail(in(dir, path)) {
			got = append(got, strings.TrimPrefix(name, dir+"/"))
		}
		if strings.Join(got, " ") != strings.Join(want, " ") {
			t.Errorf("%s: got %q, want %q", path, got, want)
		}
	}
	if n := len(trail(in(dir, "loop"))); n > maxLinks+2 {
		t.Errorf("a loop of links: %d names", n)
	}
}

// TestStamps finds changes that neither size nor time tell.
func TestStamps(t *testing.T) {
	t.Parallel()
	path := in(t.TempDir(), "a")
	write(t, path, "one")
	then := time.Now()
	check(t, os.Chtimes(path, then, then))
	s := stampsOf([]string{path})
	write(t, path, "two")
	check(t, os.Chtimes(path, then, then))
	if s.again().same(s) {
		t.Error("the change in one tick is not seen")
	}
	check(t, os.Chtimes(path, then.Add(-time.Hour), then.Add(-time.Hour)))
	if old := stampOf(path); old.doubt || old.again(path).sum != old.sum {
		t.Error("an old file is in doubt")
	}
	for what, path := range map[string]string{"no file": path + "x", "a folder": filepath.Dir(path)} {
		if s := stampOf(path); s.wrong == "" || s.sum != (sum{}) {
			t.Errorf("%s: got %+v", what, s)
		}
	}
	r := newRecorder()
	if _, err := r.Stat(path + "x"); err == nil {
		t.Fatal("found")
	}
	data, err := fs.ReadFile(r, path)
	check(t, err)
	if string(data) != "two" || r.read[path].sum != stampOf(path).sum {
		t.Error("another sum while it is read")
	}
	if _, atRest := r.end(); !atRest {
		t.Error("nobody wrote")
	}
	write(t, path+"x", "")
	if _, atRest := r.end(); atRest {
		t.Error("a file that came meanwhile is not noticed")
	}
}
