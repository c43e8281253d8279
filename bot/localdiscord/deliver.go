package localdiscord

import (
	"bytes"
	"context"
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strconv"
	"time"
)

// maxResponse bounds what is read of the answer to a delivery, in bytes.
const maxResponse = 1 << 20

// DeliverOptions says how a delivery differs from a good one.
type DeliverOptions struct {
	BadSignature bool
	NoSignature  bool
	Timestamp    time.Time // in the signature; default now
	ContentType  string    // default application/json
	Twice        bool      // deliver again after the answer; the second answer is returned
}

// SetEndpoint makes interactions go to a URL over HTTP instead of the
// gateway. As Discord does, it first sends a PING, which must be answered
// with a pong, and one with a bad signature, which must be answered with 401.
// An empty URL goes back to the gateway.
func (s *Server) SetEndpoint(ctx context.Context, url string) error {
	if url != "" {
		if err := s.probe(ctx, url); err != nil {
			return fmt.Errorf("localdiscord: the specified interactions endpoint url could not be verified: %w", err)
		}
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	s.endpoint = url
	return nil
}

// probe checks an endpoint as Discord does.
func (s *Server) probe(ctx context.Context, url string) error {
	if err := s.ping(ctx, url); err != nil {
		return err
	}
	status, _, err := s.deliver(ctx, url, s.pingBody(), DeliverOptions{BadSignature: true})
	if err == nil && status != http.StatusUnauthorized {
		err = fmt.Errorf("bad signature: status %d, want 401", status)
	}
	return err
}

// Ping sends a PING to the endpoint and expects a pong.
func (s *Server) Ping(ctx context.Context) error {
	return s.ping(ctx, s.endpointURL())
}

func (s *Server) ping(ctx context.Context, url string) error {
	status, body, err := s.deliver(ctx, url, s.pingBody(), DeliverOptions{})
	if err != nil {
		return err
	}
	answer, err := decode(body)
	if err != nil || status != http.StatusOK || number(answer, "type") != ResponsePong {
		return fmt.Errorf("ping: status %d and no pong", status)
	}
	return nil
}

// pingBody takes the lock.
func (s *Server) pingBody() []byte {
	s.mu.Lock()
	defer s.mu.Unlock()
	return encode(object{"application_id": s.opts.ApplicationID, "id": s.ids.next(), "token": "ping", "type": InteractionPing, "version": 1, "entitlements": []any{}, "user": userJSON(s.members[0].User)})
}

// endpointURL takes the lock.
func (s *Server) endpointURL() string {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.endpoint
}

// DeliverRaw sends a body to the endpoint as if it were an interaction, and
// returns the answer. If it looks like one, callbacks to its id and token are
// accepted; Interaction finds it.
func (s *Server) DeliverRaw(ctx context.Context, body []byte, o DeliverOptions) (status int, answer []byte, err error) {
	s.mu.Lock()
	s.adopt(body)
	s.mu.Unlock()
	return s.deliver(ctx, s.endpointURL(), body, o)
}

// Redeliver sends an interaction once more, the way the first time went. Over
// the gateway the status is 0.
func (s *Server) Redeliver(ctx context.Context, i *Interaction) (status int, answer []byte, err error) {
	if i.srv == nil {
		return 0, nil, i.err
	}
	if url := s.endpointURL(); url != "" {
		return s.deliver(ctx, url, i.payload, DeliverOptions{})
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	return 0, nil, s.dispatchInteraction(i)
}

// Interaction returns the interaction with an id, or nil.
func (s *Server) Interaction(id string) *Interaction {
	s.mu.Lock()
	defer s.mu.Unlock()
	return s.interactions[id]
}

// adopt remembers an interaction that somebody else made.
func (s *Server) adopt(body []byte) {
	v, err := decode(body)
	id, token := str(v, "id"), str(v, "token")
	if err != nil || id == "" || token == "" || s.interactions[id] != nil || number(v, "type") == InteractionPing {
		return
	}
	i := &Interaction{ID: id, Token: token, Type: number(v, "type"), srv: s, data: obj(v, "data"), payload: body, received: s.opts.Now(), owners: object{}}
	i.channel, _ = s.channelByID(str(v, "channel_id"))
	i.source = s.messageByID(str(obj(v, "message"), "id"))
	i.member = s.memberByID(str(obj(obj(v, "member"), "user"), "id"))
	if i.member == nil {
		i.member = s.memberByID(str(obj(v, "user"), "id"))
	}
	s.remember(i)
}

// send delivers an interaction: over HTTP if there is an endpoint, otherwise
// over the gateway.
func (s *Server) send(ctx context.Context, i *Interaction) {
	i.payload = encode(i.json())
	if s.endpoint == "" {
		i.err = s.dispatchInteraction(i)
		i.delivered = true
		return
	}
	if s.ctx.Err() != nil {
		i.err = ErrClosed
		return
	}
	url := s.endpoint
	s.work.Go(func() { s.sendHTTP(context.WithoutCancel(ctx), url, i) })
}

// sendHTTP delivers an interaction and takes the answer. It takes the lock.
func (s *Server) sendHTTP(ctx context.Context, url string, i *Interaction) {
	ctx, cancel := context.WithTimeout(ctx, s.opts.CallbackWindow)
	defer cancel()
	status, body, err := s.deliver(ctx, url, i.payload, DeliverOptions{})
	s.mu.Lock()
	defer s.mu.Unlock()
	i.status, i.delivered = status, true
	if err == nil {
		err = s.accept(i, status, body)
	}
	if err != nil && i.first == nil {
		i.err = fmt.Errorf("%w: %w", ErrNoResponse, err)
	}
	s.notify()
}

// accept takes the answer to a delivery: a response, or nothing when it comes
// through the callback endpoint.
func (s *Server) accept(i *Interaction, status int, body []byte) error {
	switch {
	case (status == http.StatusAccepted || status == http.StatusNoContent) && len(body) == 0:
		return nil
	case status != http.StatusOK:
		return fmt.Errorf("status %d", status)
	}
	v, err := decode(body)
	if err != nil {
		return errors.New("the answer is not JSON")
	}
	problems := i.problems(v, nil)
	if s.opts.Contract != nil {
		problems = append(problems, s.opts.Contract.request(http.MethodPost, callbackRoute, v)...)
	}
	if len(problems) > 0 {
		s.violate(http.MethodPost, callbackRoute, problems)
		return errors.New("the answer breaks the rules")
	}
	if err := s.respond(i, v); err != nil {
		return errors.New(err.message)
	}
	return nil
}

// deliver signs and posts a body. It must be called without the lock.
func (s *Server) deliver(ctx context.Context, url string, body []byte, o DeliverOptions) (int, []byte, error) {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	defer context.AfterFunc(s.ctx, cancel)()
	if o.Twice {
		first := o
		first.Twice = false
		if _, _, err := s.deliver(ctx, url, body, first); err != nil {
			return 0, nil, err
		}
	}
	req, err := http.NewRequestWithContext(ctx, http.MethodPost, url, bytes.NewReader(body))
	if err != nil {
		return 0, nil, fmt.Errorf("localdiscord: endpoint: %w", err)
	}
	s.sign(req.Header, body, o)
	resp, err := s.client.Do(req)
	if err != nil {
		return 0, nil, fmt.Errorf("localdiscord: deliver: %w", err)
	}
	defer resp.Body.Close()
	answer, err := io.ReadAll(io.LimitReader(resp.Body, maxResponse))
	return resp.StatusCode, answer, err
}

// sign sets the headers of a delivery.
func (s *Server) sign(h http.Header, body []byte, o DeliverOptions) {
	h.Set("Content-Type", "application/json")
	if o.ContentType != "" {
		h.Set("Content-Type", o.ContentType)
	}
	h.Set("User-Agent", "Discord-Interactions/1.0 (+https://discord.com)")
	if o.NoSignature {
		return
	}
	at := o.Timestamp
	if at.IsZero() {
		at = s.opts.Now()
	}
	stamp := strconv.FormatInt(at.Unix(), 10)
	signature := ed25519.Sign(s.opts.PrivateKey, append([]byte(stamp), body...))
	if o.BadSignature {
		signature[0] ^= 0xff
	}
	h.Set("X-Signature-Timestamp", stamp)
	h.Set("X-Signature-Ed25519", hex.EncodeToString(signature))
}
