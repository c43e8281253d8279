package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"strconv"
	"strings"
	"sync"
	"testing"
	"time"

	"summitbot/bot/localdiscord"
	"summitbot/bot/state"
)

// kills is how often the program is killed.
const kills = 6

// A killed program runs as a process of its own, so that it can be killed at
// any moment.
type killed struct {
	*live
	path, state string // of the facts file and the database
	cmd         *exec.Cmd
}

// begin starts the program and waits until it is ready.
func (k *killed) begin(t *testing.T) {
	t.Helper()
	self, err := os.Executable()
	if err != nil {
		t.Fatal(err)
	}
	k.listen = freeAddress(t)
	k.cmd = exec.Command(self)
	k.cmd.Args = []string{"summitbot", "serve", "--transport", "http", "--listen", k.listen, "--config", k.config(k.settings)}
	k.cmd.Env = os.Environ()
	for name, value := range k.env {
		k.cmd.Env = append(k.cmd.Env, name+"="+value)
	}
	k.cmd.Stderr, k.cmd.Stdout = k.log, k.log
	if err := k.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(k.kill)
	until(t, "the program is ready", func() bool { status, _ := k.get("/readyz"); return status == 200 })
	if err := k.SetEndpoint(within(t), "http://"+k.listen+"/interactions"); err != nil {
		t.Fatal(err)
	}
}

func (k *killed) kill() {
	if k.cmd != nil {
		_ = k.cmd.Process.Kill() // SIGKILL
		_ = k.cmd.Wait()
		k.cmd = nil
	}
}

// An acknowledged list is what people were told is kept.
type acknowledged struct {
	mu    sync.Mutex
	votes []string // facts with the one who voted
	ideas []string
	asks  []string
	edits []string // what the fact says since
}

func (a *acknowledged) add(to *[]string, what string) {
	a.mu.Lock()
	defer a.mu.Unlock()
	*to = append(*to, what)
}

// TestKilled kills the program while people vote, suggest, wait for answers
// and publish changes: what they were told is kept is there after the next
// start.
func TestKilled(t *testing.T) {
	l := newLive(t, localdiscord.Options{})
	k := &killed{live: l, path: filepath.Join(t.TempDir(), "harbour.yaml"), state: "sqlite:" + filepath.Join(t.TempDir(), "bot.db")}
	if err := os.WriteFile(k.path, []byte(harbour), 0o600); err != nil {
		t.Fatal(err)
	}
	l.settings = fmt.Sprintf("%sfacts: [%q]\nstate: %q\ncurator_roles: [%q]\ncurators_channel: %q\n", unlimited, k.path, k.state, l.CuratorRole().ID, l.Channel("curators").ID)
	var kept acknowledged
	for round := range kills {
		k.begin(t)
		ctx, cancel := context.WithCancel(t.Context())
		var work sync.WaitGroup
		for _, do := range []func(context.Context, *killed, int) bool{kept.vote, kept.suggest, kept.wait, kept.edit} {
			work.Go(func() {
				for n := round * 1000; ctx.Err() == nil && do(ctx, k, n); n++ {
				}
			})
		}
		time.Sleep(time.Duration(300+rand.IntN(1200)) * time.Millisecond)
		k.kill()
		cancel()
		work.Wait()
		kept.check(t, k)
	}
	t.Logf("killed %d times; acknowledged and all there: %d votes, %d suggestions, %d questions, %d edits", kills, len(kept.votes), len(kept.ideas), len(kept.asks), len(kept.edits))
	if len(kept.votes) == 0 || len(kept.ideas) == 0 || len(kept.asks) == 0 || len(kept.edits) == 0 {
		t.Error("nothing was acknowledged")
	}
}

// says returns whether what came of an interaction has a text.
func says(ctx context.Context, i *localdiscord.Interaction, text string) (localdiscord.Message, bool) {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	m, err := i.Message(ctx)
	return m, err == nil && strings.Contains(m.Text(), text)
}

func (a *acknowledged) vote(ctx context.Context, k *killed, n int) bool {
	m, ok := says(ctx, k.Member("alex").Slash(ctx, k.Channel("general"), "ask", localdiscord.Opt("question", "Who built the quays?")), "Reed")
	if !ok {
		return false
	}
	revision := fmt.Sprint(n)
	if _, ok := says(ctx, k.Member("alex").Forge().Press(ctx, m, "1/yes/harbour/builder/"+revision), "Thank you"); !ok {
		return false
	}
	a.add(&a.votes, revision)
	return true
}

func (a *acknowledged) suggest(ctx context.Context, k *killed, n int) bool {
	text := fmt.Sprintf("suggestion %d", n)
	on := localdiscord.Message{ChannelID: k.Channel("general").ID}
	if _, ok := says(ctx, k.Member("mina").Forge().Submit(ctx, on, "1/hint/all/all/quiet", map[string]string{"text": text}), "고맙습니다"); !ok {
		return false
	}
	a.add(&a.ideas, text)
	return true
}

func (a *acknowledged) wait(ctx context.Context, k *killed, n int) bool {
	question := fmt.Sprintf("What colour is crane number %d?", n)
	m, ok := says(ctx, k.Member("yuki").Slash(ctx, k.Channel("general"), "ask", localdiscord.Opt("question", question)), "")
	if !ok {
		return false
	}
	if _, ok := says(ctx, k.Member("yuki").Forge().Press(ctx, m, "1/tell"), "お知らせします"); !ok {
		return false
	}
	a.add(&a.asks, question)
	return true
}

func (a *acknowledged) edit(ctx context.Context, k *killed, n int) bool {
	cora := k.Member("cora")
	form := cora.Slash(ctx, k.Channel("curators"), "facts edit", localdiscord.Opt("fact", "=harbour/cost"))
	if r, err := form.Response(ctx); err != nil || r.Type != localdiscord.ResponseModal {
		return false
	}
	answer := fmt.Sprintf("Building it cost %d crowns.", n)
	preview, ok := says(ctx, cora.Submit(ctx, form, map[string]string{"title": "The cost", "answer": answer, "asks": "How much did building it cost?", "sources": "gazette, 6", "details": "status: reported"}), "can be published")
	if !ok {
		return false
	}
	id := ""
	for _, b := range preview.Buttons() {
		if strings.HasPrefix(b.CustomID, "1/publish/") {
			id = b.CustomID
		}
	}
	if _, ok := says(ctx, cora.Press(ctx, preview, id), "Published"); !ok {
		return false
	}
	a.add(&a.edits, answer)
	return true
}

// check looks for everything that was acknowledged.
func (a *acknowledged) check(t *testing.T, k *killed) {
	t.Helper()
	ctx := context.Background()
	store, err := state.Open(ctx, k.state, state.Options{})
	if err != nil {
		t.Fatal(err)
	}
	defer store.Close()
	stored, err := store.Stored(ctx, k.Member("alex").ID)
	if err != nil || stored.Votes < len(a.votes) {
		t.Errorf("%d votes of %d are there, %v", stored.Votes, len(a.votes), err)
	}
	for i := range a.ideas {
		s, err := store.Suggestion(ctx, int64(i+1))
		if err != nil {
			t.Errorf("suggestion %d: %v", i+1, err)
		} else if !strings.HasPrefix(s.Text, "suggestion ") {
			t.Errorf("suggestion %d is %q", i+1, s.Text)
		}
	}
	waiting, err := store.Stored(ctx, k.Member("yuki").ID)
	if err != nil || waiting.Waiting < len(a.asks) {
		t.Errorf("%d of %d wait, %v", waiting.Waiting, len(a.asks), err)
	}
	changes, _, err := store.Changes(ctx, "harbour/cost", 0, 100_000)
	if err != nil {
		t.Fatal(err)
	}
	recorded := map[string]bool{}
	for _, c := range changes {
		text, _ := c.After.Answer.In("en")
		recorded[text] = true
	}
	for _, answer := range a.edits {
		if !recorded[answer] {
			t.Errorf("the change to %q is not in the history", answer)
		}
	}
	checkFile(t, k, a.edits)
}

// checkFile: the file is whole, and says what was published last or what was
// on its way when the program was killed.
func checkFile(t *testing.T, k *killed, edits []string) {
	t.Helper()
	out, errs, code := k.program("check", k.path)
	if code != exitOK {
		t.Fatalf("the file is broken: %s%s", out, errs)
	}
	if len(edits) == 0 {
		return
	}
	data, err := os.ReadFile(k.path)
	if err != nil {
		t.Fatal(err)
	}
	price := regexp.MustCompile(`Building it cost (\d+) crowns`)
	last, err := strconv.Atoi(price.FindStringSubmatch(edits[len(edits)-1])[1])
	if err != nil {
		t.Fatal(err)
	}
	found := price.FindSubmatch(data)
	if found == nil {
		t.Fatalf("the file has lost %q:\n%s", edits[len(edits)-1], data)
	}
	if n, err := strconv.Atoi(string(found[1])); err != nil || n < last {
		t.Errorf("the file says %d, %v; acknowledged was %d", n, err, last)
	}
}
