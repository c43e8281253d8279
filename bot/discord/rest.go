// Package discord carries the bot's answers to Discord and what members ask
// from there: its REST calls, the gateway and the endpoint for interactions.
//
// Errors and logs of this package never hold a token or members' words.
package discord

import (
	"cmp"
	"context"
	"encoding/json"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"strings"
	"time"
)

const (
	// DefaultBaseURL is where Discord serves its API.
	DefaultBaseURL = "https://discord.com"

	// CallbackTimeout bounds Callback: Discord waits 3 s for the first answer.
	// https://discord.com/developers/docs/interactions/receiving-and-responding#followup-messages
	CallbackTimeout = 2500 * time.Millisecond

	// TokenLifetime is how long after an interaction arrived its token should
	// be used: a minute less than Discord grants.
	TokenLifetime = 14 * time.Minute

	apiPath = "/api/v10"
)

// A ClientConfig says how to reach Discord. Only Token and ApplicationID are
// needed.
type ClientConfig struct {
	BaseURL       string            // scheme and host; empty: DefaultBaseURL
	Token         string            // of the bot, with or without "Bot " before it
	ApplicationID string            // for followups and commands
	Version       string            // of the program, for User-Agent
	HTTP          http.RoundTripper // nil: a transport of the client's own
	Metrics       ClientMetrics
	Log           *slog.Logger     // nil: nothing is logged
	Now           func() time.Time // nil: time.Now
}

// ClientMetrics are told what happens. Each may be nil, and must return at
// once. None is given an id.
type ClientMetrics struct {
	Call    func(method, route string, status int, took time.Duration) // every try; status 0: no answer
	Limited func(scope string)                                         // a 429 for the bot: user, shared or global
	Blocked func(until time.Time)                                      // see ErrBlocked
}

// A Client makes the bot's REST calls. Its methods return *Error, and may be
// called from many goroutines. It keeps nothing per interaction.
type Client struct {
	base  *url.URL
	token string // without "Bot "
	app   string
	agent string
	open  *http.Client // for calls that an interaction's token authorizes
	bot   *http.Client // for calls with the bot token
	own   *http.Transport
	call  func(method, route string, status int, took time.Duration)
}

// NewClient returns a client. A base address that cannot be parsed makes
// every call fail.
func NewClient(c ClientConfig) *Client {
	base, err := url.Parse(strings.TrimSuffix(cmp.Or(c.BaseURL, DefaultBaseURL), "/"))
	if err != nil {
		base = &url.URL{Scheme: "invalid"}
	}
	client := &Client{
		base:  base,
		token: strings.TrimPrefix(strings.TrimSpace(c.Token), "Bot "),
		app:   c.ApplicationID,
		agent: userAgent(c),
		call:  c.Metrics.Call,
	}
	next := c.HTTP
	if next == nil {
		client.own = newTransport()
		next = client.own
	}
	client.wire(next, c)
	return client
}

// userAgent has the form that Discord asks for.
// https://discord.com/developers/docs/reference#user-agent
func userAgent(c ClientConfig) string {
	page := DefaultBaseURL + "/developers/applications/" + c.ApplicationID
	return fmt.Sprintf("DiscordBot (%s, %s) summitbot", page, cmp.Or(c.Version, "dev"))
}

// maxIdleConns keeps connections for a burst of answers: with HTTP/1.1, as
// through a proxy, the default of two would open one per call.
const maxIdleConns = 64

func newTransport() *http.Transport {
	t := http.DefaultTransport.(*http.Transport).Clone()
	t.MaxIdleConns, t.MaxIdleConnsPerHost = maxIdleConns, maxIdleConns
	// All calls may share one connection: find out soon when it is dead.
	t.HTTP2 = &http.HTTP2Config{SendPingTimeout: 10 * time.Second, PingTimeout: 2 * time.Second}
	return t
}

// wire puts the breaker before all calls and the gate before the bot's.
func (c *Client) wire(next http.RoundTripper, conf ClientConfig) {
	now, log := conf.Now, conf.Log
	if now == nil {
		now = time.Now
	}
	if log == nil {
		log = slog.New(slog.DiscardHandler)
	}
	if c.call == nil {
		c.call = func(string, string, int, time.Duration) {}
	}
	limited, blocked := conf.Metrics.Limited, conf.Metrics.Blocked
	if limited == nil {
		limited = func(string) {}
	}
	if blocked == nil {
		blocked = func(time.Time) {}
	}
	b := &breaker{next: next, now: now, log: log, blocked: blocked, limit: maxInvalid}
	g := &gate{next: b, base: c.base, now: now, log: log, limited: limited, routes: map[string]time.Time{}}
	c.open = &http.Client{Transport: b, CheckRedirect: noRedirect}
	c.bot = &http.Client{Transport: g, CheckRedirect: noRedirect}
}

// noRedirect keeps tokens from following a redirect.
func noRedirect(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }

// Transport returns what a discordgo session must use as its client's
// transport: it sends every request to the client's address, and holds it back
// as Discord's limits demand.
func (c *Client) Transport() http.RoundTripper { return c.bot.Transport }

// Close closes idle connections. Calls may still be made.
func (c *Client) Close() {
	if c.own != nil {
		c.own.CloseIdleConnections()
	}
}

// Callback gives the first answer to an interaction, within CallbackTimeout.
// When Discord refuses it other than by a limit, it is not tried again.
func (c *Client) Callback(ctx context.Context, interactionID, token string, body any) error {
	return c.do(ctx, restCall{
		method: http.MethodPost, route: "/interactions/{interaction}/{token}/callback",
		path: pathOf("interactions", interactionID, token, "callback"), body: body,
		secret: token, policy: callbackPolicy,
	}, nil)
}

// CallbackMessage is Callback for a response that makes a message, whose id it
// returns; empty when Discord did not tell.
func (c *Client) CallbackMessage(ctx context.Context, interactionID, token string, body any) (messageID string, err error) {
	var made struct {
		Interaction struct {
			ID string `json:"response_message_id"`
		} `json:"interaction"`
	}
	err = c.do(ctx, restCall{
		method: http.MethodPost, route: "/interactions/{interaction}/{token}/callback",
		path: pathOf("interactions", interactionID, token, "callback"), query: "with_response=true", body: body,
		secret: token, policy: callbackPolicy, loose: true,
	}, &made)
	return made.Interaction.ID, err
}

// Original returns the id of the message that is the first answer to an
// interaction, and waits a little for it if Discord does not have it yet.
func (c *Client) Original(ctx context.Context, token string) (messageID string, err error) {
	var message struct{ ID string }
	err = c.do(ctx, restCall{
		method: http.MethodGet, route: "/webhooks/{application}/{token}/messages/@original",
		path: pathOf("webhooks", c.app, token, "messages", "@original"), secret: token, policy: lookPolicy,
	}, &message)
	return message.ID, err
}

// EditOriginal changes the first answer to an interaction, and waits a little
// for it if Discord does not have it yet. It tries for as long as ctx lasts, at
// most two minutes; ctx should end TokenLifetime after the interaction arrived.
func (c *Client) EditOriginal(ctx context.Context, token string, body any) error {
	_, err := c.editOriginal(ctx, token, body)
	return err
}

// editOriginal is EditOriginal, and returns the id of the message if Discord
// tells it.
func (c *Client) editOriginal(ctx context.Context, token string, body any) (messageID string, err error) {
	var message struct{ ID string }
	err = c.do(ctx, restCall{
		method: http.MethodPatch, route: "/webhooks/{application}/{token}/messages/@original",
		path: pathOf("webhooks", c.app, token, "messages", "@original"), body: body,
		secret: token, policy: editPolicy, loose: true,
	}, &message)
	return message.ID, err
}

// Followup sends another answer to an interaction. As Discord cannot tell a
// repeated one, only what surely did not arrive is tried again.
func (c *Client) Followup(ctx context.Context, token string, body any) error {
	return c.do(ctx, restCall{
		method: http.MethodPost, route: "/webhooks/{application}/{token}",
		path: pathOf("webhooks", c.app, token), body: body,
		secret: token, policy: followupPolicy,
	}, nil)
}

// Send posts a message to a channel and returns its id. When body has a nonce
// and enforce_nonce, it is tried again with the same after a failure on
// Discord's side or the network's; otherwise like Followup.
func (c *Client) Send(ctx context.Context, channelID string, body any) (messageID string, err error) {
	r := restCall{
		method: http.MethodPost, route: "/channels/{channel}/messages",
		path: pathOf("channels", channelID, "messages"), body: body, bot: true, policy: followupPolicy,
	}
	plain := body
	if up, ok := body.(upload); ok {
		plain = up.body
	}
	data, err := encode(plain)
	if err != nil {
		return "", r.fail(err)
	}
	if hasNonce(data) {
		r.policy = botPolicy
	}
	var message struct{ ID string }
	err = c.do(ctx, r, &message)
	return message.ID, err
}

func hasNonce(body []byte) bool {
	var message struct {
		Nonce   any  `json:"nonce"`
		Enforce bool `json:"enforce_nonce"`
	}
	return json.Unmarshal(body, &message) == nil && message.Nonce != nil && message.Enforce
}

// DirectChannel returns the channel for direct messages with a user.
func (c *Client) DirectChannel(ctx context.Context, userID string) (channelID string, err error) {
	var channel struct{ ID string }
	err = c.do(ctx, restCall{
		method: http.MethodPost, route: "/users/@me/channels", path: pathOf("users", "@me", "channels"),
		body: map[string]string{"recipient_id": userID}, bot: true, policy: botPolicy,
	}, &channel)
	return channel.ID, err
}

// Commands returns the registered commands of a guild, or the global ones if
// guildID is empty, with all their localizations.
func (c *Client) Commands(ctx context.Context, guildID string) ([]json.RawMessage, error) {
	r := c.commands(http.MethodGet, guildID)
	r.query = "with_localizations=true"
	var commands []json.RawMessage
	err := c.do(ctx, r, &commands)
	return commands, err
}

// OverwriteCommands replaces all commands of a guild, or the global ones if
// guildID is empty, and returns them as Discord keeps them.
func (c *Client) OverwriteCommands(ctx context.Context, guildID string, body any) ([]json.RawMessage, error) {
	r := c.commands(http.MethodPut, guildID)
	r.body = body
	var commands []json.RawMessage
	err := c.do(ctx, r, &commands)
	return commands, err
}

func (c *Client) commands(method, guildID string) restCall {
	r := restCall{method: method, bot: true, policy: botPolicy}
	if guildID == "" {
		r.route, r.path = "/applications/{application}/commands", pathOf("applications", c.app, "commands")
		return r
	}
	r.route = "/applications/{application}/guilds/{guild}/commands"
	r.path = pathOf("applications", c.app, "guilds", guildID, "commands")
	return r
}

// A User is the bot's own account.
type User struct {
	ID       string `json:"id"`
	Username string `json:"username"`
}

// Me returns the account that the bot token belongs to.
func (c *Client) Me(ctx context.Context) (User, error) {
	var user User
	err := c.do(ctx, botGet("users", "@me"), &user)
	return user, err
}

// A Guild is a server that the bot is in, with what it may do there.
type Guild struct {
	ID          string `json:"id"`
	Name        string `json:"name"`
	Permissions uint64 `json:"permissions,string"`
}

// Guilds returns the first two hundred servers that the bot is in.
func (c *Client) Guilds(ctx context.Context) ([]Guild, error) {
	var guilds []Guild
	err := c.do(ctx, botGet("users", "@me", "guilds"), &guilds)
	return guilds, err
}

// An Application is the bot as its developer portal shows it.
type Application struct {
	ID                      string `json:"id"`
	Name                    string `json:"name"`
	Flags                   int64  `json:"flags"`
	VerifyKey               string `json:"verify_key"`                // Ed25519, in hexadecimal
	InteractionsEndpointURL string `json:"interactions_endpoint_url"` // empty: over the gateway
}

// Application returns the application that the bot token belongs to.
func (c *Client) Application(ctx context.Context) (Application, error) {
	var app Application
	err := c.do(ctx, botGet("applications", "@me"), &app)
	return app, err
}

// GatewayInfo says where the gateway is and how often to identify.
type GatewayInfo struct {
	URL    string            `json:"url"`
	Shards int               `json:"shards"` // that Discord recommends
	Limit  SessionStartLimit `json:"session_start_limit"`
}

// A SessionStartLimit bounds how many sessions may be started.
type SessionStartLimit struct {
	Total          int   `json:"total"`
	Remaining      int   `json:"remaining"`
	ResetAfter     int64 `json:"reset_after"`     // ms
	MaxConcurrency int   `json:"max_concurrency"` // every 5 s
}

// GatewayBot returns where to connect to.
func (c *Client) GatewayBot(ctx context.Context) (GatewayInfo, error) {
	var info GatewayInfo
	err := c.do(ctx, botGet("gateway", "bot"), &info)
	return info, err
}

// botGet is a call whose path holds no id.
func botGet(segments ...string) restCall {
	path := pathOf(segments...)
	return restCall{method: http.MethodGet, route: path, path: path, bot: true, policy: botPolicy}
}

// pathOf makes a path, each segment escaped.
func pathOf(segments ...string) string {
	var b strings.Builder
	for _, s := range segments {
		b.WriteString("/" + url.PathEscape(s))
	}
	return b.String()
}
