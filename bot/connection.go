package main

import (
	"context"
	"crypto/ed25519"
	"errors"
	"log/slog"
	"net/url"
	"os"
	"runtime/debug"
	"strings"

	"summitbot/bot/discord"
)

// Environment variables for how to reach Discord. They win over the file.
const (
	tokenVariable       = "DISCORD_TOKEN"
	applicationVariable = "DISCORD_APPLICATION_ID"
	keyVariable         = "DISCORD_PUBLIC_KEY"
	apiVariable         = "DISCORD_API_URL"
)

// A connection is how to reach Discord, from the environment and the file.
type connection struct {
	token         string
	applicationID string
	publicKey     ed25519.PublicKey // nil when it is not set
	apiURL        string
}

// connection reads how to reach Discord. Nothing of it needs to be set yet.
func (a *app) connection(c config) (connection, error) {
	token, err := a.token(c)
	if err != nil {
		return connection{}, err
	}
	out := connection{token: token, applicationID: a.either(applicationVariable, c.ApplicationID), apiURL: strings.TrimSuffix(a.either(apiVariable, c.APIURL), "/")}
	if u, err := url.Parse(out.apiURL); err != nil || u.Scheme != "https" && u.Scheme != "http" || u.Host == "" {
		return connection{}, usage("leave it out for Discord itself", "%s: the address must be like %s", apiVariable, discord.DefaultBaseURL)
	}
	if strings.ContainsFunc(out.applicationID, func(r rune) bool { return r < '0' || r > '9' }) {
		return connection{}, usage("copy it from the General Information page of the developer portal", "%s: an id has digits alone", applicationVariable)
	}
	key := a.either(keyVariable, c.PublicKey)
	if key == "" {
		return out, nil
	}
	if out.publicKey, err = discord.ParsePublicKey(key); err != nil {
		return connection{}, usage("copy it from the General Information page of the developer portal", "%s: %s", keyVariable, err)
	}
	return out, nil
}

// either is an environment variable, or else a setting.
func (a *app) either(variable, setting string) string {
	if value := strings.TrimSpace(a.getenv(variable)); value != "" {
		return value
	}
	return strings.TrimSpace(setting)
}

// token reads the bot's token from the environment or its file.
func (a *app) token(c config) (string, error) {
	if token := strings.TrimSpace(a.getenv(tokenVariable)); token != "" {
		return strings.TrimPrefix(token, "Bot "), nil
	}
	if c.TokenFile == "" {
		return "", nil
	}
	data, err := os.ReadFile(c.TokenFile)
	if err != nil {
		return "", usage("it must hold the bot's token and nothing else", "token_file: %s: %s", c.TokenFile, readable(err))
	}
	token := strings.TrimSpace(string(data))
	if token == "" || strings.ContainsAny(token, " \t\r\n") {
		return "", usage("", "token_file: %s must hold the bot's token and nothing else", c.TokenFile)
	}
	return strings.TrimPrefix(token, "Bot "), nil
}

// noToken says where a token comes from.
func noToken() error {
	return usage("create one on the Bot page of the developer portal and set "+tokenVariable, "there is no bot token")
}

// client returns a client for Discord.
func (c connection) client(log *slog.Logger, metrics discord.ClientMetrics) *discord.Client {
	return discord.NewClient(discord.ClientConfig{BaseURL: c.apiURL, Token: c.token, ApplicationID: c.applicationID, Version: version(), Log: log, Metrics: metrics})
}

// identified is the connection with the application's id, for which Discord is
// asked if it is not set.
func (c connection) identified(ctx context.Context) (connection, error) {
	if c.token == "" {
		return c, noToken()
	}
	if c.applicationID != "" {
		return c, nil
	}
	client := c.client(nil, discord.ClientMetrics{})
	defer client.Close()
	application, err := client.Application(ctx)
	if err != nil {
		return c, discordFault("ask whose the token is", err)
	}
	c.applicationID = application.ID
	return c, nil
}

// discordFault says what could not be done, and what to do about it.
func discordFault(what string, err error) error {
	f := &fault{message: "could not " + what + ": " + err.Error(), code: exitFault, cause: err}
	if discord.IsFatal(err) {
		f.hint = "the token is wrong or was reset: set " + tokenVariable + " to the one on the Bot page of the developer portal"
	}
	var refused *discord.Error
	if errors.As(err, &refused) && refused.Status == 0 {
		f.hint = "is the network there, and " + apiVariable + " right?"
	}
	return f
}

// factsPaths are the facts files to use. Flags win over the configuration.
func factsPaths(flags []string, c config) []string {
	if len(flags) > 0 {
		return flags
	}
	return c.Facts
}

// version is the version of the program, or the revision that it was built
// from.
func version() string {
	info, ok := debug.ReadBuildInfo()
	if !ok {
		return "unknown"
	}
	for _, s := range info.Settings {
		if s.Key == "vcs.revision" && len(s.Value) >= 12 {
			return s.Value[:12]
		}
	}
	return info.Main.Version
}
