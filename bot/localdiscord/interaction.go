package localdiscord

import (
	"context"
	"encoding/json"
	"fmt"
	"time"
)

// Types of interactions.
const (
	InteractionPing         = 1
	InteractionCommand      = 2
	InteractionComponent    = 3
	InteractionAutocomplete = 4
	InteractionModal        = 5
)

// Types of responses to an interaction.
const (
	ResponsePong           = 1
	ResponseMessage        = 4
	ResponseDeferred       = 5 // a message that is loading
	ResponseDeferredUpdate = 6
	ResponseUpdate         = 7
	ResponseAutocomplete   = 8
	ResponseModal          = 9
)

// An Interaction is something that a member did to the bot. Its fields do not
// change; what comes of it, its methods tell.
type Interaction struct {
	ID    string
	Token string
	Type  int

	srv      *Server
	member   *Member // nil when it was delivered raw by somebody unknown
	channel  Channel
	data     object
	payload  []byte // as delivered
	received time.Time
	source   *message     // to which the pressed component belongs
	trigger  *Interaction // that was responded to with the submitted modal
	focused  object       // definition of the option that is being typed
	owners   object       // authorizing_integration_owners

	err       error
	status    int  // of the HTTP delivery
	delivered bool // the HTTP delivery has ended
	first     *Response
	original  *message
	before    int // edits of original when it was taken over by a deferred update
	followups []*message
}

// A Response is the first response to an interaction.
type Response struct {
	Type  int
	Data  map[string]any
	Raw   json.RawMessage // the whole body
	After time.Duration   // since the member acted
}

// A Choice is a suggestion of autocomplete.
type Choice struct {
	Name  string
	Value any // string or json.Number
}

// Choices are the suggestions of an autocomplete response.
func (r Response) Choices() []Choice {
	var choices []Choice
	for _, c := range list(r.Data, "choices") {
		choices = append(choices, Choice{str(c, "name"), field(c, "value")})
	}
	return choices
}

// failed is an interaction that never was one.
func failed(format string, args ...any) *Interaction {
	return &Interaction{err: fmt.Errorf("localdiscord: "+format, args...)}
}

// await waits until done or until nothing can come any more. It takes the lock.
func (i *Interaction) await(ctx context.Context, done func() (bool, error)) error {
	if i.srv == nil {
		return i.err
	}
	ctx, cancel := context.WithTimeout(ctx, i.srv.opts.TokenLife)
	defer cancel()
	timer := time.AfterFunc(i.srv.opts.CallbackWindow, func() {
		i.srv.mu.Lock()
		i.srv.notify()
		i.srv.mu.Unlock()
	})
	defer timer.Stop()
	var result error
	err := i.srv.wait(ctx, func() bool {
		var ok bool
		if ok, result = done(); ok || result != nil {
			return true
		}
		if i.first == nil && (i.err != nil || i.late()) {
			result = i.err
			if result == nil {
				result = ErrNoResponse
			}
			return true
		}
		return false
	})
	if err != nil {
		return err
	}
	return result
}

// late reports whether the time for the first response is over.
func (i *Interaction) late() bool {
	return i.srv.opts.Now().Sub(i.received) >= i.srv.opts.CallbackWindow
}

// expired reports whether the token is.
func (i *Interaction) expired() bool {
	return i.srv.opts.Now().Sub(i.received) >= i.srv.opts.TokenLife
}

// Err tells why the member could not do it, or why no response can come; nil
// so far as all is well.
func (i *Interaction) Err() error {
	if i.srv == nil {
		return i.err
	}
	i.srv.mu.Lock()
	defer i.srv.mu.Unlock()
	return i.err
}

// Payload is the interaction as it was delivered.
func (i *Interaction) Payload() json.RawMessage { return i.payload }

// Response waits for the first response. It returns ErrNoResponse when the
// time for it has passed, or what went wrong before.
func (i *Interaction) Response(ctx context.Context) (Response, error) {
	var r Response
	err := i.await(ctx, func() (bool, error) {
		if i.first == nil {
			return false, nil
		}
		r = *i.first
		return true, nil
	})
	return r, err
}

// Message waits for the message that the member sees in the end: not while it
// is loading, and after an edit when the response was a deferred update.
func (i *Interaction) Message(ctx context.Context) (Message, error) {
	var m Message
	err := i.await(ctx, func() (bool, error) {
		switch {
		case i.first == nil:
			return false, nil
		case i.original == nil:
			return false, fmt.Errorf("localdiscord: a response of type %d has no message", i.first.Type)
		case i.original.flags&FlagLoading != 0, i.original.edits == i.before && i.first.Type == ResponseDeferredUpdate:
			return false, nil
		}
		m = i.srv.view(i.original)
		return true, nil
	})
	return m, err
}

// Followups returns the followups so far.
func (i *Interaction) Followups() []Message {
	if i.srv == nil {
		return nil
	}
	i.srv.mu.Lock()
	defer i.srv.mu.Unlock()
	var all []Message
	for _, m := range i.followups {
		all = append(all, i.srv.view(m))
	}
	return all
}

// WaitFollowups waits until there are n followups.
func (i *Interaction) WaitFollowups(ctx context.Context, n int) ([]Message, error) {
	err := i.await(ctx, func() (bool, error) { return len(i.followups) >= n, nil })
	return i.Followups(), err
}

// Status waits for the status that the endpoint answered the delivery with.
// It is 0 over the gateway and when there was no answer.
func (i *Interaction) Status(ctx context.Context) (int, error) {
	if i.srv == nil {
		return 0, i.err
	}
	var status int
	err := i.srv.wait(ctx, func() bool {
		status = i.status
		return i.delivered
	})
	return status, err
}

// metadataJSON is how a message tells which interaction it came from.
func (i *Interaction) metadataJSON() object {
	o := object{"id": i.ID, "type": i.Type, "authorizing_integration_owners": i.owners}
	if i.member != nil {
		o["user"] = userJSON(i.member.User)
	}
	if i.source != nil && i.Type == InteractionComponent {
		o["interacted_message_id"] = i.source.id
	}
	switch {
	case i.trigger != nil:
		o["triggering_interaction_metadata"] = i.trigger.metadataJSON()
	case i.Type == InteractionModal: // a forged one, which nothing has opened
		o["triggering_interaction_metadata"] = object{"id": i.ID, "type": InteractionCommand, "user": o["user"], "authorizing_integration_owners": i.owners}
	}
	return o
}
