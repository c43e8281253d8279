package main

import (
	"testing"

	"github.com/rogpeppe/go-internal/testscript"
)

// TestMain lets the scripts run this very binary as summitbot.
func TestMain(m *testing.M) {
	testscript.Main(m, map[string]func(){"summitbot": main})
}

// TestScripts runs whole-program scripts.
func TestScripts(t *testing.T) {
	testscript.Run(t, testscript.Params{Dir: "testdata", RequireExplicitExec: true, RequireUniqueNames: true})
}
