// Package throwaway runs a Postgres for tests: in a folder of its own, at a
// port of its own on this machine alone, gone when it is stopped. Its disk
// writes are not relaxed, so that it keeps what Postgres keeps.
package throwaway

import (
	"context"
	"errors"
	"fmt"
	"net"
	"os"
	"os/exec"
	"os/user"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"syscall"
	"time"
)

// ErrMissing tells that Postgres is not installed.
var ErrMissing = errors.New("there are no programs of Postgres: install the Debian package postgresql")

// Variable names the environment variable with the address of a Postgres in
// which tests may make schemas.
const Variable = "SUMMITBOT_TEST_POSTGRES"

// Required reports whether tests must not do without Postgres: in CI, or where
// SUMMITBOT_REQUIRE_POSTGRES is set.
func Required() bool {
	return os.Getenv("CI") != "" || os.Getenv("SUMMITBOT_REQUIRE_POSTGRES") != ""
}

// A Server is a Postgres that can be stopped, killed and started again.
type Server struct {
	programs string // folder of the programs
	folder   string
	port     int
	account  *syscall.Credential // nil: this process's own
}

// startWithin bounds how long a start or a stop takes.
const startWithin = 60 * time.Second

// Start makes a Postgres and starts it. It returns ErrMissing where it is not
// installed. Postgres refuses to be run by root, who runs it as postgres or
// nobody.
func Start() (*Server, error) {
	programs, err := find()
	if err != nil {
		return nil, err
	}
	s := &Server{programs: programs}
	if s.account, err = account(); err != nil {
		return nil, err
	}
	if s.folder, err = os.MkdirTemp("", "postgres"); err != nil {
		return nil, err
	}
	if s.account != nil {
		if err := os.Chown(s.folder, int(s.account.Uid), int(s.account.Gid)); err != nil {
			return nil, errors.Join(err, os.RemoveAll(s.folder))
		}
	}
	if err := s.begin(); err != nil {
		return nil, errors.Join(err, os.RemoveAll(s.folder))
	}
	return s, nil
}

// begin makes the files and starts the server.
func (s *Server) begin() (err error) {
	if err := s.run("initdb", "-D", s.data(), "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"); err != nil {
		return err
	}
	if s.port, err = freePort(); err != nil {
		return err
	}
	return s.Start()
}

// URL is the server's address.
func (s *Server) URL() string {
	return fmt.Sprintf("postgres://postgres@127.0.0.1:%d/postgres?sslmode=disable", s.port)
}

// Start starts the server again, at the same address.
func (s *Server) Start() error {
	options := fmt.Sprintf("-c listen_addresses=127.0.0.1 -c port=%d -c unix_socket_directories= -c fsync=on -c synchronous_commit=on -c max_connections=60", s.port)
	return s.run("pg_ctl", "start", "-w", "-D", s.data(), "-l", filepath.Join(s.folder, "log"), "-o", options)
}

// Stop stops the server. Transactions under way are undone.
func (s *Server) Stop() error { return s.run("pg_ctl", "stop", "-w", "-D", s.data(), "-m", "fast") }

// Kill ends the server and all that belongs to it with SIGKILL, as when the
// machine fails.
func (s *Server) Kill() error {
	pid, err := s.pid()
	if err != nil {
		return err
	}
	children, err := childrenOf(pid)
	if err != nil {
		return err
	}
	for _, p := range append([]int{pid}, children...) {
		if err := syscall.Kill(p, syscall.SIGKILL); err != nil && !errors.Is(err, syscall.ESRCH) {
			return err
		}
	}
	return nil
}

// pid is the number of the server's process.
func (s *Server) pid() (int, error) {
	data, err := os.ReadFile(filepath.Join(s.data(), "postmaster.pid"))
	if err != nil {
		return 0, err
	}
	first, _, _ := strings.Cut(string(data), "\n")
	return strconv.Atoi(first)
}

// childrenOf lists the processes that one has started.
func childrenOf(pid int) ([]int, error) {
	stats, err := filepath.Glob("/proc/[0-9]*/stat")
	if err != nil {
		return nil, err
	}
	var found []int
	for _, path := range stats {
		data, err := os.ReadFile(path)
		if err != nil {
			continue // it has ended
		}
		// 12 (name) S 1 …, and the name may hold anything.
		fields := strings.Fields(string(data[strings.LastIndexByte(string(data), ')')+1:]))
		if len(fields) < 2 || fields[1] != strconv.Itoa(pid) {
			continue
		}
		if child, err := strconv.Atoi(filepath.Base(filepath.Dir(path))); err == nil {
			found = append(found, child)
		}
	}
	return found, nil
}

// Close stops the server, however it is, and deletes its files.
func (s *Server) Close() error {
	stopped := s.run("pg_ctl", "stop", "-w", "-D", s.data(), "-m", "immediate")
	if _, err := s.pid(); errors.Is(err, os.ErrNotExist) {
		stopped = nil // it was not running
	}
	return errors.Join(stopped, os.RemoveAll(s.folder))
}

func (s *Server) data() string { return filepath.Join(s.folder, "data") }

// run runs one of the programs of Postgres. Its output goes through a file: the
// server that pg_ctl leaves behind would keep a pipe open.
func (s *Server) run(program string, args ...string) error {
	ctx, cancel := context.WithTimeout(context.Background(), startWithin)
	defer cancel()
	out, err := os.CreateTemp("", "postgres-out")
	if err != nil {
		return err
	}
	defer os.Remove(out.Name())
	defer out.Close()
	cmd := exec.CommandContext(ctx, filepath.Join(s.programs, program), args...)
	cmd.Dir, cmd.Stdout, cmd.Stderr = s.folder, out, out
	cmd.Env = append(os.Environ(), "LC_ALL=C")
	// A group of its own, so that Ctrl-C does not end it before the tests.
	cmd.SysProcAttr = &syscall.SysProcAttr{Credential: s.account, Setpgid: true}
	if err := cmd.Run(); err != nil {
		said, _ := os.ReadFile(out.Name())
		log, _ := os.ReadFile(filepath.Join(s.folder, "log"))
		return fmt.Errorf("%s: %w\n%s%s", program, err, said, log)
	}
	return nil
}

// find returns the folder of the programs, the newest where there are several.
func find() (string, error) {
	folders, err := filepath.Glob("/usr/lib/postgresql/*/bin")
	if err != nil {
		return "", err
	}
	slices.SortFunc(folders, func(a, b string) int { return release(b) - release(a) })
	if path, err := exec.LookPath("pg_ctl"); err == nil {
		folders = append(folders, filepath.Dir(path))
	}
	for _, folder := range folders {
		if _, err := os.Stat(filepath.Join(folder, "initdb")); err == nil {
			return folder, nil
		}
	}
	return "", ErrMissing
}

// release is the number in a path such as /usr/lib/postgresql/15/bin.
func release(path string) int {
	n, _ := strconv.Atoi(filepath.Base(filepath.Dir(path)))
	return n
}

// account is whom root runs Postgres as.
func account() (*syscall.Credential, error) {
	if os.Getuid() != 0 {
		return nil, nil
	}
	for _, name := range []string{"postgres", "nobody"} {
		u, err := user.Lookup(name)
		if err != nil {
			continue
		}
		uid, errUID := strconv.ParseUint(u.Uid, 10, 32)
		gid, errGID := strconv.ParseUint(u.Gid, 10, 32)
		if err := errors.Join(errUID, errGID); err != nil {
			return nil, err
		}
		return &syscall.Credential{Uid: uint32(uid), Gid: uint32(gid)}, nil
	}
	return nil, errors.New("root cannot run Postgres, and there is no user postgres or nobody to run it as")
}

// freePort is a port that nobody listens at.
func freePort() (int, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, err
	}
	defer l.Close()
	return l.Addr().(*net.TCPAddr).Port, nil
}
