package discord

import (
	"bytes"
	"cmp"
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"time"
)

// A policy says how hard to try.
type policy struct {
	total time.Duration // for all tries
	each  time.Duration // for one try
	tries int
	safe  bool // a repeated call does no harm, so that failures without a clear outcome are retried
	limit bool // retry after a 429
	once  bool // Discord takes the call once, and refuses it when repeated
	early bool // the call may overtake the one that makes it possible
}

var (
	// Two tries fit into the time of a callback, so that one lost on the way
	// does not cost the answer.
	callbackPolicy = policy{total: CallbackTimeout, each: 1200 * time.Millisecond, tries: 3, safe: true, limit: true, once: true}
	editPolicy     = policy{total: 2 * time.Minute, each: 10 * time.Second, tries: 8, safe: true, limit: true, early: true}
	followupPolicy = policy{total: time.Minute, each: 10 * time.Second, tries: 4, limit: true}
	botPolicy      = policy{total: 30 * time.Second, each: 10 * time.Second, tries: 4, safe: true, limit: true}
	lookPolicy     = policy{total: 10 * time.Second, each: 5 * time.Second, tries: 6, safe: true, limit: true, early: true}
)

// uploadTime is how long one try with files may take: 10 MiB at 1.5 Mbit/s.
const uploadTime = time.Minute

// Backoff between tries: half to all of a pause that doubles.
const (
	firstBackoff = 100 * time.Millisecond
	maxBackoff   = 20 * time.Second
)

// Limits on what is read of an answer, in bytes. The largest is the list of
// 130 commands with 32 localizations.
const (
	maxAnswer = 8 << 20
	maxRefuse = 64 << 10
)

// A restCall is one REST call. Its path and body are secrets.
type restCall struct {
	method string
	route  string // what errors and metrics call it
	path   string
	query  string
	body   any    // as JSON, or an upload
	loose  bool   // has done what it should even if the answer cannot be read
	bot    bool   // authorized by the bot token
	secret string // an interaction's token in the path
	policy policy
}

// fail returns the call's error with a cause.
func (r restCall) fail(err error) *Error {
	return &Error{Method: r.method, Route: r.route, Err: err, bot: r.bot}
}

// do makes the call, repeating it as its policy allows, and decodes the answer
// into into unless that is nil. It never outlasts ctx.
func (c *Client) do(ctx context.Context, r restCall, into any) error {
	body, err := written(r.body)
	if err != nil {
		return r.fail(err)
	}
	if body.files {
		r.policy.each = uploadTime
		r.policy.total = max(r.policy.total, 2*uploadTime)
	}
	ctx, cancel := context.WithTimeout(ctx, r.policy.total)
	defer cancel()
	for try := 1; ; try++ {
		fault := c.try(ctx, r, body, into)
		if fault == nil || try > 1 && r.arrivedBefore(fault) {
			return nil
		}
		if try == r.policy.tries || !r.policy.retries(fault, try) {
			return fault
		}
		if err := pause(ctx, try, fault); err != nil {
			fault.Err = err
			return fault
		}
	}
}

// arrivedBefore reports whether a repeated callback was refused because an
// earlier try, whose answer was lost, had arrived.
func (r restCall) arrivedBefore(fault *Error) bool {
	return r.policy.once && fault.Code == codeAcknowledged
}

// earlyTries is how often a call that may be early is tried: for as long as a
// callback takes at most.
const earlyTries = 6

// retries reports whether another try may help and does no harm.
func (p policy) retries(fault *Error, try int) bool {
	switch {
	case errors.Is(fault, ErrBlocked):
		return false
	case fault.Status == http.StatusTooManyRequests:
		return p.limit
	case fault.Code == codeUnknownWebhook:
		return p.early && try < earlyTries
	case fault.Status == 0 && errors.Is(fault, errNotSent):
		return true
	default:
		return p.safe && (fault.Status == 0 || fault.Status >= http.StatusInternalServerError)
	}
}

// pause waits before the next try. When ctx would end first it returns at
// once.
func pause(ctx context.Context, try int, fault *Error) error {
	wait := max(backoff(try), fault.RetryAfter)
	if end, ok := ctx.Deadline(); ok && time.Until(end) < wait {
		return cmp.Or(ctx.Err(), fault.Err, context.DeadlineExceeded)
	}
	return sleep(ctx, wait)
}

func backoff(try int) time.Duration {
	most := min(firstBackoff<<(try-1), maxBackoff)
	return most/2 + rand.N(most/2)
}

// try makes the call once.
func (c *Client) try(ctx context.Context, r restCall, body encoded, into any) *Error {
	ctx, cancel := context.WithTimeout(ctx, r.policy.each)
	defer cancel()
	start := time.Now()
	resp, err := c.send(ctx, r, body)
	if err != nil {
		c.call(r.method, r.route, 0, time.Since(start))
		return c.unanswered(r, err)
	}
	defer resp.Body.Close()
	defer func() { c.call(r.method, r.route, resp.StatusCode, time.Since(start)) }()
	if resp.StatusCode < 200 || resp.StatusCode > 299 {
		return r.refused(resp)
	}
	return c.accepted(r, resp, into)
}

func (c *Client) send(ctx context.Context, r restCall, body encoded) (*http.Response, error) {
	u := c.base.String() + apiPath + r.path
	if r.query != "" {
		u += "?" + r.query
	}
	req, err := http.NewRequestWithContext(ctx, r.method, u, bytes.NewReader(body.data))
	if err != nil {
		return nil, err
	}
	req.Header.Set("User-Agent", c.agent)
	if body.kind != "" {
		req.Header.Set("Content-Type", body.kind)
	}
	if !r.bot {
		return c.open.Do(req)
	}
	req.Header.Set("Authorization", "Bot "+c.token)
	return c.bot.Do(req)
}

// errNotSent marks a failure to connect: Discord has seen nothing.
var errNotSent = errors.New("no connection")

// unanswered is the error of a call that got no answer.
func (c *Client) unanswered(r restCall, err error) *Error {
	fault := r.fail(withoutSecrets(err, c.token, r.secret))
	if held, ok := errors.AsType[*heldError](err); ok {
		fault.Status, fault.RetryAfter = http.StatusTooManyRequests, held.wait
	}
	if op, ok := errors.AsType[*net.OpError](err); ok && op.Op == "dial" {
		fault.Err = fmt.Errorf("%w: %w", errNotSent, fault.Err)
	}
	return fault
}

// refused is the error of a call that Discord, or something before it,
// refused.
func (r restCall) refused(resp *http.Response) *Error {
	fault := r.fail(nil)
	fault.Status = resp.StatusCode
	if isBlock(resp) {
		fault.Err = ErrBlocked
	}
	if resp.StatusCode == http.StatusTooManyRequests {
		fault.RetryAfter = retryAfter(resp.Header, limitPause)
	}
	var answer struct {
		Code   int             `json:"code"`
		Errors json.RawMessage `json:"errors"`
	}
	data, _ := io.ReadAll(io.LimitReader(resp.Body, maxRefuse))
	if json.Unmarshal(data, &answer) == nil {
		fault.Code, fault.Message = answer.Code, explain(answer.Code, answer.Errors)
	}
	return fault
}

// errAnswer says that an answer was no JSON or of another shape.
var errAnswer = errors.New("the answer cannot be read")

// accepted decodes the answer, or reads it to its end so that the connection
// can be used again.
func (c *Client) accepted(r restCall, resp *http.Response, into any) *Error {
	data, err := io.ReadAll(io.LimitReader(resp.Body, maxAnswer))
	if into == nil {
		return nil // what happened happened, whatever was lost of the answer
	}
	if err != nil && !r.loose {
		return r.fail(withoutSecrets(err, c.token, r.secret))
	}
	if json.Unmarshal(data, into) != nil && !r.loose {
		return r.fail(errAnswer)
	}
	return nil
}

// errBody says that a body cannot be written as JSON. The reason could hold
// members' words.
var errBody = errors.New("the body cannot be encoded")

func encode(body any) (json.RawMessage, error) {
	if body == nil {
		return nil, nil
	}
	data, err := json.Marshal(body)
	if err != nil {
		return nil, errBody
	}
	return data, nil
}
