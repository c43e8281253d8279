package main

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime/debug"
	"time"

	"summitbot/bot/library"
	"summitbot/facts"
)

// openLibrary reads the facts that are to be served.
func openLibrary(c config, log *slog.Logger, m *metrics) (*library.Library, error) {
	l, err := library.Open(library.Config{
		Paths: c.Facts, Folder: c.FactsFolder, Log: log, Loaded: m.loaded,
		Changed: func(library.Report) { debug.FreeOSMemory() }, // what reading has used and answering does not need
	})
	if err != nil {
		return nil, libraryFault(c, err)
	}
	m.watchFacts(l)
	return l, nil
}

// libraryFault says why there are no facts to serve.
func libraryFault(c config, err error) error {
	if problems, ok := errors.AsType[facts.Problems](err); ok {
		return factsFault(problems)
	}
	switch {
	case len(c.Facts) > 0:
		return &fault{message: firstLine(err), code: exitFault, cause: err}
	case c.FactsFolder != "":
		return &fault{message: firstLine(err), hint: "facts_folder names a folder that the bot may write to", code: exitFault, cause: err}
	}
	return embeddedFault(err)
}

// watchFacts serves changes of the facts files in the background, and returns
// how to stop that.
func (s *server) watchFacts(ctx context.Context) (stop func()) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	done := make(chan struct{})
	go func() {
		defer close(done)
		s.library.Run(ctx)
	}()
	return func() {
		cancel()
		select {
		case <-done:
		case <-time.After(closeWithin): // a large file is being read
		}
	}
}

// factsWarning tells of faults in the facts files, in a line; "": there are
// none.
func (s *server) factsWarning() string {
	status := s.library.Status()
	if len(status.Faults) == 0 {
		return ""
	}
	return fmt.Sprintf("warning: %s in the facts files since %s; what was good last is served; the first: %s\n",
		count(len(status.Faults), "fault"), status.Since.UTC().Format(time.RFC3339), firstLine(status.Faults[0]))
}
