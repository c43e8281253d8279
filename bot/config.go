package main

import (
	"errors"
	"fmt"
	"os"
	"path/filepath"
	"reflect"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"

	"summitbot/bot/discord"
	"summitbot/bot/state"
	"summitbot/commands"
)

// A config is what the operator sets in a file. config.example.yaml documents
// every key with its default; flags win over it.
type config struct {
	Facts       []string `yaml:"facts"`        // facts files; none: the embedded base
	FactsFolder string   `yaml:"facts_folder"` // where serve keeps the embedded base to be changed; "": nowhere
	Language    string   `yaml:"language"`     // the reader's; "": the question's own

	ApplicationID string `yaml:"application_id"`
	PublicKey     string `yaml:"public_key"`
	TokenFile     string `yaml:"token_file"`
	APIURL        string `yaml:"api_url"`
	Transport     string `yaml:"transport"` // one of transports
	Listen        string `yaml:"listen"`
	LogFormat     string `yaml:"log_format"` // one of logFormats
	LogLevel      string `yaml:"log_level"`  // one of logLevels
	Contact       string `yaml:"contact"`
	PrivacyPolicy string `yaml:"privacy_policy"`
	State         string `yaml:"state"` // address of the database; see state.ParseURL

	CuratorRoles    []string `yaml:"curator_roles"`    // ids
	CuratorUsers    []string `yaml:"curator_users"`    // ids
	CuratorsChannel string   `yaml:"curators_channel"` // id; "": none
	RetentionDays   int      `yaml:"retention_days"`

	UserBurst        int     `yaml:"user_burst"`
	UserPerMinute    float64 `yaml:"user_per_minute"`
	ChannelBurst     int     `yaml:"channel_burst"`
	ChannelPerMinute float64 `yaml:"channel_per_minute"`
	Workers          int     `yaml:"workers"`
	Queue            int     `yaml:"queue"`
}

// What some settings can be.
var (
	transports = []string{"gateway", "http", "both"}
	logFormats = []string{"text", "json"}
	logLevels  = []string{"debug", "info", "warn", "error"}
)

// configVariable names the environment variable for the path of the file.
const configVariable = "SUMMITBOT_CONFIG"

// defaultConfig is what holds without a file.
func defaultConfig() config {
	return config{
		Facts:        []string{},
		APIURL:       discord.DefaultBaseURL,
		Transport:    "gateway",
		Listen:       "127.0.0.1:8080",
		LogFormat:    "text",
		LogLevel:     "info",
		State:        "sqlite:summitbot.db",
		CuratorRoles: []string{}, CuratorUsers: []string{},
		RetentionDays: 90,
		UserBurst:     6, UserPerMinute: 20,
		ChannelBurst: 30, ChannelPerMinute: 120,
		Workers: 8, Queue: 512,
	}
}

// loadConfig reads the file at path, or the defaults when path is "".
func loadConfig(path string) (config, error) {
	if path == "" {
		return defaultConfig(), nil
	}
	data, err := os.ReadFile(path)
	if err != nil {
		return config{}, configFault(path, err)
	}
	c, err := parseConfig(data)
	if err != nil {
		return config{}, configFault(path, err)
	}
	for i, p := range c.Facts {
		c.Facts[i] = beside(path, p)
	}
	for _, p := range []*string{&c.FactsFolder, &c.TokenFile} {
		if *p != "" {
			*p = beside(path, *p)
		}
	}
	c.State = state.Within(filepath.Dir(path), c.State)
	return c, nil
}

// beside resolves a path that a file names: a relative one starts from the
// file's folder.
func beside(file, path string) string {
	if filepath.IsAbs(path) {
		return path
	}
	return filepath.Join(filepath.Dir(file), path)
}

// parseConfig reads YAML over the defaults. Every key must be known.
func parseConfig(data []byte) (c config, err error) {
	// The parser is known to panic on some broken files.
	defer func() {
		if recover() != nil {
			err = errors.New("this is not valid YAML")
		}
	}()
	c = defaultConfig()
	if err := yaml.UnmarshalWithOptions(data, &c, yaml.Strict()); err != nil {
		return config{}, err
	}
	if reflect.ValueOf(c).IsZero() { // the parser clears it when the file is empty
		c = defaultConfig()
	}
	if err := c.validate(); err != nil {
		return config{}, err
	}
	return c, nil
}

// maxIDDigits is how many digits Discord's ids have, 64 bits in decimal.
const maxIDDigits = 20

// validate returns everything that is wrong with the values.
func (c config) validate() error {
	var wrong []error
	oneOf := func(key, value string, known []string) {
		if !slices.Contains(known, value) {
			wrong = append(wrong, fmt.Errorf("%s: %q is none of %s", key, value, strings.Join(known, ", ")))
		}
	}
	if c.Language != "" {
		oneOf("language", c.Language, commands.Languages)
	}
	oneOf("transport", c.Transport, transports)
	oneOf("log_format", c.LogFormat, logFormats)
	oneOf("log_level", c.LogLevel, logLevels)
	for key, ids := range map[string][]string{"curator_roles": c.CuratorRoles, "curator_users": c.CuratorUsers, "curators_channel": {c.CuratorsChannel}} {
		for _, id := range ids {
			if strings.Trim(id, "0123456789") != "" || len(id) > maxIDDigits || id == "" && key != "curators_channel" {
				wrong = append(wrong, fmt.Errorf("%s: %q is no id; copy it in Discord with developer mode on", key, id))
			}
		}
	}
	if _, err := state.ParseURL(c.State); err != nil {
		wrong = append(wrong, fmt.Errorf("state: %w", err))
	}
	for _, n := range []struct {
		key   string
		value float64
		least float64
	}{
		{"user_burst", float64(c.UserBurst), 0}, {"user_per_minute", c.UserPerMinute, .1},
		{"channel_burst", float64(c.ChannelBurst), 0}, {"channel_per_minute", c.ChannelPerMinute, .1},
		{"retention_days", float64(c.RetentionDays), 1}, {"workers", float64(c.Workers), 1}, {"queue", float64(c.Queue), 1},
	} {
		if n.value < n.least {
			wrong = append(wrong, fmt.Errorf("%s: %v is less than %v", n.key, n.value, n.least))
		}
	}
	return errors.Join(wrong...)
}

// configFault says where in the file what is wrong.
func configFault(path string, err error) error {
	f := &fault{code: exitUsage, cause: err, message: path + ": " + strings.ReplaceAll(readable(err), "\n", "; ")}
	at, ok := errors.AsType[yaml.Error](err)
	if !ok || at.GetToken() == nil {
		return f
	}
	position := at.GetToken().Position
	f.message = fmt.Sprintf("%s:%d:%d: %s", path, position.Line, position.Column, at.GetMessage())
	if _, ok := errors.AsType[*yaml.UnknownFieldError](err); ok {
		key := at.GetToken().Value
		f.message = fmt.Sprintf("%s:%d:%d: unknown key %q", path, position.Line, position.Column, key)
		f.hint = didYouMean("", key, configKeys())
	}
	return f
}

// readable drops from a file system's error the path, which is said already.
func readable(err error) string {
	if pathError, ok := errors.AsType[*os.PathError](err); ok {
		return pathError.Err.Error()
	}
	return err.Error()
}

// configKeys lists the keys of the file.
func configKeys() []string {
	var keys []string
	for f := range reflect.TypeFor[config]().Fields() {
		keys = append(keys, f.Tag.Get("yaml"))
	}
	return keys
}
