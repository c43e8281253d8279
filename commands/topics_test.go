package commands

import (
	"fmt"
	"testing"

	"summitbot/facts"
)

func TestTopics(t *testing.T) {
	env, _ := envOf(marketBase())
	r := called(t, env, "topics", Call{Lang: "ko"})
	same(t, "topics", titlesOf(r.Entries), []string{"가격", "Days"}) // Nothing has no fact
	if !r.Private || r.Title != "주제" || len(r.Menu.Choices) != 2 || r.Menu.Choices[0].Value != "market/price" || r.Menu.Choices[0].Note != Say("ko", topicCount, "3") {
		t.Errorf("got %+v", r.Menu)
	}
}

// TestChooseTopic lists the facts of a topic that are still offered.
func TestChooseTopic(t *testing.T) {
	env, _ := envOf(marketBase())
	r := pressed(t, env, Call{Lang: "en-US", Own: true}, "1/topic", "market/price")
	same(t, "facts", titlesOf(r.Entries), []string{"The price in East", "The price in West", "Both prices"})
	if r.Title != "Prices" || !r.Replaces || r.Menu.Choices[2].Value != "market/prices" {
		t.Errorf("got %+v", r)
	}
	for _, input := range []string{"", "price", "market/never", "fair/price"} {
		if r := pressed(t, env, Call{Lang: "en", Own: true}, "1/topic", input); r.Headline != "There is no such topic." || !r.Private || r.Replaces {
			t.Errorf("%q: got %+v", input, r)
		}
	}
}

// TestManyTopics offers no more than a menu takes.
func TestManyTopics(t *testing.T) {
	base := marketBase()
	for i := range 30 {
		id := fmt.Sprintf("more-%d", i)
		base.Topics = append(base.Topics, facts.Topic{ID: id, Title: en(id)})
		base.Facts[0].Topics = append(base.Facts[0].Topics, id)
	}
	env, _ := envOf(base)
	if r := called(t, env, "topics", Call{}); len(r.Menu.Choices) != mostChoices || len(r.Entries) != mostChoices {
		t.Errorf("%d choices, %d entries", len(r.Menu.Choices), len(r.Entries))
	}
}

func TestNoTopics(t *testing.T) {
	env, _ := envOf(fairBase())
	if r := called(t, env, "topics", Call{Lang: "en"}); r.Headline != "No fact has a topic." || !r.Private {
		t.Errorf("got %+v", r)
	}
}
