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

	"summitbot/commands"
)

// A config is what the operator sets in a file. config.example.yaml documents
// every key with its default; flags win over it.
type config struct {
	Facts    []string `yaml:"facts"`    // facts files; none: the embedded base
	Language string   `yaml:"language"` // the reader's; "": the question's own
}

// configVariable names the environment variable for the path of the file.
const configVariable = "SUMMITBOT_CONFIG"

// defaultConfig is what holds without a file.
func defaultConfig() config { return config{Facts: []string{}} }

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
		if !filepath.IsAbs(p) {
			c.Facts[i] = filepath.Join(filepath.Dir(path), p)
		}
	}
	return c, nil
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
	if c.Language != "" && !slices.Contains(commands.Languages, c.Language) {
		return config{}, fmt.Errorf("language: %q is none of %s", c.Language, strings.Join(commands.Languages, ", "))
	}
	return c, nil
}

// configFault says where in the file what is wrong.
func configFault(path string, err error) error {
	f := &fault{code: exitUsage, cause: err, message: path + ": " + readable(err)}
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
