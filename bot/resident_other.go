//go:build !linux

package main

// releaseProgram does nothing: only for Linux is it known how.
func releaseProgram() {}
