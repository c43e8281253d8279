package commands

import (
	"context"
	"path/filepath"
	"slices"
)

// exportCommand gives the facts files as they are.
func exportCommand() Command { return Command{Name: "export", Run: runExport} }

// mostFiles is how many files a message takes
// (https://docs.discord.com/developers/reference#uploading-files).
const mostFiles = 10

func runExport(ctx context.Context, env *Env, call Call) Reply {
	if env.Library == nil {
		return notice(call.Lang, readOnly, readOnlyHint)
	}
	files, err := env.Library.Files(ctx)
	if err != nil {
		return unreadableFiles(call.Lang, err)
	}
	r := notice(call.Lang, exported)
	contents := files.Contents()
	var paths []string
	for path := range contents {
		paths = append(paths, path)
	}
	slices.Sort(paths)
	for _, path := range paths[:min(len(paths), mostFiles)] {
		r.Files = append(r.Files, File{Name: filepath.Base(path), Data: contents[path]})
	}
	if more := len(paths) - mostFiles; more > 0 {
		r.Notes = append(r.Notes, voiceIn(r.Lang).more(more))
	}
	return r
}
