package localdiscord

import (
	"errors"
	"fmt"
	"net/http"
	"strings"
)

// Errors of the driver's side.
var (
	ErrClosed       = errors.New("localdiscord: closed")
	ErrNotConnected = errors.New("localdiscord: the bot has neither a gateway session nor an endpoint")
	ErrNobody       = errors.New("localdiscord: no such member")
	ErrNoResponse   = errors.New("localdiscord: the application did not respond")
)

// Error codes of Discord's JSON errors.
// https://discord.com/developers/docs/topics/opcodes-and-status-codes#json
const (
	codeGeneral            = 0
	codeUnknownChannel     = 10003
	codeUnknownGuild       = 10004
	codeUnknownMember      = 10007
	codeUnknownMessage     = 10008
	codeUnknownUser        = 10013
	codeUnknownWebhook     = 10015
	codeUnknownInteraction = 10062
	codeDailyCreates       = 30034
	codeTooLarge           = 40005
	codeAcknowledged       = 40060
	codeMaxFollowups       = 40094
	codeMissingAccess      = 50001
	codeNotAuthor          = 50005
	codeEmptyMessage       = 50006
	codeCannotSendToUser   = 50007
	codeMissingPermissions = 50013
	codeInvalidToken       = 50027
	codeInvalidForm        = 50035
	codeInvalidJSON        = 50109
	codeNoMutualGuilds     = 50278
)

// known are the status and message that come with a code.
var known = map[int]struct {
	status  int
	message string
}{
	10002:                  {http.StatusNotFound, "Unknown Application"},
	codeUnknownChannel:     {http.StatusNotFound, "Unknown Channel"},
	codeUnknownGuild:       {http.StatusNotFound, "Unknown Guild"},
	codeUnknownMember:      {http.StatusNotFound, "Unknown Member"},
	codeUnknownMessage:     {http.StatusNotFound, "Unknown Message"},
	codeUnknownUser:        {http.StatusNotFound, "Unknown User"},
	codeUnknownWebhook:     {http.StatusNotFound, "Unknown Webhook"},
	codeUnknownInteraction: {http.StatusNotFound, "Unknown interaction"},
	codeDailyCreates:       {http.StatusBadRequest, "Max number of daily application command creates has been reached (200)"},
	codeTooLarge:           {http.StatusRequestEntityTooLarge, "Request entity too large"},
	codeAcknowledged:       {http.StatusBadRequest, "Interaction has already been acknowledged."},
	codeMaxFollowups:       {http.StatusBadRequest, "This interaction has reached the maximum number of follow up messages."},
	codeMissingAccess:      {http.StatusForbidden, "Missing Access"},
	codeNotAuthor:          {http.StatusForbidden, "Cannot edit a message authored by another user"},
	codeEmptyMessage:       {http.StatusBadRequest, "Cannot send an empty message"},
	codeCannotSendToUser:   {http.StatusForbidden, "Cannot send messages to this user"},
	codeMissingPermissions: {http.StatusForbidden, "Missing Permissions"},
	codeInvalidToken:       {http.StatusUnauthorized, "Invalid Webhook Token"},
	codeInvalidForm:        {http.StatusBadRequest, "Invalid Form Body"},
	codeInvalidJSON:        {http.StatusBadRequest, "The request body contains invalid JSON."},
	codeNoMutualGuilds:     {http.StatusForbidden, "Cannot send messages to this user due to having no mutual guilds"},
}

// An apiError is an answer that is not a success.
type apiError struct {
	status  int
	code    int
	message string
	errors  object // by field, for codeInvalidForm
}

// failure is the error of a code.
func failure(code int) *apiError {
	k, ok := known[code]
	if !ok {
		return &apiError{status: http.StatusBadRequest, code: code, message: fmt.Sprintf("Error %d", code)}
	}
	return &apiError{status: k.status, code: code, message: k.message}
}

// plain is an error without a code of its own, such as 401: Unauthorized.
func plain(status int) *apiError {
	return &apiError{status: status, code: codeGeneral, message: fmt.Sprintf("%d: %s", status, http.StatusText(status))}
}

// body is what is sent.
func (e *apiError) body() object {
	body := object{"code": e.code, "message": e.message}
	if e.errors != nil {
		body["errors"] = e.errors
	}
	return body
}

// A problem is one broken rule: where in the body, Discord's code for it, and
// a sentence.
type problem struct {
	path    string // such as "data.components.0.custom_id"; "" for the whole
	code    string
	message string
}

// invalidForm is the error that tells of problems, field by field. An empty
// message has a code of its own.
func invalidForm(problems []problem) *apiError {
	if len(problems) == 1 && problems[0].code == emptyMessage {
		return failure(codeEmptyMessage)
	}
	e := failure(codeInvalidForm)
	e.errors = object{}
	for _, p := range problems {
		at := e.errors
		for key := range strings.SplitSeq(p.path, ".") {
			if key == "" {
				continue
			}
			next, ok := at[key].(object)
			if !ok {
				next = object{}
				at[key] = next
			}
			at = next
		}
		faults, _ := at["_errors"].([]any)
		at["_errors"] = append(faults, object{"code": p.code, "message": p.message})
	}
	return e
}
