package discord

import (
	"context"
	"errors"
	"sync"
)

// errFull says that no more work can be taken.
var errFull = errors.New("the queue is full")

// A pool does work with so many workers, from a queue that is so long. It
// never takes more than fits.
type pool struct {
	queue chan func()
	work  *count         // what was taken and is not done
	exit  sync.WaitGroup // the workers

	mu     sync.RWMutex
	closed bool
}

func newPool(workers, length int) *pool {
	p := &pool{queue: make(chan func(), length), work: newCount()}
	for range workers {
		p.exit.Go(func() {
			for job := range p.queue {
				job()
				p.work.add(-1)
			}
		})
	}
	return p
}

// submit hands a job over, or returns errFull. The job must not panic.
func (p *pool) submit(job func()) error {
	p.mu.RLock()
	defer p.mu.RUnlock()
	if p.closed {
		return errFull
	}
	p.work.add(1)
	select {
	case p.queue <- job:
		return nil
	default:
		p.work.add(-1)
		return errFull
	}
}

// length is how many jobs wait.
func (p *pool) length() int { return len(p.queue) }

// drain waits until all that was taken is done, or ctx is.
func (p *pool) drain(ctx context.Context) error { return p.work.drain(ctx) }

// close takes nothing more and ends the workers when the queue is empty.
func (p *pool) close() {
	p.mu.Lock()
	if !p.closed {
		p.closed = true
		close(p.queue)
	}
	p.mu.Unlock()
	p.exit.Wait()
}

// A count is of what is under way. Unlike with a sync.WaitGroup, more may
// begin while somebody waits.
type count struct {
	mu   sync.Mutex
	n    int
	none chan struct{} // closed while n is 0
}

func newCount() *count {
	c := &count{none: make(chan struct{})}
	close(c.none)
	return c
}

func (c *count) add(n int) {
	c.mu.Lock()
	defer c.mu.Unlock()
	if c.n == 0 {
		c.none = make(chan struct{})
	}
	if c.n += n; c.n == 0 {
		close(c.none)
	}
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
