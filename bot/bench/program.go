package main

import (
	"context"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"time"

	"summitbot/bot/localdiscord"
)

// program builds the program and measures how long it takes from its start
// until it is ready, against the local Discord, and its memory then.
func program(time.Duration) error {
	dir, err := os.MkdirTemp("", "bench")
	if err != nil {
		return err
	}
	defer os.RemoveAll(dir)
	binary := filepath.Join(dir, "summitbot")
	if out, err := exec.Command("go", "build", "-trimpath", "-o", binary, "./bot").CombinedOutput(); err != nil {
		return fmt.Errorf("go build ./bot: %w\n%s", err, out)
	}
	for _, transport := range []string{"gateway", "both", "http"} {
		var times []float64
		var memory []float64
		for range 5 {
			took, kib, err := start(binary, transport, "sqlite:"+filepath.Join(dir, "state.db"))
			if err != nil {
				return err
			}
			times, memory = append(times, took.Seconds()*1000), append(memory, kib/1024)
		}
		fmt.Printf("%-8s ready after %.0f ms, resident %.1f MiB (medians of 5)\n", transport, median(times), median(memory))
	}
	return nil
}

// start measures one start, with the database at an address.
func start(binary, transport, database string) (took time.Duration, kib float64, err error) {
	srv, err := localdiscord.New(localdiscord.Options{})
	if err != nil {
		return 0, 0, err
	}
	defer srv.Close()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, 0, err
	}
	address := listener.Addr().String()
	listener.Close()
	ctx, cancel := context.WithTimeout(context.Background(), 20*time.Second)
	defer cancel()
	cmd := exec.CommandContext(ctx, binary, "serve", "--transport", transport, "--listen", address, "--state", database)
	cmd.Env = append(os.Environ(), "DISCORD_API_URL="+srv.URL(), "DISCORD_TOKEN="+srv.Token(), "DISCORD_PUBLIC_KEY="+srv.PublicKeyHex(), "DISCORD_APPLICATION_ID="+srv.ApplicationID())
	begun := time.Now()
	if err := cmd.Start(); err != nil {
		return 0, 0, err
	}
	defer func() {
		_ = cmd.Process.Signal(syscall.SIGTERM)
		err = errors.Join(err, cmd.Wait())
	}()
	for !isReady(address) {
		if ctx.Err() != nil {
			return 0, 0, errors.New("it does not get ready")
		}
		time.Sleep(2 * time.Millisecond)
	}
	took = time.Since(begun)
	time.Sleep(300 * time.Millisecond) // what is garbage of the start is collected or not
	kib, err = resident(cmd.Process.Pid)
	return took, kib, err
}

func isReady(address string) bool {
	response, err := http.Get("http://" + address + "/readyz")
	if err != nil {
		return false
	}
	defer response.Body.Close()
	return response.StatusCode == http.StatusOK
}

// resident is the memory of a process, in KiB, as Linux tells it.
func resident(pid int) (float64, error) {
	data, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/status")
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(data)) {
		if value, ok := strings.CutPrefix(line, "VmRSS:"); ok {
			return strconv.ParseFloat(strings.Fields(value)[0], 64)
		}
	}
	return 0, errors.New("no VmRSS")
}
