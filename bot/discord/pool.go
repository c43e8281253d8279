package discord

import (
	"context"
	"errors"
	"sync"
)

// errFull says that no more work can be taken.
var errFull = errors.New("too much waits")

// A pool bounds how much is done at a time and how much waits for that. The
// work is done where it comes up: to hand it over would wake another thread,
// which costs a tenth of a new answer.
type pool struct {
	seats chan struct{} // one is taken by each job under way
	work  *count        // what was taken and is not done
}

func newPool(workers, length int) *pool {
	return &pool{seats: make(chan struct{}, workers), work: newCount(workers + length)}
}

// do does a job when it is its turn, or returns errFull at once.
func (p *pool) do(job func()) error {
	if !p.work.begin() {
		return errFull
	}
	defer p.work.end()
	p.seats <- struct{}{}
	defer func() { <-p.seats }()
	job()
	return nil
}

// length is how many jobs wait.
func (p *pool) length() int { return max(0, p.work.now()-cap(p.seats)) }

// drain waits until all that was taken is done, or ctx is.
func (p *pool) drain(ctx context.Context) error { return p.work.drain(ctx) }

// close takes nothing more and waits until all that was taken is done.
func (p *pool) close() {
	p.work.close()
	_ = p.drain(context.Background()) // which is never done
}

// A count is of what is under way. Unlike with a sync.WaitGroup, more may
// begin while somebody waits.
type count struct {
	mu   sync.Mutex
	n    int
	most int
	none chan struct{} // closed while n is 0
}

func newCount(most int) *count {
	c := &count{most: most, none: make(chan struct{})}
	close(c.none)
	return c
}

// begin counts one more, unless there are so many already.
func (c *count) begin() bool {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.n >= c.most {
		return false
	}
	if c.n == 0 {
		c.none = make(chan struct{})
	}
	c.n++
	return true
}

func (c *count) end() {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.n--; c.n == 0 {
		close(c.none)
	}
}

func (c *count) now() int {
	c.mu.Lock()
	defer c.mu.Unlock()
	return c.n
}

// close lets nothing more begin.
func (c *count) close() {
	c.mu.Lock()
	defer c.mu.Unlock()
	c.most = 0
}

// drain waits until nothing is under way, or ctx is done.
func (c *count) drain(ctx context.Context) error {
	c.mu.Lock()
	none := c.none
	c.mu.Unlock()
	select {
	case <-none:
		return nil
	case <-ctx.Done():
		return ctx.Err()
	}
}
