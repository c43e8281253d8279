package main

import (
	"os"
	"strconv"
	"strings"
	"syscall"
)

// releaseProgram takes out of memory what starting has read of the program
// itself: the embedded facts, which are unpacked by now, and code that only
// starting runs. What is needed again is read again. A failure is of no
// consequence, so none is told.
func releaseProgram() {
	program, err := os.Executable()
	if err != nil {
		return
	}
	maps, err := os.ReadFile("/proc/self/maps")
	if err != nil {
		return
	}
	for line := range strings.Lines(string(maps)) {
		if start, length, ok := unwritable(line, program); ok {
			_, _, _ = syscall.Syscall(syscall.SYS_MADVISE, start, length, syscall.MADV_DONTNEED)
		}
	}
}

// unwritable returns where a line of /proc/self/maps says that a part of the
// program is which cannot have been changed, such as
//
//	00400000-00dd7000 r-xp 00000000 fe:00 1234    /usr/bin/summitbot
func unwritable(line, program string) (start, length uintptr, ok bool) {
	fields := strings.Fields(line)
	if len(fields) < 6 || strings.Join(fields[5:], " ") != program || strings.Contains(fields[1], "w") {
		return 0, 0, false
	}
	from, to, _ := strings.Cut(fields[0], "-")
	first, errFirst := strconv.ParseUint(from, 16, 64)
	end, errEnd := strconv.ParseUint(to, 16, 64)
	return uintptr(first), uintptr(end - first), errFirst == nil && errEnd == nil && end > first
}
