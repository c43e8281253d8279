package facts

import (
	"embed"
	"sync"
)

//go:embed data
var data embed.FS

// embeddedBase is the file of the base that the binary carries.
const embeddedBase = "data/busan-summit.yaml"

// Embedded returns the base that the binary carries.
var Embedded = sync.OnceValues(func() (*Snapshot, error) {
	bases, problems := LoadFS(data, embeddedBase)
	if err := problems.Err(); err != nil {
		return nil, err
	}
	return NewSnapshot(bases...), nil
})
