// Command run runs a command, such as go test, with a Postgres that is there
// for it alone and is stopped afterwards:
//
//	go run ./bot/state/throwaway/run go test ./...
//
// It installs Postgres where it may. Where there is none the command runs
// without, and tests say what did not run; in CI that is a failure.
package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"os/signal"
	"syscall"

	"summitbot/bot/state/throwaway"
)

func main() { os.Exit(run(os.Args[1:])) }

// run returns the exit code: the command's, or 1.
func run(args []string) int {
	if len(args) == 0 {
		fmt.Fprintln(os.Stderr, "run: name a command")
		return 1
	}
	// The command gets them too, and ends by them; then Postgres is stopped.
	signals := make(chan os.Signal, 1)
	signal.Notify(signals, syscall.SIGINT, syscall.SIGTERM)
	if os.Getenv(throwaway.Variable) != "" {
		return command(args, signals)
	}
	server, err := start()
	switch {
	case err == nil:
		defer func() {
			if err := server.Close(); err != nil {
				fmt.Fprintln(os.Stderr, "postgres:", err)
			}
		}()
		if err := os.Setenv(throwaway.Variable, server.URL()); err != nil {
			fmt.Fprintln(os.Stderr, "postgres:", err)
			return 1
		}
	case throwaway.Required():
		fmt.Fprintln(os.Stderr, "postgres:", err)
		return 1
	default:
		fmt.Println("postgres: did not run:", err)
	}
	return command(args, signals)
}

// start starts Postgres, after installing it if need be.
func start() (*throwaway.Server, error) {
	server, err := throwaway.Start()
	if !errors.Is(err, throwaway.ErrMissing) {
		return server, err
	}
	if failed := install(); failed != nil {
		return nil, fmt.Errorf("%w (which failed: %w)", err, failed)
	}
	return throwaway.Start()
}

// install installs Postgres, and nothing that it merely recommends.
func install() error {
	var as []string
	if os.Getuid() != 0 {
		as = []string{"sudo", "-n"}
	}
	for _, step := range [][]string{{"apt-get", "update", "-qq"}, {"apt-get", "install", "-y", "-qq", "--no-install-recommends", "postgresql"}} {
		words := append(append([]string{}, as...), step...)
		cmd := exec.Command(words[0], words[1:]...)
		cmd.Env = append(os.Environ(), "DEBIAN_FRONTEND=noninteractive")
		if out, err := cmd.CombinedOutput(); err != nil {
			return fmt.Errorf("%s: %w\n%s", step[1], err, out)
		}
	}
	return nil
}

// command runs the command, hands signals on, and returns its exit code.
func command(args []string, signals <-chan os.Signal) int {
	cmd := exec.Command(args[0], args[1:]...)
	cmd.Stdin, cmd.Stdout, cmd.Stderr = os.Stdin, os.Stdout, os.Stderr
	if err := cmd.Start(); err != nil {
		fmt.Fprintln(os.Stderr, "run:", err)
		return 1
	}
	go func() {
		for s := range signals {
			_ = cmd.Process.Signal(s) // it may have ended
		}
	}()
	err := cmd.Wait()
	if exit, ok := errors.AsType[*exec.ExitError](err); ok && exit.ExitCode() > 0 {
		return exit.ExitCode()
	}
	if err != nil {
		fmt.Fprintln(os.Stderr, "run:", err)
		return 1
	}
	return 0
}
