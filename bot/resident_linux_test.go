package main

import "testing"

// TestReleaseProgram: the program goes on, and nothing that can be changed is
// touched.
func TestReleaseProgram(t *testing.T) {
	before := defaultConfig().State
	releaseProgram()
	if defaultConfig().State != before {
		t.Error("the program has changed")
	}
	for _, tt := range []struct {
		line string
		ok   bool
	}{
		{"00400000-00dd7000 r-xp 00000000 fe:00 1234    /usr/bin/summitbot\n", true},
		{"00400000-00dd7000 r-xp 00000000 fe:00 1234    /opt/a b\n", false},
		{"00dd7000-01e0c000 rw-p 00000000 fe:00 1234    /usr/bin/summitbot\n", false},
		{"7f30201fe000-7f3020550000 r--p 00000000 00:00 0\n", false},
		{"x-y r--p 00000000 fe:00 1234    /usr/bin/summitbot\n", false},
		{"", false},
	} {
		start, length, ok := unwritable(tt.line, "/usr/bin/summitbot")
		if ok != tt.ok || ok && (start != 0x400000 || length != 0x9d7000) {
			t.Errorf("%q: got %x, %x, %v", tt.line, start, length, ok)
		}
	}
}
