package commands

import (
	"context"
	"fmt"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"

	"summitbot/facts"
	"summitbot/facts/edit"
)

// Inputs of the form of a fact.
const (
	titleInput   = "title"
	answerInput  = "answer"
	asksInput    = "asks"
	sourcesInput = "sources"
	detailsInput = "details"
)

// longestInput is how many characters a text input takes
// (https://docs.discord.com/developers/components/reference: text input).
const longestInput = 4000

// form asks for what the fact says in a language and, in the first language,
// for what is the same in all.
func (d *draft) form(v *voice, base *facts.Base, lang string) Form {
	f := Form{Title: v.say(draftTitle, v.say(languageName(lang))), Does: Action{"drafted", []string{d.ID, lang}}}
	asks := Input{Name: asksInput, Label: v.say(draftAsks), Hint: v.say(draftAsksHint), Text: d.asksText(lang), Longest: longestInput}
	if n := len(facts.PhrasesIn(d.before().Asks, lang)); !d.asksFit(lang) {
		asks.Label, asks.Hint = v.say(draftMoreAsks), v.say(draftMoreAsksHint, itoa(n))
	}
	f.Inputs = []Input{
		{Name: titleInput, Label: v.say(draftName), Hint: v.say(draftNameHint), Text: d.wording(d.Title, d.before().Title, lang), Short: true, Required: lang == d.Lang, Longest: facts.MaxTitle},
		{Name: answerInput, Label: v.say(draftAnswer), Hint: v.say(draftAnswerHint), Text: d.wording(d.Answer, d.before().Answer, lang), Required: lang == d.Lang, Longest: facts.MaxAnswer},
		asks,
	}
	if lang == d.Lang {
		f.Inputs = append(f.Inputs,
			Input{Name: sourcesInput, Label: v.say(draftSources), Hint: v.say(draftSourcesHint), Text: d.sourcesText(base), Required: true, Longest: longestInput},
			Input{Name: detailsInput, Label: v.say(draftDetails), Hint: v.say(draftDetailsHint), Text: d.detailsText(), Longest: longestInput})
	}
	return f
}

// before is the fact as it stood when the curator began; one without anything
// for a new one.
func (d *draft) before() *facts.Fact {
	if d.Before == nil {
		return &facts.Fact{}
	}
	return d.Before
}

func (d *draft) wording(changed map[string]string, before facts.Text, lang string) string {
	if text, ok := changed[lang]; ok {
		return text
	}
	return before.Only(lang)
}

// asksFit reports whether all phrasings have room in the input. If not, it
// takes further ones alone.
func (d *draft) asksFit(lang string) bool {
	return utf8.RuneCountInString(strings.Join(facts.PhrasesIn(d.before().Asks, lang), "\n")) <= longestInput
}

func (d *draft) asksText(lang string) string {
	if list, ok := d.Asks[lang]; ok {
		return strings.Join(list, "\n")
	}
	list := slices.Clone(d.More[lang])
	if d.asksFit(lang) {
		list = slices.Concat(facts.PhrasesIn(d.before().Asks, lang), list)
	}
	return strings.Join(list, "\n")
}

func (d *draft) sourcesText(base *facts.Base) string {
	if d.Sources != nil {
		return *d.Sources
	}
	if d.Before == nil && len(base.Sources) > 0 {
		return base.Sources[len(base.Sources)-1].ID + ", "
	}
	return spellSources(d.before().Sources)
}

// spellSources writes citations a line each: ref, paragraph, quote.
func spellSources(list []facts.Citation) string {
	var lines []string
	for _, c := range list {
		line := c.Ref
		if c.Paragraph > 0 || c.Quote != "" {
			line += ", " + itoa(c.Paragraph)
		}
		if c.Quote != "" {
			line += ", " + c.Quote
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}

// citationLine reads what spellSources writes, with the commas of all three
// languages, “¶14” and quotes around the quote.
var citationLine = regexp.MustCompile(`^\s*([^,，、\s]+)\s*(?:[,，、]\s*[¶第]?\s*(\d+)\s*[段落문단]*)?\s*(?:[,，、]\s*["“「]?(.*?)["”」]?)?\s*[,，、]?\s*$`)

// parseSources reads citations. What a line cannot say, whose statement it is
// and what a side says of a disputed fact, stays as the fact had it.
func parseSources(base *facts.Base, before *facts.Fact, text string) ([]facts.Citation, error) {
	list := []facts.Citation{}
	for line := range strings.Lines(text) {
		if strings.TrimSpace(line) == "" {
			continue
		}
		part := citationLine.FindStringSubmatch(strings.TrimSpace(line))
		if part == nil {
			return nil, complaint{badSource, []any{strings.TrimSpace(line)}}
		}
		if _, ok := base.Source(part[1]); !ok {
			return nil, complaint{unknownSource, []any{part[1], strings.Join(sourceIDs(base), ", ")}}
		}
		n, _ := strconv.Atoi(part[2]) // none is 0
		list = append(list, facts.Citation{Ref: part[1], Paragraph: n, Quote: part[3]})
	}
	return withStatements(list, before.Sources), nil
}

// withStatements gives citations back whose statement they are and what a side
// says: each of those that were there to one line alone, that with its quote or
// else, when the quote is new, the next of its paragraph.
func withStatements(list, had []facts.Citation) []facts.Citation {
	left := slices.Clone(had)
	take := func(c *facts.Citation, matches func(facts.Citation) bool) {
		if i := slices.IndexFunc(left, matches); i >= 0 {
			c.Says, c.Version = left[i].Says, left[i].Version
			left = slices.Delete(left, i, i+1)
		}
	}
	var renewed []*facts.Citation
	for i := range list {
		c := &list[i]
		same := func(h facts.Citation) bool {
			return h.Ref == c.Ref && h.Paragraph == c.Paragraph && h.Quote == c.Quote
		}
		if take(c, same); !slices.ContainsFunc(had, same) {
			renewed = append(renewed, c)
		}
	}
	for _, c := range renewed {
		take(c, func(h facts.Citation) bool { return h.Ref == c.Ref && h.Paragraph == c.Paragraph })
	}
	return list
}

func sourceIDs(b *facts.Base) []string {
	var ids []string
	for _, s := range b.Sources {
		ids = append(ids, s.ID)
	}
	return ids
}

// details are the fields of a fact that curators type as "key: value".
var detailKeys = []string{"id", "status", "when", "about", "topics", "related"}

func (d *draft) detailsText() string {
	if d.Details != nil {
		return *d.Details
	}
	if d.Before == nil {
		return "id: \nstatus: " + string(facts.Reported) + "\nwhen: \nabout: \ntopics: "
	}
	f := d.Before
	return fmt.Sprintf("status: %s\nwhen: %s\nabout: %s\ntopics: %s\nrelated: %s", f.Status, f.When, strings.Join(f.About, ", "), strings.Join(f.Topics, ", "), strings.Join(f.Related, ", "))
}

// detailsOf reads what was typed; a line that cannot be read is left out.
func detailsOf(typed *string) map[string]string {
	out := map[string]string{}
	if typed == nil {
		return out
	}
	for line := range strings.Lines(*typed) {
		if key, value, ok := strings.Cut(strings.Replace(line, "：", ":", 1), ":"); ok {
			out[strings.ToLower(strings.TrimSpace(key))] = strings.TrimSpace(value)
		}
	}
	return out
}

// setDetails sets the fields that were typed.
func setDetails(fields *edit.Fields, typed string) error {
	for key, value := range detailsOf(&typed) {
		switch key {
		case "id":
		case "status":
			fields.Status = pointTo(facts.Status(strings.ToLower(value)))
		case "when":
			fields.When = pointTo(value)
		case "about":
			fields.About = idList(value)
		case "topics":
			fields.Topics = idList(value)
		case "related":
			fields.Related = idList(value)
		default:
			return complaint{unknownDetail, []any{key, strings.Join(detailKeys, ", ")}}
		}
	}
	return nil
}

// idList reads ids with commas between them; none is an empty list.
func idList(text string) []string {
	return append([]string{}, strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(", ，、\t", r) })...)
}

// A complaint is what is wrong with what a curator typed.
type complaint struct {
	what Sentence
	args []any
}

func (c complaint) Error() string { return Say(Languages[0], c.what, c.args...) }

// take reads a filled-in form into the draft. What was left as it stood is not
// part of the change.
func (d *draft) take(base *facts.Base, lang string, fields map[string]string) {
	fresh := *d
	fresh.Title, fresh.Answer, fresh.Asks, fresh.More, fresh.Sources, fresh.Details = nil, nil, nil, nil, nil, nil
	take := func(name, stood string, into map[string]string) {
		text, ok := fields[name]
		text = strings.TrimSpace(text)
		delete(into, lang)
		if ok && text != strings.TrimSpace(stood) {
			into[lang] = text
		}
	}
	take(titleInput, fresh.wording(nil, d.before().Title, lang), d.Title)
	take(answerInput, fresh.wording(nil, d.before().Answer, lang), d.Answer)
	if text, ok := fields[asksInput]; ok {
		d.takeAsks(lang, lineList(text), lineList(fresh.asksText(lang)))
	}
	if lang != d.Lang {
		return
	}
	d.Sources = changedText(fields, sourcesInput, fresh.sourcesText(base), d.Before == nil)
	d.Details = changedText(fields, detailsInput, fresh.detailsText(), d.Before == nil)
}

func (d *draft) takeAsks(lang string, typed, stood []string) {
	delete(d.Asks, lang)
	delete(d.More, lang)
	switch {
	case slices.Equal(typed, stood):
	case d.asksFit(lang):
		d.Asks[lang] = typed
	default:
		d.More[lang] = typed
	}
}

func changedText(fields map[string]string, name, stood string, isNew bool) *string {
	text, ok := fields[name]
	if !ok || !isNew && strings.TrimSpace(text) == strings.TrimSpace(stood) {
		return nil
	}
	return &text
}

// lineList are the lines of a text that are not empty.
func lineList(text string) []string {
	list := []string{}
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}

func itoa(n int) string { return strconv.Itoa(n) }

// openForm keeps the draft and opens its form.
func (d *draft) openForm(ctx context.Context, env *Env, call Call, base *facts.Base, lang string) Reply {
	if err := d.keep(ctx, env); err != nil {
		return failure(call.Lang, err)
	}
	v := voiceIn(baseLanguage(call.Lang))
	form := d.form(v, base, lang)
	return Reply{Lang: v.lang, Form: &form}
}
