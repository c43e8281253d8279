package commands

import (
	"context"
	"errors"
	"slices"
	"strings"
)

// An Action is what a button, a menu or a form does. All that it needs to know
// stands in its id, which Discord keeps with the message, so that it works for
// as long as the message is there.
type Action struct {
	Verb string
	Args []string
}

// actionVersion opens every id. A change of what follows takes the next one,
// and goes on to understand this.
const actionVersion = "1"

// MaxActionID is the length of an id in characters
// (https://docs.discord.com/developers/components/reference: custom_id).
const MaxActionID = 100

// errUnknownAction tells of an id that this version did not write.
var errUnknownAction = errors.New("unknown action")

// ID spells the action: 1/fact/busan-summit/summit-place.
func (a Action) ID() string {
	return strings.Join(append([]string{actionVersion, a.Verb}, a.Args...), "/")
}

// ParseAction reads what ID has spelt. It returns an error for every other
// text: ids come from whoever sends an interaction.
func ParseAction(id string) (Action, error) {
	parts := strings.Split(id, "/")
	if len(id) > MaxActionID || len(parts) < 2 || parts[0] != actionVersion {
		return Action{}, errUnknownAction
	}
	a := Action{Verb: parts[1], Args: parts[2:]}
	v, ok := verbs[a.Verb]
	if !ok || len(a.Args) != v.args || slices.Contains(a.Args, "") {
		return Action{}, errUnknownAction
	}
	return a, nil
}

// A verb is a kind of action: how many arguments its id has, and what it does.
// The input is what was chosen in a menu or written in a form.
type verb struct {
	args     int
	curators bool // nobody else may do it
	run      func(ctx context.Context, env *Env, call Call, a Action, input string) Reply
}

// verbs lists every kind of action.
var verbs = map[string]verb{
	"fact":    {args: 2, run: pressFact},
	"pick":    {args: 2, run: pressPick},
	"choose":  {args: 0, run: chooseFact},
	"topic":   {args: 0, run: chooseTopic},
	"sources": {args: 2, run: pressSources},
	"yes":     {args: 3, run: pressYes},
	"no":      {args: 3, run: pressNo},
	"why":     {args: 3, run: submitWhy},
	"pass":    {args: 0, run: pressPass},
	"passed":  {args: 0, run: submitPass},
	"tell":    {args: 0, run: pressTell},
	"wait":    {args: 1, run: pressWait},
	"hint":    {args: 3, run: submitSuggestion},
	"forget":  {args: 0, run: pressForget},

	"drafted":   {args: 2, curators: true, run: submitDraft},
	"redrafted": {args: 2, curators: true, run: resubmitDraft},
	"publish":   {args: 1, curators: true, run: pressPublish},
	"back":      {args: 2, curators: true, run: pressBack},
	"cancel":    {args: 1, curators: true, run: pressCancel},
	"history":   {args: 3, curators: true, run: pressHistory},
	"queue":     {args: 3, curators: true, run: pressQueue},
	"question":  {args: 0, curators: true, run: chooseQuestion},
	"answer":    {args: 1, curators: true, run: pressAnswer},
	"phrasing":  {args: 1, curators: true, run: choosePhrasing},
	"dismiss":   {args: 1, curators: true, run: pressDismiss},
	"accept":    {args: 1, curators: true, run: pressAccept},
	"reject":    {args: 1, curators: true, run: pressReject},
	"rejected":  {args: 1, curators: true, run: submitReject},
}

// replacing are the verbs whose reply takes the place of the message that the
// button, the menu or the button behind the form stands below. A reply that is
// late can do so only if that is known before it is there.
var replacing = map[string]bool{
	"pick": true, "redrafted": true, "publish": true, "cancel": true, "history": true, "queue": true,
	"question": true, "phrasing": true, "dismiss": true, "rejected": true,
}

// MayReplace reports whether the reply to an action, by its id, may take the
// place of the message. If it does not in the end, nothing is wrong.
func MayReplace(id string) bool {
	a, err := ParseAction(id)
	return err == nil && replacing[a.Verb]
}

// Press carries out an action by the id that a button, menu or form has.
func Press(ctx context.Context, env *Env, call Call, id, input string) Reply {
	a, err := ParseAction(id)
	if err != nil {
		return notice(call.Lang, oldButton, oldButtonHint)
	}
	v := verbs[a.Verb]
	if v.curators && !env.mayCurate(call) {
		return notice(call.Lang, notCurator, notCuratorHint)
	}
	return v.run(ctx, env, call, a, input)
}

// onFact is an action on a fact: base/id make two arguments.
func onFact(verb, factID string, more ...string) Action {
	base, id := cutID(factID)
	return Action{verb, append([]string{base, id}, more...)}
}

// factID is the id of the fact that an action is on.
func (a Action) factID() string { return a.Args[0] + "/" + a.Args[1] }
