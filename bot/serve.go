package main

import (
	"context"
	"errors"
	"io"
	"log/slog"
	"net"
	"net/http"
	"os/signal"
	"runtime/debug"
	"slices"
	"strings"
	"sync/atomic"
	"syscall"
	"time"

	"github.com/spf13/cobra"
	"golang.org/x/sync/errgroup"

	"summitbot/bot/discord"
	"summitbot/bot/library"
	"summitbot/bot/queue"
	"summitbot/bot/state"
	"summitbot/commands"
)

// serveFlags are the flags of serve. Empty ones leave it to the file.
type serveFlags struct {
	facts     []string
	transport string
	listen    string
	state     string
}

func newServe(a *app) *cobra.Command {
	var flags serveFlags
	cmd := &cobra.Command{
		Use:   "serve",
		Short: "Run the bot on Discord",
		Long: `Run the bot on Discord until it is told to stop (SIGTERM or Ctrl-C); then
everything that was accepted is still answered.

The bot's token comes from ` + tokenVariable + ` or the file that token_file names. Over
HTTP, ` + keyVariable + ` is needed as well, and the address of /interactions has to
be entered in the developer portal.`,
		Example: `  DISCORD_TOKEN=… summitbot serve
  summitbot serve --transport http --listen :8080
  summitbot serve --transport both --facts my-facts.yaml
  summitbot serve --state postgres://bot@db.example.org/summitbot
  summitbot register && summitbot doctor   # before the first time`,
		Args:              cobra.NoArgs,
		ValidArgsFunction: cobra.NoFileCompletions,
		RunE:              func(cmd *cobra.Command, _ []string) error { return a.serve(cmd.Context(), flags) },
	}
	f := cmd.Flags()
	f.StringArrayVar(&flags.facts, "facts", nil, "use the facts in `PATH` instead of the embedded base (repeatable)")
	f.StringVar(&flags.transport, "transport", "", "receive over `HOW`: gateway, http or both (default gateway)")
	f.StringVar(&flags.listen, "listen", "", "serve HTTP at `ADDR` (default 127.0.0.1:8080)")
	f.StringVar(&flags.state, "state", "", "keep votes and questions in the database at `URL` (default sqlite:summitbot.db)")
	must(cmd.RegisterFlagCompletionFunc("transport", cobra.FixedCompletions(transports, cobra.ShellCompDirectiveNoFileComp)))
	must(cmd.RegisterFlagCompletionFunc("facts", completeFacts))
	return cmd
}

// serve carries out the command.
func (a *app) serve(ctx context.Context, flags serveFlags) error {
	settings, err := a.serveSettings(flags)
	if err != nil {
		return err
	}
	conn, err := a.connection(settings)
	if err != nil {
		return err
	}
	if err := complete(settings, conn); err != nil {
		return err
	}
	ctx, stop := signal.NotifyContext(ctx, syscall.SIGTERM, syscall.SIGINT)
	defer stop()
	return a.run(ctx, settings, conn)
}

// serveSettings are the settings of the file with the flags over them.
func (a *app) serveSettings(flags serveFlags) (config, error) {
	settings, err := a.settings()
	if err != nil {
		return config{}, err
	}
	settings.Facts = factsPaths(flags.facts, settings)
	if flags.transport != "" {
		settings.Transport = strings.ToLower(flags.transport)
	}
	if flags.listen != "" {
		settings.Listen = flags.listen
	}
	if flags.state != "" {
		settings.State = flags.state
	}
	if _, err := state.ParseURL(settings.State); err != nil {
		return config{}, usage("", "--state: %v", err)
	}
	if !slices.Contains(transports, settings.Transport) {
		return config{}, usage(didYouMean("", settings.Transport, transports), "--transport %q is none of %s", settings.Transport, strings.Join(transports, ", "))
	}
	return settings, nil
}

// complete says what is missing for the transport.
func complete(c config, conn connection) error {
	overHTTP := c.Transport != "gateway"
	switch {
	case conn.token == "" && (c.Transport != "http" || conn.applicationID == ""):
		return noToken()
	case overHTTP && conn.publicKey == nil:
		return usage("copy it from the General Information page of the developer portal and set "+keyVariable, "interactions over HTTP need the application's public key")
	case overHTTP && c.Listen == "":
		return usage("such as --listen :8080", "interactions over HTTP need an address to listen at")
	}
	return nil
}

// logger is what the process logs to.
func (a *app) logger(c config) *slog.Logger {
	var level slog.Level
	must(level.UnmarshalText([]byte(c.LogLevel)))
	return newLogger(a.err, c.LogFormat, level)
}

func newLogger(w io.Writer, format string, level slog.Level) *slog.Logger {
	options := &slog.HandlerOptions{Level: level}
	if format == "json" {
		return slog.New(slog.NewJSONHandler(w, options))
	}
	return slog.New(slog.NewTextHandler(w, options))
}

// A server is the running bot.
type server struct {
	config   config
	log      *slog.Logger
	metrics  *metrics
	library  *library.Library
	bot      *discord.Bot
	gateway  *discord.Gateway // nil over HTTP alone
	store    *state.Store
	queue    *queue.Queue
	clerk    clerk
	ready    atomic.Bool // everything has started
	draining atomic.Bool
}

// gcServing keeps the memory small: the facts seldom change, so collecting
// garbage at half again what is in use costs little.
const gcServing = 50

// Bounds on stopping. Discord drops an interaction that is not answered, so
// what was accepted is answered first.
const (
	drainWithin = 10 * time.Second
	closeWithin = 3 * time.Second
)

// run starts everything, and stops it when ctx is done or something fails.
func (a *app) run(ctx context.Context, c config, conn connection) (err error) {
	started := time.Now()
	log := a.logger(c)
	s := &server{config: c, log: log, metrics: newMetrics()}
	conn, err = s.open(ctx, conn)
	if s.store != nil {
		defer func() { err = errors.Join(err, s.store.Close()) }()
	}
	if err != nil {
		return err
	}
	client := conn.client(log, s.metrics.client())
	defer client.Close()
	env := s.env()
	if s.bot, err = discord.NewBot(env, client, s.botConfig(conn)); err != nil {
		return err
	}
	s.queue, s.clerk = s.newQueue(), make(clerk, mostJobs)
	env.Messenger, env.Learner, env.Asked = s.bot, s.queue, s.bot.Asked
	s.metrics.watchQueue(s.bot.QueueLength)
	if c.Transport != "http" {
		s.gateway = discord.NewGateway(discord.GatewayConfig{Client: client, Intents: discord.Intents, Handle: s.bot.HandleEvent, Log: log, Metrics: s.metrics.gateway()})
	}
	return s.serve(ctx, conn, started)
}

// open reads the facts, opens the database and asks Discord who the bot is, all
// at the same time: starting takes as long as the slowest.
func (s *server) open(ctx context.Context, conn connection) (connection, error) {
	var all errgroup.Group
	all.Go(func() (err error) {
		s.library, err = s.openLibrary()
		return err
	})
	all.Go(func() (err error) {
		if s.store, err = state.Open(ctx, s.config.State, state.Options{Log: s.log}); err != nil {
			return stateFault(err)
		}
		return nil
	})
	all.Go(func() (err error) {
		if conn.token != "" { // over HTTP alone, an id is enough
			conn, err = conn.identified(ctx)
		}
		return err
	})
	err := all.Wait()
	return conn, err
}

// stateFault says that a database cannot be opened. Its address, which may hold
// a password, is not repeated.
func stateFault(err error) error {
	return &fault{message: err.Error(), hint: "is the right database named, with `state` or --state, and is it there?", code: exitFault, cause: err}
}

// env is what commands need of the process, but for what needs the bot.
func (s *server) env() *commands.Env {
	c := s.config
	return &commands.Env{
		Facts: s.library.Snapshot, Library: s.library, Store: s.store, IsCurator: c.isCurator,
		Info: commands.Info{Version: version(), Contact: c.Contact, Policy: c.PrivacyPolicy, Retention: c.RetentionDays},
	}
}

// botConfig is how the bot is to behave.
func (s *server) botConfig(conn connection) discord.BotConfig {
	c := s.config
	return discord.BotConfig{
		ApplicationID: conn.applicationID, Workers: c.Workers, Queue: c.Queue, Log: s.log, Metrics: s.metrics.bot(),
		User:     discord.Rate{Burst: c.UserBurst, PerMinute: c.UserPerMinute},
		Channel:  discord.Rate{Burst: c.ChannelBurst, PerMinute: c.ChannelPerMinute},
		Curators: c.CuratorsChannel, Posted: s.store.Post,
	}
}

// serve runs until ctx is done or something fails.
func (s *server) serve(ctx context.Context, conn connection, started time.Time) error {
	failed := make(chan error, 2)
	stopHTTP, err := s.listen(conn, failed)
	if err != nil {
		return err
	}
	stopLibrary := inBackground(ctx, s.library.Run)
	defer stopLibrary()
	stopQueue := inBackground(ctx, s.queue.Run)
	defer stopQueue()
	stopClerk := inBackground(ctx, s.clerk.run)
	defer stopClerk()
	s.clerk.give(s.catchUp)
	gatewayCtx, closeGateway := context.WithCancel(context.WithoutCancel(ctx))
	defer closeGateway()
	gatewayDone := make(chan struct{})
	go func() {
		defer close(gatewayDone)
		if s.gateway == nil {
			return
		}
		if err := s.gateway.Run(gatewayCtx); err != nil {
			failed <- gatewayFault(err)
		}
	}()
	debug.SetGCPercent(gcServing)
	s.ready.Store(true)
	s.log.Info("started", "transport", s.config.Transport, "listen", s.config.Listen, "version", version(), "took", time.Since(started).Round(time.Millisecond))
	debug.FreeOSMemory() // what starting has used and answering does not need
	releaseProgram()

	select {
	case <-ctx.Done():
	case err = <-failed:
	}
	s.log.Info("stopping", "within", drainWithin)
	s.draining.Store(true)
	drain, cancel := context.WithTimeout(context.WithoutCancel(ctx), drainWithin)
	defer cancel()
	// Nothing new comes in before the rest is answered.
	closeGateway()
	select {
	case <-gatewayDone:
	case <-time.After(closeWithin):
	}
	stopHTTP(drain)
	left := s.bot.Close(drain)
	s.log.Info("stopped", "all answered", left == nil)
	return err
}

// gatewayFault says why the bot cannot stay connected.
func gatewayFault(err error) error {
	f := &fault{message: err.Error(), code: exitFault, cause: err}
	if errors.Is(err, discord.ErrStuck) {
		f.hint = "let a supervisor such as systemd or Kubernetes start it again"
	}
	return f
}

// Bounds on HTTP connections: Discord gives up after three seconds.
const (
	readHeaderWithin = 5 * time.Second
	readWithin       = 10 * time.Second
	writeWithin      = 10 * time.Second
	idleFor          = 2 * time.Minute
)

// listen serves HTTP in the background, and returns how to stop it: requests
// under way are answered.
func (s *server) listen(conn connection, failed chan<- error) (stop func(context.Context), err error) {
	if s.config.Listen == "" {
		return func(context.Context) {}, nil
	}
	listener, err := net.Listen("tcp", s.config.Listen)
	if err != nil {
		return nil, &fault{message: "could not listen at " + s.config.Listen + ": " + readableNet(err), hint: "another program may use that port: choose one with --listen", code: exitFault, cause: err}
	}
	h := &http.Server{Handler: s.routes(conn), ReadHeaderTimeout: readHeaderWithin, ReadTimeout: readWithin, WriteTimeout: writeWithin, IdleTimeout: idleFor, ErrorLog: slog.NewLogLogger(s.log.Handler(), slog.LevelDebug)}
	go func() {
		if err := h.Serve(listener); !errors.Is(err, http.ErrServerClosed) {
			failed <- &fault{message: "the HTTP server stopped: " + readableNet(err), code: exitFault, cause: err}
		}
	}()
	return func(ctx context.Context) {
		if h.Shutdown(ctx) != nil {
			_ = h.Close()
		}
	}, nil
}

// readableNet drops from a network error what is said already.
func readableNet(err error) string {
	if op, ok := errors.AsType[*net.OpError](err); ok {
		return op.Err.Error()
	}
	return err.Error()
}

// routes are what is served over HTTP.
func (s *server) routes(conn connection) http.Handler {
	mux := http.NewServeMux()
	if s.config.Transport != "gateway" {
		mux.Handle("/interactions", s.bot.Webhook(conn.publicKey))
	}
	mux.HandleFunc("GET /healthz", func(w http.ResponseWriter, _ *http.Request) { _, _ = io.WriteString(w, "ok\n") })
	mux.HandleFunc("GET /readyz", s.readyz)
	mux.Handle("GET /metrics", s.metrics.handler())
	return mux
}

// readyz says whether questions can be answered and what members tell is kept.
func (s *server) readyz(w http.ResponseWriter, r *http.Request) {
	switch {
	case s.draining.Load():
		http.Error(w, "stopping", http.StatusServiceUnavailable)
	case !s.ready.Load():
		http.Error(w, "starting", http.StatusServiceUnavailable)
	case s.gateway != nil && !s.gateway.Ready():
		http.Error(w, "not connected to the gateway", http.StatusServiceUnavailable)
	default:
		_, _ = io.WriteString(w, "ready\n"+s.factsWarning()+s.stateWarning(r.Context()))
	}
}
