package main

import (
	"context"
	"errors"
	"fmt"
	"runtime/debug"
	"time"

	"summitbot/bot/library"
	"summitbot/facts"
)

// openLibrary reads the facts that are to be served.
func (s *server) openLibrary() (*library.Library, error) {
	c := s.config
	l, err := library.Open(library.Config{
		Paths: c.Facts, Folder: c.FactsFolder, Log: s.log, Loaded: s.metrics.loaded,
		Changed: func(r library.Report) {
			debug.FreeOSMemory() // what reading has used and answering does not need
			s.factsChanged(r)
		},
		Faulty: s.factsFaulty,
	})
	if err != nil {
		return nil, libraryFault(c, err)
	}
	s.metrics.watchFacts(l)
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

// inBackground runs something that goes on until it is stopped.
func inBackground(ctx context.Context, run func(context.Context)) (stop func()) {
	ctx, cancel := context.WithCancel(context.WithoutCancel(ctx))
	done := make(chan struct{})
	go func() {
		defer close(done)
		run(ctx)
	}()
	return func() {
		cancel()
		select {
		case <-done:
		case <-time.After(closeWithin): // it is in the middle of something long
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
