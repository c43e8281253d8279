package edit

import (
	"bufio"
	"errors"
	"fmt"
	"io/fs"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"summitbot/facts"
)

// Variables for a child that writes, or recovers, and may kill itself on the way.
const (
	childDoes  = "EDIT_TEST_CHILD"   // "write", "recover", "write at random"
	childPath  = "EDIT_TEST_PATH"    // the main file
	childDies  = "EDIT_TEST_DIES"    // at which step, from 1; 0 for never
	childFiles = "EDIT_TEST_CHANGES" // how many files it changes
)

func TestMain(m *testing.M) {
	if os.Getenv(childDoes) != "" {
		os.Exit(child())
	}
	os.Exit(m.Run())
}

// child does what the environment says. It prints every step, so that the
// parent knows how many there are.
func child() int {
	dies, _ := strconv.Atoi(os.Getenv(childDies))
	steps := 0
	step := func(name string) {
		steps++
		fmt.Println(name)
		if steps == dies {
			kill()
		}
	}
	path := os.Getenv(childPath)
	if os.Getenv(childDoes) == "recover" {
		return exitCode(recoverFiles([]string{path}, step))
	}
	f, err := readFiles([]string{path}, step)
	if err == nil {
		count, _ := strconv.Atoi(os.Getenv(childFiles))
		err = changeFiles(f, count)
	}
	if err == nil {
		fmt.Println("ready")
		err = f.Write()
	}
	return exitCode(err)
}

// kill ends the process as a crash would: nothing more is done.
func kill() {
	p, err := os.FindProcess(os.Getpid())
	if err == nil {
		_ = p.Kill()
	}
	select {}
}

func exitCode(err error) int {
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// changeFiles changes one file or four.
func changeFiles(f *Files, count int) error {
	fields := Fields{Title: facts.Text{{Lang: "en", Text: "Changed"}}}
	if count > 1 {
		fields.Asks = map[string][]string{"en": {"overview", "changed", "second home"}, "ko": {"개요"}}
	}
	return f.Set("tram", "overview", fields)
}

func startChild(tb testing.TB, path, does string, files, dies int) (*exec.Cmd, *bufio.Scanner) {
	tb.Helper()
	cmd := exec.Command(os.Args[0])
	cmd.Env = append(os.Environ(), "GORACE=atexit_sleep_ms=0", childDoes+"="+does, childPath+"="+path, childFiles+"="+strconv.Itoa(files), childDies+"="+strconv.Itoa(dies))
	cmd.Stderr = os.Stderr
	out, err := cmd.StdoutPipe()
	if err != nil {
		tb.Fatal(err)
	}
	if err := cmd.Start(); err != nil {
		tb.Fatal(err)
	}
	return cmd, bufio.NewScanner(out)
}

// runChild returns the steps that a child took, and whether it was killed.
func runChild(tb testing.TB, path, does string, files, dies int) (steps []string, killed bool) {
	tb.Helper()
	cmd, out := startChild(tb, path, does, files, dies)
	for out.Scan() {
		if out.Text() != "ready" {
			steps = append(steps, out.Text())
		}
	}
	err := cmd.Wait()
	var exit *exec.ExitError
	if errors.As(err, &exit) && exit.ExitCode() < 0 {
		return steps, true
	}
	if err != nil {
		tb.Fatal(err)
	}
	return steps, false
}

// A state is the contents of all files in a folder, by name, with their
// permissions.
func stateOf(tb testing.TB, path string) string {
	tb.Helper()
	var b strings.Builder
	entries, err := os.ReadDir(filepath.Dir(path))
	if err != nil {
		tb.Fatal(err)
	}
	for _, e := range entries {
		name := filepath.Join(filepath.Dir(path), e.Name())
		info, err := os.Lstat(name)
		if err != nil {
			tb.Fatal(err)
		}
		fmt.Fprintf(&b, "%s %v\n", e.Name(), info.Mode())
		if data, err := os.ReadFile(name); err == nil {
			b.Write(data)
		}
	}
	return b.String()
}

// newTram writes the base whose write is killed.
func newTram(tb testing.TB) string {
	path := writeFiles(tb, nasty...)
	if err := os.Chmod(filepath.Join(filepath.Dir(path), "tram.en.yaml"), 0o640); err != nil {
		tb.Fatal(err)
	}
	return path
}

// outcomes are the states before and after a write that is not killed, and the
// steps it takes.
func outcomes(t *testing.T, files int) (before, after string, steps []string) {
	t.Helper()
	path := newTram(t)
	before = stateOf(t, path)
	steps, _ = runChild(t, path, "write", files, 0)
	after = stateOf(t, path)
	if before == after {
		t.Fatal("nothing was written")
	}
	return before, after, steps
}

// checkRecovered recovers and compares what is then there. It returns whether
// that is the new state.
func checkRecovered(t *testing.T, path, before, after string) (isNew bool) {
	t.Helper()
	if err := Recover(path); err != nil {
		t.Error(err)
	}
	state := stateOf(t, path)
	if state != before && state != after {
		t.Errorf("neither the old state nor the new:\n%s", state)
	}
	if _, problems := facts.LoadFiles(path); problems.Err() != nil {
		t.Error(problems.Err())
	}
	return state == after
}

// TestKilled kills a write at every step, and the recovery from that at every
// step, and then finds the old files or the new ones.
func TestKilled(t *testing.T) {
	t.Parallel()
	const runs = 2
	for _, files := range []int{1, 4} {
		before, after, steps := outcomes(t, files)
		t.Logf("%d changed: %d steps: %s", files, len(steps), strings.Join(steps, ", "))
		kills := map[bool]int{}
		for range runs {
			for dies := 1; dies <= len(steps); dies++ {
				path := newTram(t)
				if _, killed := runChild(t, path, "write", files, dies); !killed {
					t.Errorf("not killed at step %d", dies)
				}
				kills[checkRecovered(t, path, before, after)]++
			}
		}
		for dies := 1; dies <= len(steps); dies++ {
			kills[killTwice(t, files, dies, before, after)]++
		}
		t.Logf("%d changed: killed at a step: %d then had the old files, %d the new", files, kills[false], kills[true])
	}
}

// killTwice kills a write, and then each recovery from it one step later than
// the one before.
func killTwice(t *testing.T, files, dies int, before, after string) (isNew bool) {
	t.Helper()
	path := newTram(t)
	runChild(t, path, "write", files, dies)
	for again := 1; ; again++ {
		if _, killed := runChild(t, path, "recover", files, again); !killed {
			return checkRecovered(t, path, before, after)
		}
		if again > 50 {
			t.Fatal("recovery does not come to an end")
		}
	}
}

// TestKilledAtRandom kills writes at any time, not only between steps.
func TestKilledAtRandom(t *testing.T) {
	t.Parallel()
	before, after, _ := outcomes(t, 4)
	kills, took := map[bool]int{}, time.Duration(0)
	for i := range 25 {
		path := newTram(t)
		cmd, out := startChild(t, path, "write", 4, 0)
		for out.Scan() && out.Text() != "ready" {
		}
		start := time.Now()
		if i == 0 { // to know how long it takes
			for out.Scan() {
			}
			took = time.Since(start)
			t.Logf("a write takes %v", took)
		}
		time.Sleep(time.Duration(rand.Int64N(int64(took) + 1)))
		_ = cmd.Process.Kill()
		for out.Scan() {
		}
		_ = cmd.Wait() // killed, or too quick for that
		kills[checkRecovered(t, path, before, after)]++
	}
	t.Logf("killed at random: %d then had the old files, %d the new", kills[false], kills[true])
}

func TestErrChanged(t *testing.T) {
	path := newTram(t)
	for _, name := range []string{"tram.yaml", "tram.en.yaml", "tram.ko.yaml"} {
		f := read(t, path)
		if err := changeFiles(f, 1); err != nil {
			t.Fatal(err)
		}
		other := filepath.Join(filepath.Dir(path), name)
		data, err := os.ReadFile(other)
		if err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(other, append(data, "\n# saved meanwhile\n"...), 0o644); err != nil {
			t.Fatal(err)
		}
		saved := stateOf(t, path)
		if err := f.Write(); !errors.Is(err, ErrChanged) {
			t.Errorf("%s: %v", name, err)
		}
		if stateOf(t, path) != saved {
			t.Errorf("%s: something was written", name)
		}
	}
	f := read(t, path)
	if err := os.Remove(filepath.Join(filepath.Dir(path), "tram.ko.yaml")); err != nil {
		t.Fatal(err)
	}
	if err := f.Write(); !errors.Is(err, ErrChanged) || !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("removed: %v", err)
	}
}

// TestWritersAtOnce lets several write what they have read: of those that read
// the same, one succeeds.
func TestWritersAtOnce(t *testing.T) {
	path := newTram(t)
	var wg sync.WaitGroup
	won := make(chan string, 40)
	for i := range 4 {
		wg.Go(func() {
			for round := range 10 {
				f, err := Read(path)
				if err != nil {
					t.Error(err)
					return
				}
				text := fmt.Sprintf("phrase %d of %d", round, i)
				if err := errors.Join(f.AddAsk("tram", "four", "en", text), f.AddAsk("tram", "two", "ko", text+" two")); err != nil {
					t.Error(err)
					return
				}
				switch err := f.Write(); {
				case err == nil:
					won <- text
				case !errors.Is(err, ErrChanged):
					t.Error(err)
				}
			}
		})
	}
	wg.Wait()
	close(won)
	got := load(t, read(t, path))
	for text := range won {
		for _, i := range []int{1, 3} { // two and four
			if !slices.ContainsFunc(got.Facts[i].Asks, func(p facts.Phrase) bool { return strings.TrimSuffix(p.Text, " two") == text }) {
				t.Errorf("%q was lost", text)
			}
		}
	}
}

// TestLinks writes through links: to a main file and a part in other folders.
func TestLinks(t *testing.T) {
	t.Parallel()
	path, elsewhere, links := newTram(t), t.TempDir(), t.TempDir()
	dir := filepath.Dir(path)
	if err := os.Rename(filepath.Join(dir, "tram.ko.yaml"), filepath.Join(elsewhere, "ko.yaml")); err != nil {
		t.Fatal(err)
	}
	for link, target := range map[string]string{
		filepath.Join(dir, "tram.ko.yaml"):    filepath.Join(elsewhere, "ko.yaml"),
		filepath.Join(links, "tram.yaml"):     path,
		filepath.Join(links, "tram.en.yaml"):  filepath.Join(dir, "tram.en.yaml"),
		filepath.Join(links, "tram.en2.yaml"): filepath.Join(dir, "tram.en2.yaml"),
		filepath.Join(links, "tram.ko.yaml"):  filepath.Join(dir, "tram.ko.yaml"),
	} {
		if err := os.Symlink(target, link); err != nil {
			t.Fatal(err)
		}
	}
	linked := filepath.Join(links, "tram.yaml")
	before := stateOf(t, path) + stateOf(t, filepath.Join(elsewhere, "ko.yaml"))
	steps, _ := runChild(t, linked, "write", 4, 0)
	after := stateOf(t, path) + stateOf(t, filepath.Join(elsewhere, "ko.yaml"))
	if info, err := os.Lstat(linked); err != nil || info.Mode().Type() != fs.ModeSymlink {
		t.Errorf("the link is %v, %v", info, err)
	}
	reset := func() {
		for i := 0; i < len(nasty); i += 2 {
			if err := os.WriteFile(filepath.Join(dir, nasty[i]), []byte(nasty[i+1]), 0o644); err != nil {
				t.Fatal(err)
			}
		}
	}
	for dies := range len(steps) {
		reset()
		runChild(t, linked, "write", 4, dies+1)
		if err := Recover(linked); err != nil {
			t.Error(err)
		}
		if state := stateOf(t, path) + stateOf(t, filepath.Join(elsewhere, "ko.yaml")); state != before && state != after {
			t.Errorf("killed at step %d: neither the old state nor the new:\n%s", dies+1, state)
		}
	}
	t.Logf("killed at each of %d steps", len(steps))
}

// TestForeignChange leaves alone what somebody has saved between a crash and the
// recovery.
func TestForeignChange(t *testing.T) {
	path := newTram(t)
	_, _, steps := outcomes(t, 4)
	at := slices.Index(steps, "renamed") + 1
	runChild(t, path, "write", 4, at)
	part := filepath.Join(filepath.Dir(path), "tram.ko.yaml")
	if err := os.WriteFile(part, []byte("base: tram\nlanguage: ko\n"), 0o644); err != nil {
		t.Fatal(err)
	}
	if _, err := Read(path); err == nil || !strings.Contains(err.Error(), "changed by somebody else") {
		t.Errorf("%v", err)
	}
	if data, err := os.ReadFile(part); err != nil || string(data) != "base: tram\nlanguage: ko\n" {
		t.Errorf("%q, %v", data, err)
	}
}
