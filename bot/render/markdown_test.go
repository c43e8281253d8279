package render

import (
	"strings"
	"testing"
)

// TestEscape writes everything that Discord's markdown knows
// (https://docs.discord.com/developers/reference#message-formatting).
func TestEscape(t *testing.T) {
	const z = "\u200b"
	tests := []struct{ name, text, want string }{
		{"nothing", "", ""},
		{"plain text", "It was held in Busan, on 30 September (a Tuesday)!", "It was held in Busan, on 30 September (a Tuesday)!"},
		{"a user", "<@80351110224678912>", `\<@` + z + `80351110224678912\>`},
		{"a user by nickname", "<@!80351110224678912>", `\<@` + z + `!80351110224678912\>`},
		{"a channel", "<#103735883630395392>", `\<#103735883630395392\>`},
		{"a role", "<@&165511591545143296>", `\<@` + z + `&165511591545143296\>`},
		{"a command", "</airhorn:816437322781949972>", `\</airhorn:816437322781949972\>`},
		{"an emoji", "<:mmLol:216154654256398347>", `\<:mmLol:216154654256398347\>`},
		{"a moving emoji", "<a:b1nzy_2:392938283556143104>", `\<a:b1nzy\_2:392938283556143104\>`},
		{"a moment", "<t:1618953630:R>", `\<t:1618953630:R\>`},
		{"a place in the server", "<id:customize>", `\<id:customize\>`},
		{"an address of mail", "<a@example.org>", `\<a@` + z + `example.org\>`},
		{"everybody", "@everyone and @here", "@" + z + "everyone and @" + z + "here"},
		{"headings", "# a\n## b\n### c\n#### d", "\\# a\n\\## b\n\\### c\n#### d"},
		{"small print", "-# a", `\-# a`},
		{"no heading", "C# and #busan\n#1", "C# and #busan\n#1"},
		{"a heading behind a wide space", "#　見出し\n#\u00a0b", "\\#　見出し\n\\#\u00a0b"},
		{"a heading behind a tab", "#\ta", `\# a`},
		{"lists", "- a\n  - b\n* c\n+ d", "\\- a\n  \\- b\n\\* c\n\\+ d"},
		{"numbered lists", "1. a\n 23. b\n4) c", "1\\. a\n 23\\. b\n4\\) c"},
		{"numbers", "1.5 and -3, 15% of 2025-09-30", "1.5 and -3, 15% of 2025-09-30"},
		{"a mark on its own line", "-\n# a", "\\-\n\\# a"},
		{"quotes", "> a\n>>> b", "\\> a\n\\>\\>\\> b"},
		{"code", "`a` ``b``", "\\`a\\` \\`\\`b\\`\\`"},
		{"a block of code", "```go\na\n```", "\\`\\`\\`go\na\n\\`\\`\\`"},
		{"bold, italics, underline, strike", "**a** *b* __c__ _d_ ~~e~~", `\*\*a\*\* \*b\* \_\_c\_\_ \_d\_ \~\~e\~\~`},
		{"a spoiler", "||a||", `\|\|a\|\|`},
		{"a masked link", "[a](https://example.org)", `\[a\](https\://example.org)`},
		{"a bare link", "https://example.org/a_b", `https\://example.org/a\_b`},
		{"a link without preview", "<https://example.org>", `\<https\://example.org\>`},
		{"a backslash", `\*a\*`, `\\\*a\\\*`},
		{"a shrug", `¯\_(ツ)_/¯`, `¯\\\_(ツ)\_/¯`},
		{"control characters", "a\x00\x1b[1m", `a\[1m`},
		{"invalid UTF-8", "a\xffb", "a\ufffdb"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			got := escape(tt.text)
			if got != tt.want {
				t.Errorf("got  %q\nwant %q", got, tt.want)
			}
			if read := shown(got); read != Printable(tt.text) {
				t.Errorf("readers see %q", read)
			}
		})
	}
}

// shown is what readers see of an escaped text: a backslash before a sign goes.
func shown(text string) string {
	var b strings.Builder
	for i := 0; i < len(text); i++ {
		if text[i] == '\\' && i+1 < len(text) {
			i++
		}
		b.WriteByte(text[i])
	}
	return strings.ReplaceAll(b.String(), blank, "")
}

func TestLink(t *testing.T) {
	tests := []struct{ text, url, want string }{
		{"Gazette, page 1", "", "Gazette, page 1"},
		{"Gazette", "https://example.org/a#:~:text=x", "[Gazette](https://example.org/a#:~:text=x)"},
		{"[Gazette]", "https://example.org/a_(b) <c>", `[\[Gazette\]](https://example.org/a_%28b%29%20%3Cc%3E)`},
	}
	for _, tt := range tests {
		if got := link(tt.text, tt.url); got != tt.want {
			t.Errorf("got %q, want %q", got, tt.want)
		}
	}
}

func TestShorten(t *testing.T) {
	tests := []struct {
		text string
		most int
		want string
	}{
		{"abc", 3, "abc"}, {"abcd", 3, "ab…"}, {"abcd", 1, "…"}, {"가나다", 2, "가…"},
		{`a\*b`, 3, "a…"},         // not half of an escape
		{`a\\\*bc`, 5, "a…"},      // nor of the second
		{`ab\*cdef`, 6, `ab\*c…`}, // what is whole stays
	}
	for _, tt := range tests {
		if got := shorten(tt.text, tt.most); got != tt.want {
			t.Errorf("%q to %d: got %q, want %q", tt.text, tt.most, got, tt.want)
		}
	}
}

func TestNumber(t *testing.T) {
	for n, want := range map[int]string{1: `1\. `, 9: `9\. `, 10: `10\. `, 25: `25\. `} {
		if got := number(n); got != want {
			t.Errorf("%d: got %q", n, got)
		}
	}
}

func TestTimestamp(t *testing.T) {
	for date, want := range map[string]string{
		"2025-09-30": "<t:1759233600:D>", // noon in UTC
		"2025-09":    "", "2025": "", "": "", "2025-02-30": "", "2025-05-01/2025-05-02": "", "soon": "",
	} {
		if got := timestamp(date); got != want {
			t.Errorf("%q: got %q", date, got)
		}
	}
}
