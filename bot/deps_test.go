package main

import (
	"go/build"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// module is what the paths of this program's packages begin with.
const module = "summitbot"

// rooms say what each package may use of this program, and what of others it
// must not use, directly or through what it uses of this program.
var rooms = map[string]struct{ uses, not []string }{
	"facts":            {nil, []string{"net/http", "github.com/bwmarrin/discordgo"}},
	"facts/edit":       {[]string{"facts"}, []string{"net/http"}},
	"commands":         {[]string{"facts", "facts/edit"}, []string{"net/http"}},
	"bot/render":       {[]string{"commands", "facts", "facts/edit"}, []string{"net/http"}},
	"bot/discord":      {[]string{"bot/render", "commands", "facts", "facts/edit"}, nil},
	"bot/library":      {[]string{"commands", "facts", "facts/edit"}, []string{"net/http"}},
	"bot/queue":        {[]string{"bot/state", "commands", "facts", "facts/edit"}, []string{"net/http"}},
	"bot/state":        {[]string{"commands", "facts", "facts/edit"}, []string{"net/http"}},
	"bot/localdiscord": {nil, []string{"github.com/bwmarrin/discordgo"}},
}

// TestDependencies holds the packages to pointing one way: bot → commands →
// facts.
func TestDependencies(t *testing.T) {
	for room, rule := range rooms {
		t.Run(room, func(t *testing.T) {
			for path := range reached(t, room) {
				own, ours := strings.CutPrefix(path, module+"/")
				if ours && own != room && !slices.Contains(rule.uses, own) {
					t.Errorf("it uses %s", path)
				}
				if slices.Contains(rule.not, path) {
					t.Errorf("it uses %s", path)
				}
			}
		})
	}
}

// reached are the packages that one imports, and what those of this program
// import.
func reached(t *testing.T, room string) map[string]bool {
	t.Helper()
	found := map[string]bool{}
	for next := []string{room}; len(next) > 0; next = next[1:] {
		p, err := build.ImportDir(filepath.Join("..", filepath.FromSlash(next[0])), 0)
		if err != nil {
			t.Fatal(err)
		}
		for _, path := range p.Imports {
			own, ours := strings.CutPrefix(path, module+"/")
			if ours && !found[path] {
				next = append(next, own)
			}
			found[path] = true
		}
	}
	return found
}

// TestRooms finds packages that have no rule. Programs need none: nobody can
// import them.
func TestRooms(t *testing.T) {
	folders, err := filepath.Glob("*")
	if err != nil {
		t.Fatal(err)
	}
	for _, folder := range folders {
		p, err := build.ImportDir(folder, 0)
		if err != nil || p.Name == "main" {
			continue // no folder with code, or a program
		}
		if _, ok := rooms["bot/"+folder]; !ok {
			t.Errorf("nothing says what bot/%s may use", folder)
		}
	}
}
