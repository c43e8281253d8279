package main

import (
	"os"
	"path/filepath"
	"strings"
	"testing"

	"summitbot/bot/localdiscord"
)

// TestStubs writes what members asked as entries of a facts file, which are
// good facts once they are filled in.
func TestStubs(t *testing.T) {
	c := newCurated(t, "http")
	for who, question := range map[string]string{"alex": "How tall is the lighthouse? # \"really\"", "mina": "등대는 얼마나 높습니까?"} {
		message(t, c.Member(who).Slash(within(t), c.Channel("general"), "ask", localdiscord.Opt("question", question)))
	}
	until(t, "both questions in the queue", func() bool {
		text := message(t, c.curate(t, "cora", "queue")).Text()
		return strings.Contains(text, "lighthouse") && strings.Contains(text, "등대")
	})
	c.end()
	stubs := filepath.Join(t.TempDir(), "stubs.yaml")
	if out, errs, code := c.program("facts", "stubs", "--state", c.state, "--facts", c.path, "-o", stubs); code != exitOK || !strings.Contains(out, "2 questions") {
		t.Fatalf("exit code %d: %s%s", code, out, errs)
	}
	data, err := os.ReadFile(stubs)
	if err != nil {
		t.Fatal(err)
	}
	text := string(data)
	for _, want := range []string{"asked once", "등대는 얼마나 높습니까?", `lighthouse? # \"really\"`} {
		if !strings.Contains(text, want) {
			t.Errorf("%q is not in\n%s", want, text)
		}
	}
	out, errs, code := c.program("facts", "stubs", "--state", c.state, "--facts", c.path, "--language", "ko")
	if code != exitOK || strings.Contains(out, "lighthouse") || !strings.Contains(out, "등대") {
		t.Errorf("exit code %d: %s%s", code, out, errs)
	}
}
