//go:build unix

package edit

import (
	"fmt"
	"io/fs"
	"os"
	"syscall"
)

// lock keeps other programs that write with this package out of folders until
// unlock is called. It waits for those that are in. Folders are locked in the
// order given, which must be the same for all: sorted. The lock is on the
// folder itself, so that it leaves nothing behind, and ends with the process.
func lock(folders []string) (unlock func(), err error) {
	var held []*os.File
	unlock = func() {
		for _, dir := range held {
			dir.Close()
		}
	}
	for _, folder := range folders {
		dir, err := os.Open(folder)
		if os.IsNotExist(err) {
			continue // there is nothing to write in
		}
		if err == nil {
			held = append(held, dir)
			err = flock(dir)
		}
		if err != nil {
			unlock()
			return nil, fmt.Errorf("locking the folder of the facts: %w", err)
		}
	}
	return unlock, nil
}

func flock(dir *os.File) error {
	for {
		if err := syscall.Flock(int(dir.Fd()), syscall.LOCK_EX); err != syscall.EINTR {
			return err
		}
	}
}

// keepOwner gives a new file the owner of the one it replaces. Only root may,
// and only root has to.
func keepOwner(f *os.File, of fs.FileInfo) {
	if st, ok := of.Sys().(*syscall.Stat_t); ok && os.Geteuid() == 0 {
		_ = f.Chown(int(st.Uid), int(st.Gid)) // the contents matter more
	}
}

// syncFolder makes the names in a folder lasting.
func syncFolder(folder string) error {
	dir, err := os.Open(folder)
	if err != nil {
		return err
	}
	defer dir.Close()
	return dir.Sync()
}
