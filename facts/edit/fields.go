package edit

import (
	"maps"
	"slices"
	"strconv"

	"summitbot/facts"
)

// ownerKeys are the keys of a fact, and of a gap, in the order in which they
// are written, which is that of the format's tables.
var ownerKeys = []string{"id", "title", "answer", "says", "asks", "about", "topics", "when", "sources", "status", "superseded_by", "related", "near", "covers", "tests", "updated"}

// baseKeys and partKeys are those of a base and of a part.
var (
	baseKeys = []string{"base", "languages", "title", "parts", "sources", "names", "terms", "topics", "declines", "facts", "gaps"}
	partKeys = []string{"base", "language", "asks", "terms", "names", "tests", "declines"}
)

// A Fields holds the fields of a fact that are to be set. What is nil stays as
// it is; what is empty but not nil is taken out of the file.
type Fields struct {
	Title        facts.Text          // all translations
	Answer       facts.Text          // all translations
	Asks         map[string][]string // by language: all phrasings in it; of other languages they stay. Empty: none in any language
	About        []string
	Topics       []string
	When         *string
	Sources      []facts.Citation
	Status       *facts.Status
	SupersededBy *string
	Related      []string
	Covers       []string
	Tests        map[string][]string // as Asks
	Updated      *string
}

// All are the fields that make a fact what it is, for adding it again or
// setting it back. Phrasings and tests are set in all languages that the fact
// has anything in.
func All(fact *facts.Fact) Fields {
	return Fields{
		Title:        slices.Concat(facts.Text{}, fact.Title),
		Answer:       slices.Concat(facts.Text{}, fact.Answer),
		Asks:         byLanguage(fact, fact.Asks),
		About:        slices.Concat([]string{}, fact.About),
		Topics:       slices.Concat([]string{}, fact.Topics),
		When:         &fact.When,
		Sources:      slices.Concat([]facts.Citation{}, fact.Sources),
		Status:       &fact.Status,
		SupersededBy: &fact.SupersededBy,
		Related:      slices.Concat([]string{}, fact.Related),
		Covers:       slices.Concat([]string{}, fact.Covers),
		Tests:        byLanguage(fact, fact.Tests),
		Updated:      &fact.Updated,
	}
}

// byLanguage sorts phrases by language, with an empty list for each language
// of the fact that has none.
func byLanguage(fact *facts.Fact, phrases []facts.Phrase) map[string][]string {
	out := map[string][]string{}
	for _, p := range slices.Concat(fact.Title, fact.Answer, fact.Asks, fact.Tests) {
		out[p.Lang] = []string{}
	}
	for _, p := range phrases {
		out[p.Lang] = append(out[p.Lang], p.Text)
	}
	return out
}

// setOn returns a fact with all fields but asks and tests. Plain texts are in
// the language ref.
func (fs Fields) setOn(fact *node, ref string) *node {
	set := func(key string, given bool, value *node) {
		if given {
			fact = fact.with(key, value, ownerKeys)
		}
	}
	set("title", fs.Title != nil, textNode(fs.Title, ref))
	set("answer", fs.Answer != nil, textNode(fs.Answer, ref))
	set("about", fs.About != nil, idList(fs.About))
	set("topics", fs.Topics != nil, idList(fs.Topics))
	set("when", fs.When != nil, dateNode(fs.When))
	set("sources", fs.Sources != nil, citationList(fs.Sources, ref))
	set("status", fs.Status != nil && !isDefault(*fs.Status, fact), idNode((*string)(fs.Status)))
	set("superseded_by", fs.SupersededBy != nil, idNode(fs.SupersededBy))
	set("related", fs.Related != nil, idList(fs.Related))
	set("covers", fs.Covers != nil, idList(fs.Covers))
	set("updated", fs.Updated != nil, dateNode(fs.Updated))
	return fact
}

// isDefault reports whether a fact without status means the one given, and
// neither it nor its neighbours have one.
func isDefault(s facts.Status, fact *node) bool {
	return s == facts.Reported && fact.child("status") == nil && (fact.line > 0 || fact.like != nil && fact.like.child("status") == nil)
}

// textNode returns a text, as wanted, or nil for an empty one.
func textNode(t facts.Text, ref string) *node {
	if len(t) == 0 {
		return nil
	}
	out := &node{kind: mapKind, ref: ref, uniform: true}
	for _, p := range t {
		out.kids = append(out.kids, &node{kind: textKind, key: p.Lang, text: p.Text, quoted: true})
	}
	return out
}

func idNode(id *string) *node {
	if id == nil || *id == "" {
		return nil
	}
	return &node{kind: textKind, text: *id}
}

func dateNode(date *string) *node {
	if date == nil || *date == "" {
		return nil
	}
	return &node{kind: dateKind, text: *date, quoted: true}
}

func idList(ids []string) *node {
	if len(ids) == 0 {
		return nil
	}
	out := &node{kind: listKind, flow: true}
	for _, id := range ids {
		out.kids = append(out.kids, &node{kind: textKind, text: id})
	}
	return out
}

func phraseList(phrases []string) *node {
	if len(phrases) == 0 {
		return nil
	}
	out := &node{kind: listKind}
	for _, text := range phrases {
		out.kids = append(out.kids, &node{kind: textKind, text: text, quoted: true})
	}
	return out
}

func citationList(citations []facts.Citation, ref string) *node {
	if len(citations) == 0 {
		return nil
	}
	out := &node{kind: listKind}
	for _, c := range citations {
		out.kids = append(out.kids, citationNode(c, ref))
	}
	return out
}

func citationNode(c facts.Citation, ref string) *node {
	out := &node{kind: mapKind}
	add := func(key string, value *node) {
		if value != nil {
			out.kids = append(out.kids, value.named(key))
		}
	}
	add("ref", &node{kind: textKind, text: c.Ref})
	if c.Paragraph > 0 {
		add("paragraph", &node{kind: numberKind, text: strconv.Itoa(c.Paragraph)})
	}
	if c.Quote != "" {
		add("quote", &node{kind: textKind, text: c.Quote, quoted: true})
	}
	add("says", textNode(c.Says, ref))
	add("version", textNode(c.Version, ref))
	return out
}

// languages returns those of a map in order.
func languages(byLang map[string][]string) []string { return slices.Sorted(maps.Keys(byLang)) }
