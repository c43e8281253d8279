package state

import (
	"context"
	"errors"
	"fmt"
	"reflect"
	"strings"
	"sync"
	"testing"
	"time"

	"summitbot/commands"
	"summitbot/facts"
)

func TestVotes(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		for i, v := range []commands.Vote{
			{User: "1", Fact: "fair/day", Revision: "a", Right: true},
			{User: "1", Fact: "fair/day", Revision: "a", Reason: "it rained"},
			{User: "1", Fact: "fair/day", Revision: "a"},
			{User: "1", Fact: "fair/day", Revision: "b", Right: true},
			{User: "2", Fact: "fair/day", Revision: "a", Reason: "no\x00 fair\xff"},
			{User: "3", Fact: "fair/day", Revision: "a", Right: true},
			{User: "2", Fact: "fair/guest", Revision: "a"},
			{User: "4", Fact: "fair/guest", Revision: "c", Right: true},
		} {
			v.At = day.Add(time.Duration(i) * time.Minute)
			must(t, s.Vote(t.Context(), v))
		}
		worst := got[[]commands.Rating](t)(s.Worst(t.Context(), 10))
		if want := []commands.Rating{{Fact: "fair/day", Revision: "a", Right: 1, Wrong: 2}, {Fact: "fair/guest", Revision: "a", Wrong: 1}}; !reflect.DeepEqual(worst, want) {
			t.Errorf("got %+v", worst)
		}
		if few := got[[]commands.Rating](t)(s.Worst(t.Context(), 1)); len(few) != 1 {
			t.Errorf("got %+v, want one", few)
		}
		reasons := got[[]commands.Vote](t)(s.Reasons(t.Context(), "fair/day", 10))
		want := []commands.Vote{
			{Fact: "fair/day", Revision: "a", Reason: "no fair\uFFFD", At: day.Add(4 * time.Minute)},
			{Fact: "fair/day", Revision: "a", Reason: "it rained", At: day.Add(2 * time.Minute)},
		}
		if !reflect.DeepEqual(reasons, want) {
			t.Errorf("got %+v", reasons)
		}
		counted(t, s)
	})
}

// TestMissGroups: which group a question is counted into.
func TestMissGroups(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		n := 0
		miss := func(text, lang string, group int64) int64 {
			n++
			return got[int64](t)(s.Miss(t.Context(), commands.Miss{Text: text, Key: strings.ToLower(text), Lang: lang, Group: group, Near: []string{fmt.Sprint("n/", n)}, Gap: "g", Why: commands.WhyDeclined, At: day.Add(time.Duration(n) * time.Hour)}))
		}
		settle := func(id int64, state string) {
			if !got[bool](t)(s.Settle(t.Context(), id, commands.Settlement{State: state, Fact: "fair/day", By: "9"})) {
				t.Errorf("%d was not closed", id)
			}
		}
		first := miss("Who?", "en", 0)
		for what, id := range map[string]int64{"the same words": miss("WHO?", "en", 0), "the group": miss("Whoever?", "en", first), "words of the group": miss("whoever?", "en", 0)} {
			if id != first {
				t.Errorf("%s: got group %d, want %d", what, id, first)
			}
		}
		if other := miss("Who?", "ko", 0); other == first {
			t.Error("another language is in the same group")
		}
		q := got[commands.Question](t)(s.Question(t.Context(), first))
		if q.Text != "Who?" || q.Count != 4 || q.State != commands.StateOpen || !q.First.Equal(day.Add(time.Hour)) || q.Near == nil || q.Gap != "g" {
			t.Errorf("got %+v", q)
		}
		if texts := got[[]string](t)(s.Phrasings(t.Context(), first, 5)); !reflect.DeepEqual(texts, []string{"Whoever?", "Who?"}) && !reflect.DeepEqual(texts, []string{"Who?", "Whoever?"}) {
			t.Errorf("got %q", texts)
		}

		settle(first, commands.StateDismissed)
		if id := miss("who?", "en", 0); id != first {
			t.Errorf("dismissed words made group %d", id)
		}
		if q := got[commands.Question](t)(s.Question(t.Context(), first)); q.State != commands.StateDismissed || q.Count != 5 {
			t.Errorf("got %+v, want it dismissed and counted", q)
		}
		if id := miss("Who else?", "en", first); id == first {
			t.Error("other words are in a dismissed group")
		}

		answered := miss("When?", "en", 0)
		settle(answered, commands.StateAnswered)
		again := miss("When?", "en", answered)
		if again == answered || miss("when?", "en", 0) != again {
			t.Error("an answered question did not make one new group")
		}
		counted(t, s)
	})
}

// TestWords: without a key, and with one that is too long for an index.
func TestWords(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		long := strings.Repeat("\U0001F600 ", 4000)
		miss := got[int64](t)
		a, b := miss(s.Miss(t.Context(), commands.Miss{Text: "a"})), miss(s.Miss(t.Context(), commands.Miss{Text: "b"}))
		if a == b || a != miss(s.Miss(t.Context(), commands.Miss{Text: "a"})) {
			t.Error("without a key the text does not decide")
		}
		if c := miss(s.Miss(t.Context(), commands.Miss{Text: "c", Key: long})); c != miss(s.Miss(t.Context(), commands.Miss{Text: "d", Key: long})) || c == a {
			t.Error("a long key does not decide")
		}
	})
}

func TestOpenQuestions(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		var ids []int64
		for i, m := range []commands.Miss{{Text: "a", Lang: "en"}, {Text: "b", Lang: "ko"}, {Text: "c", Lang: "en"}, {Text: "a", Lang: "en", Why: commands.WhyWrong}, {Text: "d", Lang: "en"}} {
			m.At = day.Add(time.Duration(i) * time.Hour)
			ids = append(ids, got[int64](t)(s.Miss(t.Context(), m)))
		}
		if _, err := s.Settle(t.Context(), ids[4], commands.Settlement{State: commands.StateDismissed}); err != nil {
			t.Fatal(err)
		}
		for _, tt := range []struct {
			f    commands.QueueFilter
			want string
			all  int
		}{
			{commands.QueueFilter{Most: 10}, "abc", 3},
			{commands.QueueFilter{Most: 10, Newest: true}, "acb", 3},
			{commands.QueueFilter{Most: 10, Lang: "en"}, "ac", 2},
			{commands.QueueFilter{Most: 10, Lang: "ko", Newest: true}, "b", 1},
			{commands.QueueFilter{Most: 10, Lang: "ja"}, "", 0},
			{commands.QueueFilter{Most: 1, Skip: 1}, "b", 3},
			{commands.QueueFilter{Most: -1}, "", 3},
		} {
			list, all, err := s.Open(t.Context(), tt.f)
			must(t, err)
			texts := ""
			for _, q := range list {
				texts += q.Text
			}
			if texts != tt.want || all != tt.all {
				t.Errorf("%+v: got %q of %d, want %q of %d", tt.f, texts, all, tt.want, tt.all)
			}
			if texts == "abc" && (list[0].Count != 2 || list[0].Wrong != 1) {
				t.Errorf("got %+v", list[0])
			}
		}
		if after := got[[]commands.Question](t)(s.OpenAfter(t.Context(), ids[0], 10)); len(after) != 2 || after[0].ID != ids[1] || after[1].ID != ids[2] {
			t.Errorf("got %+v", after)
		}
		if _, err := s.Question(t.Context(), 999); !errors.Is(err, commands.ErrGone) {
			t.Errorf("got %v", err)
		}
	})
}

func TestWaiting(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		id := got[int64](t)(s.Miss(t.Context(), commands.Miss{Text: "a", Lang: "en"}))
		wait := func(user string, hours int) commands.Waiter {
			w := commands.Waiter{Question: id, User: user, Channel: "5", Guild: "6", Lang: "ko", Asked: "A?", At: day.Add(time.Duration(hours) * time.Hour)}
			must(t, s.Wait(t.Context(), w))
			return w
		}
		first := wait("2", 0)
		wait("1", 1)
		wait("2", 2)
		if err := s.Wait(t.Context(), commands.Waiter{Question: 999, User: "1"}); !errors.Is(err, commands.ErrGone) {
			t.Errorf("got %v", err)
		}
		if q := got[commands.Question](t)(s.Question(t.Context(), id)); q.Waiting != 2 {
			t.Errorf("got %+v", q)
		}
		due := func() []commands.Waiter { return got[[]commands.Waiter](t)(s.Due(t.Context(), 10)) }
		if w := due(); len(w) != 0 {
			t.Errorf("nothing is answered, and due are %+v", w)
		}
		settle := commands.Settlement{State: commands.StateAnswered, Fact: "fair/day", By: "9"}
		if !got[bool](t)(s.Settle(t.Context(), id, settle)) || got[bool](t)(s.Settle(t.Context(), id, settle)) {
			t.Error("it was not closed just once")
		}
		wait("3", -1) // asked for just before it was answered, and kept after
		list := due()
		if len(list) != 3 || list[0].User != "3" {
			t.Fatalf("got %+v", list)
		}
		first.ID, first.Fact = list[1].ID, "fair/day"
		if !reflect.DeepEqual(list[1], first) {
			t.Errorf("got %+v, want %+v", list[1], first)
		}
		for _, w := range list {
			must(t, s.Told(t.Context(), w.ID))
		}
		if w := due(); len(w) != 0 {
			t.Errorf("all were told, and due are %+v", w)
		}
		if _, err := s.Settle(t.Context(), id, commands.Settlement{State: "lost"}); err == nil {
			t.Error("an unknown state is taken")
		}
		counted(t, s)
	})
}

func TestSuggestions(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		want := commands.Suggested{User: "1", Text: "wrong", Link: "https://example.org", Fact: "fair/day", Lang: "en", Guild: "6", Channel: "5", At: day}
		want.ID = got[int64](t)(s.Suggest(t.Context(), want))
		want.State = commands.StateOpen
		if g := got[commands.Suggested](t)(s.Suggestion(t.Context(), want.ID)); g != want {
			t.Errorf("got %+v", g)
		}
		if !got[bool](t)(s.Decide(t.Context(), want.ID, commands.StateRejected, "no source", "9")) || got[bool](t)(s.Decide(t.Context(), want.ID, commands.StateAccepted, "", "8")) {
			t.Error("it was not decided just once")
		}
		want.State, want.Reason, want.By = commands.StateRejected, "no source", "9"
		if g := got[commands.Suggested](t)(s.Suggestion(t.Context(), want.ID)); g != want {
			t.Errorf("got %+v", g)
		}
		if _, err := s.Suggestion(t.Context(), 999); !errors.Is(err, commands.ErrGone) {
			t.Errorf("got %v", err)
		}
		if _, err := s.Decide(t.Context(), want.ID, commands.StateOpen, "", ""); err == nil {
			t.Error("an unknown state is taken")
		}
	})
}

func TestDrafts(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		d := commands.Draft{ID: "abc", User: "1", Body: []byte(`{"a":"\u0000"}`), At: day}
		must(t, s.SaveDraft(t.Context(), d))
		d.Body = []byte(`{"b":2}`)
		must(t, s.SaveDraft(t.Context(), d))
		if g := got[commands.Draft](t)(s.Draft(t.Context(), "abc")); !reflect.DeepEqual(g, d) {
			t.Errorf("got %+v", g)
		}
		if err := s.SaveDraft(t.Context(), commands.Draft{ID: "abc", User: "2"}); !errors.Is(err, commands.ErrGone) {
			t.Errorf("somebody else's draft: got %v", err)
		}
		must(t, s.DropDraft(t.Context(), "abc"))
		must(t, s.DropDraft(t.Context(), "abc"))
		if _, err := s.Draft(t.Context(), "abc"); !errors.Is(err, commands.ErrGone) {
			t.Errorf("got %v", err)
		}
	})
}

// aFact is a fact of which only the answer matters.
func aFact(answer string) *facts.Fact {
	return &facts.Fact{ID: "day", Answer: facts.Text{{Lang: "en", Text: answer}}, Status: facts.Confirmed}
}

func TestHistory(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		record := func(c commands.Change) int64 {
			t.Helper()
			c.At = day
			return got[int64](t)(s.Record(t.Context(), c))
		}
		add := commands.Change{User: "9", Kind: commands.KindAdd, Fact: "fair/day", After: aFact("May")}
		first := record(add)
		add.User = ""
		add.After.Asks = []facts.Phrase{} // in the file it is just left out
		if id := record(add); id != 0 {
			t.Errorf("the same state was recorded again as %d", id)
		}
		second := record(commands.Change{User: "9", Kind: commands.KindEdit, Fact: "fair/day", Before: aFact("May"), After: aFact("June")})
		other := record(commands.Change{Kind: commands.KindRemove, Fact: "fair/guest", Before: aFact("x")})
		third := record(commands.Change{User: "8", Kind: commands.KindUndo, Fact: "fair/day", Before: aFact("June"), After: aFact("May"), Undoes: second})
		fourth := record(commands.Change{Kind: commands.KindRemove, Fact: "fair/day", Before: aFact("May")})
		if id := record(commands.Change{Kind: commands.KindRemove, Fact: "fair/day", Before: aFact("May")}); id != 0 {
			t.Errorf("it was removed twice")
		}
		if first == 0 || second <= first || other <= second || third <= other || fourth <= third {
			t.Errorf("got %d %d %d %d %d", first, second, other, third, fourth)
		}
		list, all, err := s.Changes(t.Context(), "fair/day", 1, 2)
		must(t, err)
		if all != 4 || len(list) != 2 || list[0].ID != third || list[1].ID != second {
			t.Errorf("got %d: %+v", all, list)
		}
		if _, all, err := s.Changes(t.Context(), "", 0, 1); all != 5 || err != nil {
			t.Errorf("got %d, %v", all, err)
		}
		want := commands.Change{ID: third, At: day, User: "8", Kind: commands.KindUndo, Fact: "fair/day", Before: aFact("June"), After: aFact("May"), Undoes: second}
		if c := got[commands.Change](t)(s.Change(t.Context(), third)); !reflect.DeepEqual(c, want) {
			t.Errorf("got %+v", c)
		}
		if _, err := s.Change(t.Context(), 999); !errors.Is(err, commands.ErrGone) {
			t.Errorf("got %v", err)
		}
	})
}

func TestPostings(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		a := commands.Posting{Fact: "fair/day", Revision: "a", Lang: "en", Guild: "6", Channel: "5", Message: "7", At: day}
		b := a
		b.Message = "8"
		must(t, s.Post(t.Context(), []commands.Posting{a, b, {Fact: "fair/guest", Message: "7", At: day}}))
		a.Revision = "b" // corrected in place
		must(t, s.Post(t.Context(), []commands.Posting{a}))
		list := got[[]commands.Posting](t)(s.Posted(t.Context(), "fair/day", 0, 10))
		if len(list) != 2 || list[0].Revision != "b" || list[1].Revision != "a" {
			t.Fatalf("got %+v", list)
		}
		a.ID = list[0].ID
		if list[0] != a {
			t.Errorf("got %+v, want %+v", list[0], a)
		}
		if rest := got[[]commands.Posting](t)(s.Posted(t.Context(), "fair/day", a.ID, 10)); len(rest) != 1 || rest[0].Message != "8" {
			t.Errorf("got %+v", rest)
		}
	})
}

func TestPeople(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		id := got[int64](t)(s.Miss(t.Context(), commands.Miss{Text: "a"}))
		mine := map[string]int64{}
		for _, user := range []string{"1", "2", ""} {
			must(t, s.Vote(t.Context(), commands.Vote{User: user, Fact: "f", Revision: "a"}))
			must(t, s.Wait(t.Context(), commands.Waiter{Question: id, User: user}))
			mine[user] = got[int64](t)(s.Suggest(t.Context(), commands.Suggested{User: user, Text: "x"}))
			must(t, s.SaveDraft(t.Context(), commands.Draft{ID: "d" + user, User: user}))
			got[int64](t)(s.Record(t.Context(), commands.Change{User: user, Fact: "f", Kind: commands.KindEdit, After: aFact("by " + user)}))
		}
		got[bool](t)(s.Decide(t.Context(), mine["2"], commands.StateAccepted, "", "1"))
		if n := got[commands.Stored](t)(s.Stored(t.Context(), "1")); n != (commands.Stored{Votes: 1, Waiting: 1, Suggestions: 1, Drafts: 1, Changes: 1}) {
			t.Errorf("got %+v", n)
		}
		if n := got[int](t)(s.Forget(t.Context(), "1")); n != 6 {
			t.Errorf("forgot %d things, want 6", n)
		}
		for user, want := range map[string]commands.Stored{"1": {}, "2": {Votes: 1, Waiting: 1, Suggestions: 1, Drafts: 1, Changes: 1}, "": {}, commands.Forgotten: {}} {
			if n := got[commands.Stored](t)(s.Stored(t.Context(), user)); n != want {
				t.Errorf("%q: got %+v", user, n)
			}
		}
		if n := got[int](t)(s.Forget(t.Context(), "")); n != 0 {
			t.Errorf("forgot %d things of nobody", n)
		}
		if g := got[commands.Suggested](t)(s.Suggestion(t.Context(), mine["1"])); g.User != "" || g.Text != "x" {
			t.Errorf("got %+v", g)
		}
		if g := got[commands.Suggested](t)(s.Suggestion(t.Context(), mine["2"])); g.By != commands.Forgotten {
			t.Errorf("got %+v", g)
		}
		list, _, err := s.Changes(t.Context(), "f", 0, 10)
		must(t, err)
		if list[2].User != commands.Forgotten || list[1].User != "2" || list[0].User != "" {
			t.Errorf("got %+v", list)
		}
		counted(t, s)
	})
}

func TestPrune(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		old, now := day.AddDate(0, 0, -100), day
		miss := func(text string, group int64, at time.Time) int64 {
			return got[int64](t)(s.Miss(t.Context(), commands.Miss{Text: text, Lang: "en", Group: group, At: at}))
		}
		for i := range pruneBatch + 10 {
			id := miss(fmt.Sprint("old ", i), 0, old)
			if i < 20 {
				must(t, s.Wait(t.Context(), commands.Waiter{Question: id, User: "1", At: old}))
				got[bool](t)(s.Settle(t.Context(), id, commands.Settlement{State: commands.StateAnswered, At: old}))
			}
		}
		living := miss("an old text", 0, old)
		miss("a new text", living, now)
		for _, at := range []time.Time{old, now} {
			must(t, s.Post(t.Context(), []commands.Posting{{Message: at.String(), At: at}}))
			must(t, s.SaveDraft(t.Context(), commands.Draft{ID: fmt.Sprint(at.Unix()), User: "1", At: at}))
			closed := got[int64](t)(s.Suggest(t.Context(), commands.Suggested{Text: "x", At: at}))
			got[int64](t)(s.Suggest(t.Context(), commands.Suggested{Text: "open", At: at}))
			got[bool](t)(s.Decide(t.Context(), closed, commands.StateRejected, "", ""))
			_, err := s.exec(t.Context(), "age", "UPDATE suggestions SET decided_at = $1 WHERE id = $2", at.UnixMicro(), closed)
			must(t, err)
		}
		want := Pruned{Texts: pruneBatch + 11, Questions: pruneBatch + 10, Suggestions: 1, Postings: 1, Drafts: 1}
		if p := got[Pruned](t)(s.Prune(t.Context(), now, 90*24*time.Hour)); p != want {
			t.Errorf("got %+v, want %+v", p, want)
		}
		if p := got[Pruned](t)(s.Prune(t.Context(), now, 90*24*time.Hour)); p != (Pruned{}) {
			t.Errorf("again: got %+v", p)
		}
		if q := got[commands.Question](t)(s.Question(t.Context(), living)); q.Text != "a new text" {
			t.Errorf("got %+v", q)
		}
		if n := count(t, s, "SELECT COUNT(*) FROM waiters"); n != 0 {
			t.Errorf("%d wait for what is gone", n)
		}
		if _, all, err := s.Open(t.Context(), commands.QueueFilter{}); all != 1 || err != nil {
			t.Errorf("got %d, %v", all, err)
		}
	})
}

// TestTogether: many at once make one group, one settlement, one change, and
// nobody who waits is left out.
func TestTogether(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		const people = 12
		each := func(do func(ctx context.Context, user string) error) {
			t.Helper()
			var wg sync.WaitGroup
			for i := range people {
				wg.Go(func() {
					if err := do(t.Context(), fmt.Sprint(i)); err != nil {
						t.Error(err)
					}
				})
			}
			wg.Wait()
		}
		each(func(ctx context.Context, user string) error {
			_, err := s.Miss(ctx, commands.Miss{Text: "Who?", Lang: "en"})
			return errors.Join(err, s.Vote(ctx, commands.Vote{User: user, Fact: "f", Revision: "a"}))
		})
		list, all, err := s.Open(t.Context(), commands.QueueFilter{Most: 5})
		must(t, err)
		if all != 1 || list[0].Count != people {
			t.Fatalf("got %d groups: %+v", all, list)
		}
		var mu sync.Mutex
		settled, recorded := 0, 0
		each(func(ctx context.Context, user string) error {
			errWait := s.Wait(ctx, commands.Waiter{Question: list[0].ID, User: user})
			ok, errSettle := s.Settle(ctx, list[0].ID, commands.Settlement{State: commands.StateAnswered})
			id, errRecord := s.Record(ctx, commands.Change{Fact: "f", Kind: commands.KindAdd, After: aFact("x")})
			_, errMiss := s.Miss(ctx, commands.Miss{Text: "Who?", Lang: "en"})
			mu.Lock()
			defer mu.Unlock()
			if ok {
				settled++
			}
			if id != 0 {
				recorded++
			}
			return errors.Join(errWait, errSettle, errRecord, errMiss)
		})
		if due := got[[]commands.Waiter](t)(s.Due(t.Context(), 100)); settled != 1 || recorded != 1 || len(due) != people {
			t.Errorf("settled %d times, recorded %d times, %d of %d are due", settled, recorded, len(due), people)
		}
		each(func(ctx context.Context, user string) error {
			_, err := s.Forget(ctx, user)
			return errors.Join(err, s.Vote(ctx, commands.Vote{User: user, Fact: "f", Revision: "b"}))
		})
		counted(t, s)
	})
}

func TestHealthy(t *testing.T) {
	onEach(t, func(t *testing.T, s *Store) {
		must(t, s.Healthy(t.Context()))
		at := s.health.at
		must(t, s.Healthy(t.Context()))
		if s.health.at != at {
			t.Error("it was tried again at once")
		}
	})
}
