package main

import (
	"database/sql"
	"fmt"
	"net/http"
	"path/filepath"
	"strings"
	"testing"

	"summitbot/bot/localdiscord"
)

// TestDatabaseLocked holds the database in another process's transaction:
// questions are answered all the same, what cannot be kept says so, /readyz
// warns, and all works again afterwards.
func TestDatabaseLocked(t *testing.T) {
	for _, transport := range []string{"gateway", "http"} {
		t.Run(transport, func(t *testing.T) {
			t.Parallel()
			path := filepath.Join(t.TempDir(), "bot.db")
			l := newLive(t, localdiscord.Options{})
			l.settings = fmt.Sprintf("%sstate: %q\n", unlimited, "sqlite:"+path)
			l.serveOver(transport)
			answer := message(t, l.ask(t, "alex"))
			yes := button(t, answer, "1/yes/")

			release := lock(t, path)
			l.asks(t, "mina")
			has(t, message(t, l.Member("alex").Press(within(t), answer, yes)), true, "could not be saved")
			has(t, message(t, l.Member("alex").Slash(within(t), l.Channel("general"), "privacy")), true, "What is stored")
			if status, page := l.get("/readyz"); status != http.StatusOK || !strings.Contains(page, "warning: the database does not work") {
				t.Errorf("/readyz: %d %s", status, page)
			}
			release()

			has(t, message(t, l.Member("alex").Press(within(t), answer, yes)), true, "Thank you")
			until(t, "/readyz is well again", func() bool { _, page := l.get("/readyz"); return page == "ready\n" })
			has(t, message(t, l.Member("alex").Slash(within(t), l.Channel("general"), "privacy")), true, "votes: 1")
			if code := l.end(); code != exitOK {
				t.Errorf("serve ended with %d", code)
			}
		})
	}
}

// lock holds a database as another process would.
func lock(t *testing.T, path string) (release func()) {
	t.Helper()
	db, err := sql.Open("sqlite", "file:"+path)
	if err != nil {
		t.Fatal(err)
	}
	db.SetMaxOpenConns(1)
	if _, err := db.Exec("BEGIN EXCLUSIVE"); err != nil {
		t.Fatal(err)
	}
	return func() {
		if _, err := db.Exec("ROLLBACK"); err != nil {
			t.Error(err)
		}
		_ = db.Close()
	}
}
