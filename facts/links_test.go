package facts

import "testing"

func TestLink(t *testing.T) {
	const url = "https://example.org/a?b=c"
	tests := []struct{ name, url, quote, want string }{
		{"no quote", url, "", url},
		{"blank quote", url, " \n ", url},
		{"no address", "", "two words", ""},
		{"words", url, "two words", url + "#:~:text=two%20words"},
		{"spaces are folded", url, " two\n words ", url + "#:~:text=two%20words"},
		{"signs of the directive", url, "a-b, c & d", url + "#:~:text=a%2Db%2C%20c%20%26%20d"},
		{"reserved signs", url, "15% of #1?", url + "#:~:text=15%25%20of%20%231%3F"},
		{"brackets of Markdown", url, "(a) [b]", url + "#:~:text=%28a%29%20%5Bb%5D"},
		{"curly apostrophe", url, "Lee’s", url + "#:~:text=Lee%E2%80%99s"},
		{"other scripts", url, "부산", url + "#:~:text=%EB%B6%80%EC%82%B0"},
		{"an address with a fragment", url + "#top", "word", url + "#top:~:text=word"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := Citation{Quote: tt.quote}.Link(Source{URL: tt.url})
			if got != tt.want {
				t.Errorf("got  %s\nwant %s", got, tt.want)
			}
		})
	}
}

func TestSourceByID(t *testing.T) {
	base := &Base{Sources: []Source{{ID: "a", Title: "A"}, {ID: "b", Title: "B"}}}
	if s, ok := base.Source("b"); !ok || s.Title != "B" {
		t.Errorf("Source(b) = %+v, %t", s, ok)
	}
	if s, ok := base.Source("c"); ok {
		t.Errorf("Source(c) = %+v, %t", s, ok)
	}
}
