package commands

import (
	"slices"
	"strconv"

	"summitbot/facts"
)

// fact puts a fact into words for a reader of lang.
func (w *voice) fact(ref facts.Ref, lang string) Fact {
	title, _ := ref.Fact.Title.In(lang)
	text, found := ref.Fact.Answer.In(lang)
	f := Fact{
		ID:        ref.ID(),
		Title:     title,
		Text:      text,
		Standing:  w.say(statusName(ref.Fact.Status)),
		Warning:   mustWarn(ref.Fact.Status),
		Confirmed: ref.Fact.Status == facts.Confirmed,
		When:      w.when(ref.Fact.When),
	}
	if latest := published(ref); latest != "" {
		f.AsOf = w.say(asOf, w.date(latest))
	}
	if found != lang {
		f.Fallback = w.fallback(found)
	}
	if title := replacement(ref, lang); title != "" {
		f.Standing = w.say(replacedBy, title)
	}
	for _, c := range ref.Fact.Sources {
		f.Sources = append(f.Sources, w.source(ref.Base, c, lang))
	}
	return f
}

// replacement is the title of the fact that replaces a superseded one.
func replacement(ref facts.Ref, lang string) string {
	i := slices.IndexFunc(ref.Base.Facts, func(f facts.Fact) bool { return f.ID == ref.Fact.SupersededBy })
	if i < 0 || ref.Fact.SupersededBy == "" {
		return ""
	}
	title, _ := ref.Base.Facts[i].Title.In(lang)
	return title
}

// published is the day on which the latest of a fact's sources appeared: what
// happened since, the fact cannot know.
func published(ref facts.Ref) (latest string) {
	for _, c := range ref.Fact.Sources {
		source, _ := ref.Base.Source(c.Ref)
		latest = max(latest, source.Published)
	}
	return latest
}

// mustWarn reports whether a reader who overlooks the standing is misled.
func mustWarn(s facts.Status) bool { return s != facts.Confirmed && s != facts.Reported }

// source puts a citation into words.
func (w *voice) source(base *facts.Base, c facts.Citation, lang string) Source {
	source, ok := base.Source(c.Ref)
	if !ok { // the loader refuses such a base; one made by hand still shows its id
		source.Publisher = c.Ref
	}
	return Source{
		Line: w.place(source, c.Paragraph),
		Says: w.says(c, lang),
		Link: c.Link(source),
	}
}

// place names a source and, if it is known, the paragraph.
func (w *voice) place(source facts.Source, n int) string {
	if n == 0 {
		return w.say(sourceLine, source.Publisher, w.date(source.Published))
	}
	return w.say(paragraph, source.Publisher, w.date(source.Published), strconv.Itoa(n))
}

// says tells whose statement it is and, of a disputed fact, what they say.
func (w *voice) says(c facts.Citation, lang string) string {
	who, _ := c.Says.In(lang)
	theirs, _ := c.Version.In(lang)
	switch {
	case theirs != "" && who != "":
		return w.say(version, who, theirs)
	case theirs != "":
		return theirs
	case who != "":
		return w.say(says, who)
	}
	return ""
}
