package commands

import (
	"context"
	"strconv"
	"strings"

	"summitbot/facts"
)

// historyCommand lists who changed what.
func historyCommand() Command {
	return Command{Name: "history", Options: []Option{factOption(false)}, Run: runHistory, Suggest: suggestAnyFact}
}

// changesOnPage is how many changes are shown at once.
const changesOnPage = 5

func runHistory(ctx context.Context, env *Env, call Call) Reply {
	fact := strings.TrimPrefix(strings.TrimSpace(call.Options["fact"]), pickedMark)
	return historyPage(ctx, env, call, fact, 0)
}

// pressHistory turns to another page: 1/history/all/all/5 or
// 1/history/base/id/5.
func pressHistory(ctx context.Context, env *Env, call Call, a Action, _ string) Reply {
	fact := a.factID()
	if fact == everything+"/"+everything {
		fact = ""
	}
	skip, _ := strconv.Atoi(a.Args[2]) // what is no number is the first page
	r := historyPage(ctx, env, call, fact, max(skip, 0))
	r.Replaces = r.Err == nil
	return r
}

// everything stands in an action for no fact in particular.
const everything = "all"

func historyPage(ctx context.Context, env *Env, call Call, fact string, skip int) Reply {
	v := voiceIn(baseLanguage(call.Lang))
	list, all, err := env.Store.Changes(ctx, fact, skip, changesOnPage)
	if err != nil {
		return failure(call.Lang, err)
	}
	if len(list) == 0 {
		return notice(call.Lang, historyEmpty)
	}
	r := Reply{Lang: v.lang, Title: v.say(historyTitle), Private: true}
	for _, c := range list {
		r.Entries = append(r.Entries, v.change(c))
	}
	base, id := cutID(fact)
	if fact == "" {
		base, id = everything, everything
	}
	r.Buttons = v.pages(skip, changesOnPage, all, func(skip int) Action { return Action{"history", []string{base, id, itoa(skip)}} })
	return r
}

// pages are the buttons to what comes before and after.
func (v *voice) pages(skip, most, all int, to func(skip int) Action) [][]Button {
	var row []Button
	if skip > 0 {
		row = append(row, Button{Label: v.say(pageBack), Emoji: "◀️", Does: to(max(skip-most, 0))})
	}
	if skip+most < all {
		row = append(row, Button{Label: v.say(pageOn), Emoji: "▶️", Does: to(skip + most)})
	}
	if row == nil {
		return nil
	}
	return [][]Button{row}
}

// change tells who changed what, and what it was before.
func (v *voice) change(c Change) Entry {
	title := c.Fact
	for _, f := range []*facts.Fact{c.Before, c.After} {
		if f != nil {
			title, _ = f.Title.In(v.lang)
		}
	}
	e := Entry{Title: "#" + strconv.FormatInt(c.ID, 10) + " · " + v.say(kindOfChange(c.Kind)) + " · " + title, By: c.User, At: c.At}
	switch c.User {
	case "":
		e.Lines = append(e.Lines, v.say(changedInFile))
	case Forgotten:
		e.Lines = append(e.Lines, v.say(changedBySomebody))
	}
	if c.Undoes != 0 {
		e.Lines = append(e.Lines, v.say(undoes, strconv.FormatInt(c.Undoes, 10)))
	}
	e.Lines = append(e.Lines, v.differences(c.Before, c.After)...)
	return e
}

// longestShown is how many characters of a text are shown in the history.
const longestShown = 160

// differences are what is not the same in two states of a fact.
func (v *voice) differences(before, after *facts.Fact) []string {
	if before == nil || after == nil {
		return nil
	}
	var lines []string
	differ := func(what, was, is string) {
		if was != is {
			lines = append(lines, v.say(fromTo, what, cut(orDash(was), longestShown), cut(orDash(is), longestShown)))
		}
	}
	for _, lang := range Languages {
		name := v.say(languageName(lang))
		differ(v.say(draftName)+" ("+name+")", before.Title.Only(lang), after.Title.Only(lang))
		differ(v.say(draftAnswer)+" ("+name+")", before.Answer.Only(lang), after.Answer.Only(lang))
		if was, is := len(facts.PhrasesIn(before.Asks, lang)), len(facts.PhrasesIn(after.Asks, lang)); was != is {
			differ(v.say(draftAsks)+" ("+name+")", itoa(was), itoa(is))
		}
	}
	differ(v.say(draftSources), spellSources(before.Sources), spellSources(after.Sources))
	differ("status", string(before.Status), string(after.Status))
	differ("when", before.When, after.When)
	differ("about", strings.Join(before.About, ", "), strings.Join(after.About, ", "))
	differ("topics", strings.Join(before.Topics, ", "), strings.Join(after.Topics, ", "))
	differ("related", strings.Join(before.Related, ", "), strings.Join(after.Related, ", "))
	return lines
}

func orDash(s string) string {
	if s == "" {
		return "–"
	}
	return s
}
