package main

import (
	"context"
	"errors"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"time"

	"github.com/spf13/cobra"

	"summitbot/bot/discord"
	"summitbot/bot/state"
)

// doctorFlags are the flags of doctor.
type doctorFlags struct {
	facts []string
	json  bool
}

func newDoctor(a *app) *cobra.Command {
	var flags doctorFlags
	cmd := &cobra.Command{
		Use:   "doctor",
		Short: "Say what is missing before it hurts",
		Long: `Look at everything that serve needs: the token, the ids, the public key, the
facts, the registered commands, the clock. Each finding says what to do. The
invite link is printed at the end.

The exit code is 1 when something must be mended.`,
		Example: `  summitbot doctor
  summitbot doctor --json
  DISCORD_TOKEN=… summitbot doctor --config bot.yaml`,
		Args:              cobra.NoArgs,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE:              func(cmd *cobra.Command, _ []string) error { return a.doctor(cmd.Context(), flags) },
	}
	f := cmd.Flags()
	f.StringArrayVar(&flags.facts, "facts", nil, "look at the facts in `PATH` instead of the embedded base (repeatable)")
	f.BoolVar(&flags.json, "json", false, "print the findings as one JSON object")
	must(cmd.RegisterFlagCompletionFunc("facts", completeFacts))
	return cmd
}

// A finding is one thing that was looked at.
type finding struct {
	State string `json:"state"` // ok, warn or fail
	What  string `json:"what"`
	Do    string `json:"do,omitempty"` // what to do about it
}

// An examination is all findings.
type examination struct {
	Findings []finding `json:"findings"`
	Invite   string    `json:"invite,omitempty"`
}

func (e *examination) ok(format string, args ...any) {
	e.Findings = append(e.Findings, finding{State: "ok", What: fmt.Sprintf(format, args...)})
}

func (e *examination) warn(do, format string, args ...any) {
	e.Findings = append(e.Findings, finding{"warn", fmt.Sprintf(format, args...), do})
}

func (e *examination) fail(do, format string, args ...any) {
	e.Findings = append(e.Findings, finding{"fail", fmt.Sprintf(format, args...), do})
}

// failed reports whether something must be mended.
func (e *examination) failed() bool {
	for _, f := range e.Findings {
		if f.State == "fail" {
			return true
		}
	}
	return false
}

// doctor carries out the command.
func (a *app) doctor(ctx context.Context, flags doctorFlags) error {
	var e examination
	settings, err := a.settings()
	if err != nil {
		return err
	}
	e.examineFacts(factsPaths(flags.facts, settings))
	e.examineState(state.Reach(ctx, settings.State))
	e.examineCurators(settings)
	if conn, err := a.connection(settings); err != nil {
		e.failWith(err)
	} else {
		e.examineDiscord(ctx, settings, conn)
	}
	if flags.json {
		err = newEncoder(a.out).Encode(e)
	} else {
		err = a.write(e.String())
	}
	if err == nil && e.failed() {
		return errSaid
	}
	return err
}

// failWith turns an error into a finding.
func (e *examination) failWith(err error) {
	hint := ""
	if f, ok := errors.AsType[*fault](err); ok {
		hint = f.hint
	}
	e.fail(hint, "%s", err)
}

func (e *examination) examineFacts(paths []string) {
	snapshot, err := openFacts(paths)
	if err != nil {
		e.failWith(err)
		return
	}
	for _, b := range snapshot.Bases() {
		e.ok("facts: %s, %d facts and %d gaps in %s", b.ID, len(b.Facts), len(b.Gaps), strings.Join(b.Languages, ", "))
	}
}

// examineState says whether what members tell can be kept. The address is not
// repeated: it may hold a password.
func (e *examination) examineState(err error) {
	if err != nil {
		e.fail("name another with `state` in the configuration", "database: %s", err)
		return
	}
	e.ok("database: it can be reached")
}

// examineCurators says who may change the facts from Discord.
func (e *examination) examineCurators(c config) {
	who := count(len(c.CuratorRoles), "role") + " and " + count(len(c.CuratorUsers), "user")
	switch {
	case len(c.CuratorRoles)+len(c.CuratorUsers) == 0:
		e.ok("curators: nobody; the facts are changed in their files alone")
	case len(c.Facts) == 0 && c.FactsFolder == "":
		e.warn("set facts_folder: the embedded base is copied there", "curators: %s, but there is no file that they could change", who)
	case c.CuratorsChannel == "":
		e.warn("set curators_channel", "curators: %s, but suggestions and faults are shown to nobody", who)
	default:
		e.ok("curators: %s", who)
	}
}

// examineDiscord looks at what Discord knows of the bot.
func (e *examination) examineDiscord(ctx context.Context, c config, conn connection) {
	if conn.token == "" {
		e.failWith(noToken())
		return
	}
	client := conn.client(nil, discord.ClientMetrics{})
	defer client.Close()
	me, err := client.Me(ctx)
	if err != nil {
		e.failWith(discordFault("log in with the token", err))
		return
	}
	e.ok("token: it is the bot %s", me.Username)
	app, err := client.Application(ctx)
	if err != nil {
		e.failWith(discordFault("read the application", err))
		return
	}
	e.examineApplication(c, conn, app)
	e.examineClock(serverTime(ctx, conn.apiURL))
	conn.applicationID = app.ID
	e.examineCommands(ctx, conn)
	e.examineGuilds(client.Guilds(ctx))
	if c.Transport != "http" {
		e.examineGateway(client.GatewayBot(ctx))
	}
	e.Invite = inviteLink(app.ID)
}

func (e *examination) examineApplication(c config, conn connection, app discord.Application) {
	switch {
	case conn.applicationID == "":
		e.ok("application: %s, %s", app.Name, app.ID)
	case conn.applicationID != app.ID:
		e.fail("set it to "+app.ID, "%s is %s, but the token belongs to another application", applicationVariable, conn.applicationID)
	default:
		e.ok("application: %s, %s", app.Name, app.ID)
	}
	overHTTP := c.Transport != "gateway"
	key := fmt.Sprintf("%x", []byte(conn.publicKey))
	switch {
	case conn.publicKey == nil && overHTTP:
		e.fail("set it to "+app.VerifyKey, "%s is not set, and interactions over HTTP need it", keyVariable)
	case conn.publicKey != nil && !strings.EqualFold(key, app.VerifyKey):
		e.fail("set it to "+app.VerifyKey, "%s is not the application's", keyVariable)
	case conn.publicKey != nil:
		e.ok("public key: it is the application's")
	}
	switch {
	case overHTTP && app.InteractionsEndpointURL == "":
		e.fail("enter https://…/interactions on the General Information page of the developer portal, while serve runs there", "Discord has no address to send interactions to")
	case overHTTP:
		e.ok("interactions go to %s", app.InteractionsEndpointURL)
	case app.InteractionsEndpointURL != "":
		e.fail("take it out of the developer portal, or serve with --transport both", "Discord sends interactions to %s, so none come over the gateway", app.InteractionsEndpointURL)
	}
}

// serverTime asks Discord what time it is, to the second; the zero time when it
// does not say.
func serverTime(ctx context.Context, apiURL string) time.Time {
	ctx, cancel := context.WithTimeout(ctx, 5*time.Second)
	defer cancel()
	request, err := http.NewRequestWithContext(ctx, http.MethodGet, apiURL+"/api/v10/gateway", nil)
	if err != nil {
		return time.Time{}
	}
	response, err := http.DefaultClient.Do(request)
	if err != nil {
		return time.Time{}
	}
	defer response.Body.Close()
	at, err := http.ParseTime(response.Header.Get("Date"))
	if err != nil {
		return time.Time{}
	}
	return at
}

// mostSkew is how far the clock may be off: signatures are good for five
// minutes.
const mostSkew = time.Minute

func (e *examination) examineClock(server time.Time) {
	if server.IsZero() {
		e.warn("", "clock: Discord did not say what time it is")
		return
	}
	if skew := time.Since(server).Round(time.Second); skew.Abs() > mostSkew {
		e.fail("set it by NTP", "the clock is off by %s; Discord's signatures would be refused", skew)
		return
	}
	e.ok("clock: it agrees with Discord's")
}

// examineCommands takes a client of its own: the application's id is known now.
func (e *examination) examineCommands(ctx context.Context, conn connection) {
	client := conn.client(nil, discord.ClientMetrics{})
	defer client.Close()
	want, changes, err := commandChanges(ctx, client, "")
	switch {
	case err != nil:
		e.failWith(err)
	case len(changes) > 0:
		e.warn("run `summitbot register`", "commands: %d of them differ from what is registered", len(changes))
	default:
		e.ok("commands: all %d are registered", len(want))
	}
}

// fewSessions is how few sessions left to start are worth a warning: a bot
// that starts over and over gets its token reset.
const fewSessions = 50

func (e *examination) examineGateway(info discord.GatewayInfo, err error) {
	switch {
	case err != nil:
		e.failWith(discordFault("look the gateway up", err))
	case info.Limit.Remaining < fewSessions:
		e.warn("find out why the bot keeps starting", "gateway: only %d of %d sessions are left to start today", info.Limit.Remaining, info.Limit.Total)
	case info.Shards > 1:
		e.warn("", "gateway: Discord recommends %d shards; this version runs one", info.Shards)
	default:
		e.ok("gateway: %d of %d sessions are left to start today", info.Limit.Remaining, info.Limit.Total)
	}
}

// needed are the permissions that the bot needs in a server
// (https://docs.discord.com/developers/topics/permissions).
var needed = []struct {
	name string
	bit  uint64
}{
	{"View Channels", 1 << 10},
	{"Send Messages", 1 << 11},
	{"Send Messages in Threads", 1 << 38},
	{"Embed Links", 1 << 14},
	{"Read Message History", 1 << 16},
}

// administrator has every permission.
const administrator = 1 << 3

// examineGuilds looks for servers in which the bot may not do what it needs.
func (e *examination) examineGuilds(guilds []discord.Guild, err error) {
	if err != nil {
		e.failWith(discordFault("list the servers", err))
		return
	}
	well := 0
	for _, g := range guilds {
		var lacks []string
		for _, p := range needed {
			if g.Permissions&p.bit == 0 && g.Permissions&administrator == 0 {
				lacks = append(lacks, p.name)
			}
		}
		if len(lacks) == 0 {
			well++
			continue
		}
		e.warn("give its role there what it lacks, or invite it anew with the link below", "permissions: in the server %q it lacks %s", g.Name, strings.Join(lacks, ", "))
	}
	switch {
	case len(guilds) == 0:
		e.warn("invite it with the link below", "permissions: the bot is in no server yet")
	case well > 0:
		e.ok("permissions: it has all that it needs in %d of %d servers", well, len(guilds))
	}
}

// inviteLink is where an administrator adds the bot to a server.
func inviteLink(applicationID string) string {
	q := url.Values{"client_id": {applicationID}, "scope": {"bot applications.commands"}, "permissions": {fmt.Sprint(allNeeded())}}
	return discord.DefaultBaseURL + "/oauth2/authorize?" + q.Encode()
}

// allNeeded are all permissions that the bot needs, as one set.
func allNeeded() (set uint64) {
	for _, p := range needed {
		set |= p.bit
	}
	return set
}

// String is the examination as it is printed.
func (e *examination) String() string {
	var b strings.Builder
	for _, f := range e.Findings {
		fmt.Fprintf(&b, "%-4s  %s\n", f.State, f.What)
		if f.Do != "" {
			fmt.Fprintf(&b, "      → %s\n", f.Do)
		}
	}
	if e.Invite != "" {
		fmt.Fprintf(&b, "\nInvite the bot:\n  %s\n", e.Invite)
	}
	return b.String()
}
