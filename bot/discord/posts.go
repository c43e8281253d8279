package discord

import (
	"context"
	"log/slog"
	"sync"
	"time"

	"summitbot/commands"
	"summitbot/facts"
)

// Bounds on recording which messages show which facts.
const (
	mostPosts  = 2048                  // messages that wait, of about 300 bytes
	mostHeld   = 4096                  // facts that wait for the store
	batchSize  = 128                   // facts that are kept at once
	flushEvery = time.Second           // how long facts wait for more
	storeTime  = 5 * time.Second       // for the store, and between tries when it fails
	lookAfter  = time.Second           // when a message is looked up whose answer went over HTTP: it must be there
	lookEvery  = 50 * time.Millisecond // a look-up costs as much as several answers
	tellEvery  = time.Minute           // a fault of the store is logged once
)

// A shownMessage is a message that asserts facts to everybody who reads it.
type shownMessage struct {
	shown                   []commands.Posting // without where
	guild, channel, message string
	token                   string // of the interaction, when the message is not known
	at                      time.Time
}

// shownBy are the facts that a reply asserts to everybody; nil when that is
// not recorded or it asserts none.
func (b *Bot) shownBy(r commands.Reply) []commands.Posting {
	if b.posts == nil || r.Private || r.Outcome != facts.Answer {
		return nil
	}
	var list []commands.Posting
	for _, ref := range r.Decision.Facts {
		if ref.Fact != nil {
			list = append(list, commands.Posting{Fact: ref.ID(), Revision: ref.Fact.Revision(), Lang: r.Lang})
		}
	}
	return list
}

// posted records the facts that a response shows. The message may be unknown.
func (b *Bot) posted(in *Interaction, r Response, message string) {
	b.record(shownMessage{shown: r.shown, guild: in.GuildID, channel: in.ChannelID, message: message, token: in.Token})
}

// postedOverHTTP records the facts that a response over HTTP shows: only a
// message that it changed is known.
func (b *Bot) postedOverHTTP(in *Interaction, r Response) {
	message := ""
	if r.Type == respondUpdate {
		message = in.Message.ID
	}
	b.posted(in, r, message)
}

// record queues a message. It never waits: what there is no room for is
// dropped.
func (b *Bot) record(m shownMessage) {
	if len(m.shown) == 0 || b.posts == nil {
		return
	}
	m.at = b.config.Now()
	select {
	case b.posts.queue <- m:
	default:
		b.posts.drop("full", len(m.shown))
	}
}

// A poster records, one after the other and in the background, which messages
// show which facts.
type poster struct {
	keep    func(ctx context.Context, list []commands.Posting) error
	look    func(ctx context.Context, token string) (messageID string, err error)
	dropped func(why string, n int)
	log     *slog.Logger
	queue   chan shownMessage
	held    []commands.Posting // known, and not kept yet
	failing bool               // the store could not keep the last batch
	told    time.Time          // when a fault was logged last
	ctx     context.Context
	cancel  context.CancelFunc
	once    sync.Once
	closing chan struct{}
	done    chan struct{}
}

// newPoster starts a poster. Close ends it.
func newPoster(c BotConfig, look func(context.Context, string) (string, error)) *poster {
	p := &poster{keep: c.Posted, look: look, dropped: c.Metrics.Unposted, log: c.Log, queue: make(chan shownMessage, mostPosts), closing: make(chan struct{}), done: make(chan struct{})}
	p.ctx, p.cancel = context.WithCancel(context.Background())
	go p.run()
	return p
}

// close keeps what was queued until ctx is done.
func (p *poster) close(ctx context.Context) error {
	if p == nil {
		return nil
	}
	p.once.Do(func() { close(p.closing) })
	defer context.AfterFunc(ctx, p.cancel)()
	<-p.done // soon after ctx is done
	p.cancel()
	return ctx.Err()
}

func (p *poster) drop(why string, n int) {
	if n > 0 && p.dropped != nil {
		p.dropped(why, n)
	}
}

// run records until the poster is closed.
func (p *poster) run() {
	defer close(p.done)
	var due <-chan time.Time
	for {
		select {
		case m := <-p.queue:
			p.take(m)
			switch n := len(p.held); {
			case n >= batchSize && !p.failing:
				due = p.flush()
			case n > 0 && due == nil:
				due = time.After(flushEvery)
			}
		case <-due:
			due = p.flush()
		case <-p.closing:
			p.finish()
			return
		}
	}
}

// finish records what was queued before the poster was closed.
func (p *poster) finish() {
	for len(p.queue) > 0 {
		p.take(<-p.queue)
	}
	p.flush()
	p.drop("closed", len(p.held))
}

// take finds out which message it is, if need be.
func (p *poster) take(m shownMessage) {
	if m.message == "" {
		p.wait(max(time.Until(m.at.Add(lookAfter)), lookEvery))
		id, err := p.look(p.ctx, m.token)
		if err != nil || id == "" {
			p.drop("lookup", len(m.shown))
			return
		}
		m.message = id
	}
	for _, posting := range m.shown {
		posting.Guild, posting.Channel, posting.Message, posting.At = m.guild, m.channel, m.message, m.at
		p.held = append(p.held, posting)
	}
	if over := len(p.held) - mostHeld; over > 0 {
		p.drop("store", over)
		p.held = p.held[over:]
	}
}

// wait waits, unless the poster is being closed.
func (p *poster) wait(d time.Duration) {
	timer := time.NewTimer(min(d, lookAfter))
	defer timer.Stop()
	select {
	case <-timer.C:
	case <-p.closing:
	}
}

// flush has the store keep what is known, and returns when to try again if it
// could not.
func (p *poster) flush() (again <-chan time.Time) {
	for len(p.held) > 0 {
		n := min(len(p.held), batchSize)
		if err := p.keepOne(p.held[:n:n]); err != nil {
			p.tell(err)
			p.failing = true
			return time.After(storeTime)
		}
		p.held = p.held[n:]
	}
	p.held, p.failing = nil, false
	return nil
}

// keepOne has the store keep one batch.
func (p *poster) keepOne(batch []commands.Posting) error {
	ctx, cancel := context.WithTimeout(p.ctx, storeTime)
	defer cancel()
	return p.keep(ctx, batch)
}

// tell logs a fault of the store, unless it has done so a moment ago.
func (p *poster) tell(err error) {
	if now := time.Now(); now.Sub(p.told) >= tellEvery {
		p.told = now
		p.log.Error("which messages show which facts was not kept", "error", err.Error())
	}
}
