package state

import (
	"bufio"
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"summitbot/commands"
)

// childVariable holds the address that this very program, started as a child,
// writes to until it is killed.
const childVariable = "SUMMITBOT_STATE_CHILD"

func TestMain(m *testing.M) {
	if address := os.Getenv(childVariable); address != "" {
		writeUntilKilled(address, os.Getenv(childVariable+"_ROUND"))
		return
	}
	os.Exit(m.Run())
}

// writeUntilKilled writes from several goroutines, and says of each thing that
// it is kept once the store has said so.
func writeUntilKilled(address, round string) {
	s, err := Open(context.Background(), address, Options{})
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
	var mu sync.Mutex
	said := func(err error, format string, args ...any) {
		if err != nil {
			return // not acknowledged, so nothing is promised
		}
		mu.Lock()
		defer mu.Unlock()
		fmt.Printf(format+"\n", args...)
	}
	for w := range 3 {
		go func() {
			for i := 0; ; i++ {
				writeEach(s, fmt.Sprintf("%s-%d-%d", round, w, i), said)
			}
		}()
	}
	select {}
}

// writeEach keeps one of everything under a name.
func writeEach(s *Store, name string, said func(err error, format string, args ...any)) {
	ctx := context.Background()
	said(s.Vote(ctx, commands.Vote{User: name, Fact: "f", Revision: "a"}), "vote %s", name)
	id, err := s.Miss(ctx, commands.Miss{Text: name, Lang: "en"})
	said(err, "miss %d", id)
	said(s.Wait(ctx, commands.Waiter{Question: id, User: name}), "wait %s", name)
	id, err = s.Suggest(ctx, commands.Suggested{User: name, Text: "x"})
	said(err, "suggestion %d", id)
	id, err = s.Record(ctx, commands.Change{Fact: "f/" + name, Kind: commands.KindAdd, After: aFact(name)})
	said(err, "change %d", id)
}

// kept counts what has been acknowledged.
var kept = map[string]string{
	"vote":       "SELECT COUNT(*) FROM votes WHERE person = $1",
	"wait":       "SELECT COUNT(*) FROM waiters WHERE person = $1",
	"miss":       "SELECT COUNT(*) FROM questions WHERE id = $1",
	"suggestion": "SELECT COUNT(*) FROM suggestions WHERE id = $1",
	"change":     "SELECT COUNT(*) FROM changes WHERE id = $1",
}

// TestKilled: what was acknowledged before a SIGKILL at any moment is there.
func TestKilled(t *testing.T) {
	for _, p := range places {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			address, rounds := p.url(t), 20
			if p.name == postgresScheme {
				rounds = 5
			}
			must(t, open(t, address).Healthy(t.Context()))
			all := 0
			for round := range rounds {
				acknowledged := killed(t, address, round, func(child *exec.Cmd) error { return child.Process.Kill() })
				all += len(acknowledged)
				checkKept(t, open(t, address), acknowledged)
			}
			t.Logf("%d things were acknowledged in %d rounds, and are there", all, rounds)
			if all == 0 {
				t.Error("nothing was written")
			}
		})
	}
}

// TestServerKilled: the same, when it is Postgres that is killed.
func TestServerKilled(t *testing.T) {
	t.Parallel()
	server := ownServer(t)
	address := schemaIn(t, server.URL())
	must(t, open(t, address).Healthy(t.Context()))
	all := 0
	for round := range 3 {
		acknowledged := killed(t, address, round, func(child *exec.Cmd) error {
			if err := server.Kill(); err != nil {
				return err
			}
			return child.Process.Kill()
		})
		all += len(acknowledged)
		must(t, server.Start())
		checkKept(t, open(t, address), acknowledged)
	}
	t.Logf("%d things were acknowledged, and are there", all)
	if all == 0 {
		t.Error("nothing was written")
	}
}

// killed starts a child that writes, has it killed soon after its first
// acknowledgement, and returns the acknowledgements.
func killed(t *testing.T, address string, round int, kill func(*exec.Cmd) error) []string {
	t.Helper()
	program, err := os.Executable()
	must(t, err)
	child := exec.Command(program)
	child.Env = append(os.Environ(), childVariable+"="+address, childVariable+"_ROUND="+strconv.Itoa(round))
	child.Stderr = os.Stderr
	out, err := child.StdoutPipe()
	must(t, err)
	must(t, child.Start())
	var said []string
	var timer *time.Timer
	failed := make(chan error, 1)
	for lines := bufio.NewScanner(out); lines.Scan(); {
		if timer == nil {
			timer = time.AfterFunc(time.Duration(rand.IntN(400))*time.Millisecond, func() { failed <- kill(child) })
		}
		said = append(said, lines.Text())
	}
	if timer == nil {
		_ = child.Process.Kill()
	} else {
		must(t, <-failed)
	}
	_ = child.Wait() // it was killed
	return said
}

// checkKept looks for what was acknowledged. A line is written in one piece, so
// none is cut off.
func checkKept(t *testing.T, s *Store, acknowledged []string) {
	t.Helper()
	for _, line := range acknowledged {
		kind, id, _ := strings.Cut(line, " ")
		var arg any = id
		if n, err := strconv.ParseInt(id, 10, 64); err == nil {
			arg = n
		}
		if n := count(t, s, kept[kind], arg); n != 1 {
			t.Errorf("%s was acknowledged and is not there", line)
		}
	}
	counted(t, s)
}
