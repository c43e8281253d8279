package commands

import "testing"

func TestLanguageOf(t *testing.T) {
	tests := []struct{ name, text, reader, want string }{
		{"nothing", "", "", "en"},
		{"nothing, by a Korean reader", "", "ko", "ko"},
		{"a region", "", "ja-JP", "ja"},
		{"a language that the bot does not speak", "Ishiba?", "fr", "en"},
		{"a clear English question, by a Korean reader", "Where was it held?", "ko", "en"},
		{"three words are clear", "who came there", "ja", "en"},
		{"two words are not", "Prime Minister", "ko", "ko"},
		{"a hyphen parts words", "Lee Jae-myung", "ko", "en"}, // Lee, Jae, myung
		{"a name alone", "Ishiba Shigeru", "ja", "ja"},
		{"numbers and signs", "2025-09-30 !!! 15%", "ko", "ko"},
		{"Hangul", "어디서 열렸나요", "en-US", "ko"},
		{"Hangul with an English name", "Ishiba Shigeru was here 누구", "en-US", "ko"},
		{"kana", "どこで開かれましたか", "en-US", "ja"},
		{"kanji alone may be Chinese or Japanese", "石破茂", "ko", "ko"},
		{"a Korean name in a Japanese question", "이재명はどこで会いましたか", "en-US", "ja"},
		{"a Japanese word in a Korean question", "정상회담에서 の 뜻", "en-US", "ko"},
		{"accents are letters", "où était-il né", "ko", "en"}, // où, était, il, né
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			if got := LanguageOf(tt.text, tt.reader); got != tt.want {
				t.Errorf("%q by %q: got %s, want %s", tt.text, tt.reader, got, tt.want)
			}
		})
	}
}

// TestReplyLanguageKeepsReader leaves the reader's language to the engine,
// even one that the bot itself does not speak.
func TestReplyLanguageKeepsReader(t *testing.T) {
	if got := replyLanguage("Ishiba?", "pt-BR"); got != "pt" {
		t.Errorf("got %q", got)
	}
}
