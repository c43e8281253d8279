package commands

import "testing"

func TestSources(t *testing.T) {
	env, _ := envOf(marketBase())
	r := called(t, env, "sources", Call{Lang: "en-US"})
	same(t, "sources", titlesOf(r.Entries), []string{"The market opens", "Town hall"})
	same(t, "the first", r.Entries[0].Lines, []string{"Gazette, 1 May 2025", "By A. Clerk", "Facts that rest on it: 7"})
	same(t, "the second", r.Entries[1].Lines, []string{"Town hall, 2 June 2025", "Facts that rest on it: 1"})
	links := r.Entries[0].Links
	if !r.Private || len(links) != 2 || links[0] != (Link{"Open", "https://example.org/a"}) || links[1] != (Link{"Archived copy", "https://example.org/b"}) || len(r.Entries[1].Links) != 0 {
		t.Errorf("links: %+v", links)
	}
}

// TestPressSources tells where one fact comes from.
func TestPressSources(t *testing.T) {
	base := marketBase()
	base.Facts[3].Sources[0].Says = en("the clerk")
	env, _ := envOf(base)
	r := pressed(t, env, Call{Lang: "en-US"}, "1/sources/market/west-price", "")
	same(t, "places", titlesOf(r.Entries), []string{"Gazette, 1 May 2025, paragraph 4", "Town hall, 2 June 2025"})
	same(t, "the first", r.Entries[0].Lines, []string{"“so it is”", "Statement by the clerk"})
	if !r.Private || r.Title != "Sources" || r.Body != "The price in West" || r.Entries[0].Links[0].URL != "https://example.org/a#:~:text=so%20it%20is" {
		t.Errorf("got %+v", r)
	}
}
