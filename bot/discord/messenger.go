package discord

import (
	"context"
	"crypto/rand"
	"crypto/sha256"
	"encoding/hex"
	"errors"
	"fmt"

	"summitbot/commands"
)

// A Bot sends what nobody has asked for just now, too.
var _ commands.Messenger = (*Bot)(nil)

// ErrFiles says that files are more or larger than Discord takes.
var ErrFiles = errors.New("the files are more or larger than Discord takes")

// ToCurators writes to the channel for curators, or returns
// commands.ErrNoChannel.
func (b *Bot) ToCurators(ctx context.Context, r commands.Reply) error {
	if b.config.Curators == "" {
		return commands.ErrNoChannel
	}
	_, err := b.write(ctx, b.config.Curators, rand.Text(), r)
	return err
}

// ToMember writes to somebody directly. It returns commands.ErrClosed when
// they do not take that.
func (b *Bot) ToMember(ctx context.Context, user, nonce string, r commands.Reply) error {
	ctx, cancel := b.bounded(ctx)
	defer cancel()
	channel, err := b.client.DirectChannel(ctx, user)
	if err == nil {
		_, err = b.write(ctx, channel, nonce, r)
	}
	if e, ok := errors.AsType[*Error](err); ok && (e.Code == codeClosed || e.Code == codeNoServer) {
		return fmt.Errorf("%w: %w", commands.ErrClosed, err)
	}
	return err
}

// ToChannel writes to a channel, for all who read it, and records the facts
// that it shows there.
func (b *Bot) ToChannel(ctx context.Context, channel, nonce string, r commands.Reply) error {
	id, err := b.write(ctx, channel, nonce, r)
	if err == nil {
		b.record(shownMessage{shown: b.shownBy(r), channel: channel, message: id})
	}
	return err
}

// bounded is ctx for at most sendWithin, and no longer than the bot runs.
func (b *Bot) bounded(ctx context.Context) (context.Context, context.CancelFunc) {
	ctx, cancel := context.WithTimeout(ctx, sendWithin)
	stop := context.AfterFunc(b.lifetime, cancel)
	return ctx, func() { stop(); cancel() }
}

// An unasked message is one that replies to nothing.
type unasked struct {
	messageWithFiles
	Nonce        string `json:"nonce"`
	EnforceNonce bool   `json:"enforce_nonce"`
}

// write sends a message to a channel, and returns its id.
func (b *Bot) write(ctx context.Context, channel, nonce string, r commands.Reply) (messageID string, err error) {
	if !fit(r.Files) {
		return "", ErrFiles
	}
	ctx, cancel := b.bounded(ctx)
	defer cancel()
	m := unasked{messageWithFiles{b.message(r), attachmentsOf(r.Files)}, short(nonce), true}
	m.Flags = 0 // a channel's message is for all who read it
	return b.client.Send(ctx, channel, withFiles(m, r.Files))
}

// maxNonce is how long a nonce may be, in characters
// (https://docs.discord.com/developers/resources/message#create-message).
const maxNonce = 25

// short is a nonce as Discord takes it.
func short(nonce string) string {
	if len(nonce) <= maxNonce {
		return nonce
	}
	sum := sha256.Sum256([]byte(nonce))
	return hex.EncodeToString(sum[:])[:maxNonce]
}
