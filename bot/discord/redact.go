package discord

import (
	"context"
	"encoding/json"
	"errors"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"regexp"
	"slices"
	"strings"
	"sync"
	"time"

	"github.com/bwmarrin/discordgo"
)

// An Error is a call to Discord that failed. It never holds a token, an id or
// a word that Discord or a member wrote, so that it can be logged as it is.
type Error struct {
	Method string // of HTTP
	Route  string // template such as "/channels/{channel}/messages"
	Status int    // HTTP status; 0: no answer
	Code   int    // Discord's error code; 0: none
	// Message says in this package's words what Code means. For an invalid
	// body (50035) it lists the fields and what is wrong with them.
	Message    string
	RetryAfter time.Duration // of a 429
	Err        error         // ErrBlocked, the context's error or what the network said; nil when Discord refused

	bot bool // the call was authorized by the bot token
}

// Error names the call, the status, the code and the cause.
func (e *Error) Error() string {
	parts := []string{e.Method + " " + e.Route}
	if e.Status != 0 {
		parts = append(parts, fmt.Sprintf("status %d", e.Status))
	}
	if e.Code != 0 {
		parts = append(parts, fmt.Sprintf("code %d", e.Code))
	}
	if e.Message != "" {
		parts = append(parts, e.Message)
	}
	if e.Err != nil {
		parts = append(parts, e.Err.Error())
	}
	return strings.Join(parts, ": ")
}

func (e *Error) Unwrap() error { return e.Err }

// Codes of Discord's that this package acts on or explains.
// https://discord.com/developers/docs/topics/opcodes-and-status-codes
const (
	codeInvalidBody    = 50035
	codeAcknowledged   = 40060
	codeUnknownWebhook = 10015
	codeClosed         = 50007
	codeNoServer       = 50278
)

// gone says what the codes mean after which no retry can help.
var gone = map[int]string{
	10003:              "unknown channel",
	10008:              "unknown message",
	codeUnknownWebhook: "the interaction's token is no longer valid",
	10062:              "the interaction was not answered in time",
	codeAcknowledged:   "the interaction was answered already",
	50001:              "the bot cannot see it",
	codeClosed:         "the member takes no messages from the bot",
	50013:              "the bot lacks a permission",
	50027:              "the interaction's token has expired",
	codeNoServer:       "the bot shares no server with the member",
}

// IsGone reports whether Discord refused because what was to be answered, or
// the right to answer it, is gone: never retry.
func IsGone(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && gone[e.Code] != ""
}

// IsFatal reports whether Discord refused the bot token: no call will succeed
// until somebody sets another.
func IsFatal(err error) bool {
	e, ok := errors.AsType[*Error](err)
	return ok && e.bot && e.Status == http.StatusUnauthorized
}

// explain says what a refused body holds: the sentence for its code, and for
// an invalid form the fields. Discord's own message is left out, as it may
// repeat what members wrote.
func explain(code int, errs json.RawMessage) string {
	if code != codeInvalidBody {
		return gone[code]
	}
	var tree any
	if json.Unmarshal(errs, &tree) != nil {
		return "invalid body"
	}
	faults := formFaults("", tree)
	slices.Sort(faults)
	return strings.Join(append([]string{"invalid body"}, faults[:min(len(faults), maxFormFaults)]...), "; ")
}

// maxFormFaults bounds how many faults of one body are listed.
const maxFormFaults = 10

// A key or code of another shape than these could be somebody's words.
var (
	formKey  = regexp.MustCompile(`^[a-z0-9_]{1,40}$`)
	formCode = regexp.MustCompile(`^[A-Z0-9_]{1,60}$`)
)

// formFaults lists the codes in Discord's tree of form errors, each with the
// path of its field, as in "0.options.1.name BASE_TYPE_BAD_LENGTH".
func formFaults(path string, node any) []string {
	fields, ok := node.(map[string]any)
	if !ok {
		return nil
	}
	var faults []string
	for key, child := range fields {
		switch {
		case key == "_errors":
			faults = append(faults, formCodes(path, child)...)
		case formKey.MatchString(key):
			faults = append(faults, formFaults(strings.TrimPrefix(path+"."+key, "."), child)...)
		}
	}
	return faults
}

func formCodes(path string, list any) []string {
	entries, _ := list.([]any)
	var faults []string
	for _, entry := range entries {
		fields, _ := entry.(map[string]any)
		if code, _ := fields["code"].(string); formCode.MatchString(code) {
			faults = append(faults, strings.TrimPrefix(path+" "+code, " "))
		}
	}
	return faults
}

// withoutSecrets returns what may be said of a network's error. The address,
// which may hold an interaction's token, is dropped, and secrets are struck
// from the rest. Errors of contexts and ErrBlocked keep their identity.
func withoutSecrets(err error, secrets ...string) error {
	for _, known := range []error{ErrBlocked, context.Canceled, context.DeadlineExceeded} {
		if errors.Is(err, known) {
			return known
		}
	}
	if u, ok := errors.AsType[*url.Error](err); ok {
		err = u.Err
	}
	return errors.New(strike(err.Error(), secrets...))
}

// strike replaces each secret in s, as it is and as it is written in an
// address.
func strike(s string, secrets ...string) string {
	for _, secret := range secrets {
		if secret == "" {
			continue
		}
		s = strings.ReplaceAll(s, secret, "[secret]")
		s = strings.ReplaceAll(s, url.PathEscape(secret), "[secret]")
	}
	return s
}

// libraryLog makes SetLibraryLogger take effect once: discordgo's logger is a
// variable that its goroutines read without a lock.
var libraryLog sync.Once

// SetLibraryLogger sends what discordgo itself logs in this process to log, at
// debug level and without its arguments, which hold tokens and members'
// words. The first call counts; NewGateway makes it with its own logger, so
// call this only to choose another, before any session is opened.
func SetLibraryLogger(log *slog.Logger) {
	libraryLog.Do(func() {
		discordgo.Logger = libraryLogger(log)
	})
}

func libraryLogger(log *slog.Logger) func(level, caller int, format string, args ...any) {
	return func(_, _ int, format string, _ ...any) {
		log.Debug("discordgo", "says", strings.TrimSpace(format))
	}
}
