package main

import (
	"context"
	"encoding/json"
	"fmt"
	"net/http"
	"sync/atomic"
	"time"

	"github.com/bwmarrin/discordgo"

	"summitbot/bot/discord"
	"summitbot/bot/localdiscord"
)

// closing bounds how long things take to close.
func closing() context.Context {
	ctx, cancel := context.WithTimeout(context.Background(), 5*time.Second)
	context.AfterFunc(ctx, cancel)
	return ctx
}

// flood is how many events make one turn.
const flood = 20_000

// gatewayEvents measures how fast messages that do not concern the bot are
// taken, turn by turn with a bare session of the library.
func gatewayEvents(span time.Duration) error {
	var rates [2][]float64
	for stop := time.Now().Add(2 * span); len(rates[1]) < 3 || time.Now().Before(stop); {
		for i, take := range []func(*localdiscord.Server, *atomic.Int64) (func(), error){bareSession, ourSession} {
			rate, err := takeEvents(take)
			if err != nil {
				return err
			}
			rates[i] = append(rates[i], rate)
		}
	}
	bare, ours := median(rates[0]), median(rates[1])
	fmt.Printf("bare session %8.0f/s  bot %8.0f/s  ratio %.2f  (medians of %d turns of %d events)\n", bare, ours, ours/bare, len(rates[1]), flood)
	return nil
}

// takeEvents floods a session and returns how many events a second it took.
func takeEvents(open func(*localdiscord.Server, *atomic.Int64) (func(), error)) (float64, error) {
	srv, err := localdiscord.New(localdiscord.Options{})
	if err != nil {
		return 0, err
	}
	defer srv.Close()
	var taken atomic.Int64
	stop, err := open(srv, &taken)
	if err != nil {
		return 0, err
	}
	defer stop()
	ctx, cancel := context.WithTimeout(context.Background(), time.Minute)
	defer cancel()
	if err := srv.WaitConnected(ctx); err != nil {
		return 0, err
	}
	before := taken.Load()
	begun := time.Now()
	if err := srv.Flood(flood, "MESSAGE_CREATE", unrelated(srv)); err != nil {
		return 0, err
	}
	for taken.Load()-before < flood {
		if ctx.Err() != nil {
			return 0, fmt.Errorf("%d of %d events arrived", taken.Load()-before, flood)
		}
		time.Sleep(time.Millisecond)
	}
	return flood / time.Since(begun).Seconds(), nil
}

// unrelated is a message between members, as Discord sends it.
func unrelated(srv *localdiscord.Server) map[string]any {
	author := map[string]any{"id": "900000000000000001", "username": "mina", "global_name": "Mina", "avatar": "0123456789abcdef0123456789abcdef", "discriminator": "0", "public_flags": 0}
	return map[string]any{
		"id": "1300000000000000001", "channel_id": srv.Channel("general").ID, "guild_id": srv.GuildID(), "type": 0, "content": "", "timestamp": "2026-01-01T00:00:00.000000+00:00", "edited_timestamp": nil, "tts": false, "mention_everyone": false,
		"author": author, "member": map[string]any{"roles": []string{"1210000000000000001"}, "joined_at": "2024-01-01T00:00:00.000000+00:00", "deaf": false, "mute": false, "flags": 0},
		"mentions": []any{}, "mention_roles": []any{}, "attachments": []any{}, "embeds": []any{}, "pinned": false, "flags": 0, "components": []any{}, "nonce": "1300000000000000002",
	}
}

// bareSession is discordgo with one handler for messages, set up as its own
// examples do but for the intents.
func bareSession(srv *localdiscord.Server, taken *atomic.Int64) (func(), error) {
	s, err := discordgo.New("Bot " + srv.Token())
	if err != nil {
		return nil, err
	}
	s.Client = &http.Client{Transport: discord.NewClient(discord.ClientConfig{BaseURL: srv.URL(), Token: srv.Token()}).Transport(), Timeout: 10 * time.Second}
	s.Identify.Intents = discord.Intents
	s.ShouldReconnectOnError = false
	s.AddHandler(func(*discordgo.Session, *discordgo.MessageCreate) { taken.Add(1) })
	if err := s.Open(); err != nil {
		return nil, err
	}
	return func() { _ = s.Close() }, nil
}

// ourSession is the bot's gateway with the bot behind it.
func ourSession(srv *localdiscord.Server, taken *atomic.Int64) (func(), error) {
	w, err := newWorkload()
	if err != nil {
		return nil, err
	}
	bot, _, err := w.bot()
	if err != nil {
		return nil, err
	}
	client := discord.NewClient(discord.ClientConfig{BaseURL: srv.URL(), Token: srv.Token(), ApplicationID: srv.ApplicationID()})
	ctx, cancel := context.WithCancel(context.Background())
	done := make(chan struct{})
	gateway := discord.NewGateway(discord.GatewayConfig{Client: client, Intents: discord.Intents, Handle: func(ctx context.Context, event string, data json.RawMessage) {
		bot.HandleEvent(ctx, event, data)
		if event == "MESSAGE_CREATE" {
			taken.Add(1)
		}
	}})
	go func() {
		defer close(done)
		_ = gateway.Run(ctx)
	}()
	return func() { cancel(); <-done; _ = bot.Close(closing()) }, nil
}
