package main

import (
	"net/http"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"summitbot/bot/localdiscord"
)

// tram is a base of one fact.
func tram(fare string) string {
	return `base: tram
title: {en: "The tram"}
languages: [en]
sources:
  paper: {title: "The tram", publisher: "The Paper", url: "https://example.org/tram", language: en}
facts:
  - id: fare
    title: {en: "The fare"}
    answer: {en: "A ride costs ` + fare + `."}
    asks: {en: ["how much is a ride on the tram", "what does the tram cost"]}
    sources: [{ref: paper}]
`
}

// TestReload changes the facts of a running bot: for the better, for the
// worse, and for the better again.
func TestReload(t *testing.T) {
	t.Parallel()
	path := filepath.Join(t.TempDir(), "tram.yaml")
	save := func(text string) {
		if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	save(tram("two francs"))
	l := newLive(t, patient())
	l.serve("--transport", "gateway", "--facts", path)
	if err := l.WaitConnected(within(t)); err != nil {
		t.Fatal(err)
	}
	costs := func(fare string) func() bool {
		return func() bool {
			m := message(t, l.Member("alex").Slash(within(t), l.Channel("general"), "ask", localdiscord.Opt("question", "how much is a ride on the tram")))
			return strings.Contains(m.Text(), fare)
		}
	}
	until(t, "the fare is told", costs("two francs"))
	if _, body := l.get("/readyz"); body != "ready\n" {
		t.Errorf("/readyz: %q", body)
	}
	save(tram("three francs"))
	until(t, "the new fare is told", costs("three francs"))
	save(tram("four francs") + "    tpoics: [a]\n")
	until(t, "the fault is counted", func() bool { return l.metric("summitbot_facts_faults") == 1 })
	status, body := l.get("/readyz")
	if status != http.StatusOK || !strings.Contains(body, "warning: 1 fault in the facts files since ") || !strings.Contains(body, path+":12:5: ") {
		t.Errorf("/readyz: %d, %q", status, body)
	}
	if !costs("three francs")() {
		t.Error("what was good last is not served")
	}
	save(tram("five francs"))
	until(t, "the newest fare is told", costs("five francs"))
	if _, body := l.get("/readyz"); body != "ready\n" {
		t.Errorf("/readyz: %q", body)
	}
	for series, want := range map[string]float64{
		"summitbot_facts": 1, "summitbot_facts_faults": 0,
		`summitbot_facts_loads_total{result="ok"}`: 3, `summitbot_facts_loads_total{result="faulty"}`: 1,
	} {
		if got := l.metric(series); got != want {
			t.Errorf("%s: got %v, want %v", series, got, want)
		}
	}
	if l.metric("summitbot_facts_loaded_timestamp_seconds") < 1e9 {
		t.Error("the metrics do not say when the facts were read")
	}
	for what, n := range map[string]int{"the facts have changed": 2, "the facts files have faults": 1, "the facts files are mended": 1, "francs": 0} {
		if got := len(l.lines(what)); got != n {
			t.Errorf("%d lines in the log with %q, want %d", got, what, n)
		}
	}
}

// TestFactsFolder starts with a folder for the embedded base, twice.
func TestFactsFolder(t *testing.T) {
	t.Parallel()
	l := newLive(t, patient())
	dir := filepath.Join(t.TempDir(), "facts")
	l.settings += "facts_folder: " + dir + "\n"
	for range 2 {
		l.serveOver("http")
		l.asks(t, "alex")
		if code := l.end(); code != exitOK {
			t.Errorf("exit code %d", code)
		}
		if found, err := os.ReadDir(dir); err != nil || len(found) != 4 {
			t.Errorf("in the folder: %v, %v", found, err)
		}
	}
}
