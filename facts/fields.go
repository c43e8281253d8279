package facts

// The tables in this file are the format of a facts file: which keys a map
// has, and how each is read. A test holds schema.json against them.

// A field is one key of a map in a facts file, read into a T.
type field[T any] struct {
	key      string
	shape    string // what may stand there: the name of a definition in schema.json
	required bool
	read     func(d *decoder, n *node, into *T)
}

// An object is a map with known keys.
type object[T any] struct {
	name   string // as in "a fact has no key …"
	fields []field[T]
}

// maxFields bounds the keys of an object, so that reading one allocates nothing.
const maxFields = 16

// keys returns the keys in the order of the table.
func (o *object[T]) keys() []string {
	keys := make([]string, len(o.fields))
	for i, f := range o.fields {
		keys[i] = f.key
	}
	return keys
}

func (o *object[T]) index(key string) int {
	for i := range o.fields {
		if o.fields[i].key == key {
			return i
		}
	}
	return -1
}

// read reads n in the order of the table, not of the file: languages must be
// known before texts, and names before facts.
func (o *object[T]) read(d *decoder, n *node, into *T) {
	if !d.expect(n, mapNode, "a map with the keys of a "+o.name) {
		return
	}
	var found [maxFields]*node
	for i := range n.kids {
		kid := &n.kids[i]
		switch at := o.index(kid.key); {
		case at < 0:
			d.unknownKey(kid, o.name, o.keys())
		case found[at] != nil:
			d.doubleKey(kid, found[at])
		default:
			found[at] = kid
		}
	}
	for i := range o.fields {
		f := &o.fields[i]
		switch {
		case found[i] != nil:
			d.in(f.key)
			f.read(d, found[i], into)
			d.out()
		case f.required:
			d.errorf(n, "a %s needs `%s`", o.name, f.key)
		}
	}
}

var baseObject = object[Base]{"base", []field[Base]{
	{"base", "id", true, func(d *decoder, n *node, b *Base) { b.ID = d.id(n) }},
	{"languages", "languages", true, func(d *decoder, n *node, b *Base) { b.Languages = d.languages(n) }},
	{"title", "title", true, func(d *decoder, n *node, b *Base) { b.Title = d.text(n, MaxTitle, oneLine) }},
	{"parts", "parts", false, func(d *decoder, n *node, b *Base) { d.parts = d.partNames(n) }},
	{"sources", "sources", false, readSources},
	{"names", "names", false, readNames},
	{"terms", "terms", false, readTerms},
	{"topics", "topics", false, readTopics},
	{"declines", "phrases", false, readDeclines},
	{"facts", "facts", false, readFacts},
	{"gaps", "gaps", false, readGaps},
}}

var sourceObject = object[Source]{"source", []field[Source]{
	{"title", "short", true, func(d *decoder, n *node, s *Source) { s.Title = d.short(n) }},
	{"publisher", "short", true, func(d *decoder, n *node, s *Source) { s.Publisher = d.short(n) }},
	{"by", "short", false, func(d *decoder, n *node, s *Source) { s.By = d.short(n) }},
	{"published", "day", false, func(d *decoder, n *node, s *Source) { s.Published = d.day(n) }},
	{"url", "url", true, func(d *decoder, n *node, s *Source) { s.URL = d.url(n) }},
	{"language", "language", false, func(d *decoder, n *node, s *Source) { s.Language = d.languageTag(n) }},
	{"archive", "url", false, func(d *decoder, n *node, s *Source) { s.Archive = d.url(n) }},
	{"text_sha256", "sha256", false, func(d *decoder, n *node, s *Source) { s.TextSHA256 = d.sha256(n) }},
}}

var nameObject = object[Name]{"name", []field[Name]{
	{"kind", "kind", true, func(d *decoder, n *node, m *Name) { m.Kind = d.choice(n, "kind", NameKinds) }},
	{"label", "title", true, func(d *decoder, n *node, m *Name) { m.Label = d.text(n, MaxTitle, oneLine) }},
	{"stands_for", "id", false, func(d *decoder, n *node, m *Name) { m.StandsFor = d.knownID(n, &d.names) }},
	{"spellings", "phrases", false, func(d *decoder, n *node, m *Name) { m.Spellings = d.spellings(n) }},
}}

var factObject = object[Fact]{"fact", []field[Fact]{
	{"id", "id", true, func(d *decoder, n *node, f *Fact) { f.ID = d.newID(n) }},
	{"title", "title", true, func(d *decoder, n *node, f *Fact) { f.Title = d.translated(n, MaxTitle, oneLine) }},
	{"answer", "answer", true, func(d *decoder, n *node, f *Fact) { f.Answer = d.translated(n, MaxAnswer, manyLines) }},
	{"asks", "phrases", false, func(d *decoder, n *node, f *Fact) { f.Asks = d.asks(n) }},
	{"about", "ids", false, func(d *decoder, n *node, f *Fact) { f.About = d.known(n, &d.names) }},
	{"topics", "ids", false, func(d *decoder, n *node, f *Fact) { f.Topics = d.known(n, &d.topics) }},
	{"when", "when", false, func(d *decoder, n *node, f *Fact) { f.When = d.when(n) }},
	{"sources", "citations", true, func(d *decoder, n *node, f *Fact) { f.Sources = d.citations(n) }},
	{"status", "status", false, func(d *decoder, n *node, f *Fact) { f.Status = Status(d.choice(n, "status", statusNames)) }},
	{"superseded_by", "id", false, func(d *decoder, n *node, f *Fact) { f.SupersededBy = d.laterID(n, superseding) }},
	{"related", "ids", false, func(d *decoder, n *node, f *Fact) { f.Related = d.laterIDs(n, relating) }},
	{"covers", "ids", false, func(d *decoder, n *node, f *Fact) { f.Covers = d.laterIDs(n, covering) }},
	{"tests", "phrases", false, func(d *decoder, n *node, f *Fact) { f.Tests = d.tests(n, FactTestItem) }},
	{"updated", "day", false, func(d *decoder, n *node, f *Fact) { f.Updated = d.day(n) }},
}}

var citationObject = object[Citation]{"citation", []field[Citation]{
	{"ref", "id", true, func(d *decoder, n *node, c *Citation) { c.Ref = d.knownID(n, &d.sources) }},
	{"paragraph", "paragraph", false, func(d *decoder, n *node, c *Citation) { c.Paragraph = d.paragraph(n) }},
	{"quote", "quote", false, func(d *decoder, n *node, c *Citation) { c.Quote = d.quote(n) }},
	{"says", "text", false, func(d *decoder, n *node, c *Citation) { c.Says = d.text(n, MaxAsk, oneLine) }},
	{"version", "text", false, func(d *decoder, n *node, c *Citation) { c.Version = d.text(n, MaxAsk, oneLine) }},
}}

var gapObject = object[Gap]{"gap", []field[Gap]{
	{"id", "id", true, func(d *decoder, n *node, g *Gap) { g.ID = d.newID(n) }},
	{"title", "title", true, func(d *decoder, n *node, g *Gap) { g.Title = d.translated(n, MaxTitle, oneLine) }},
	{"says", "answer", false, func(d *decoder, n *node, g *Gap) { g.Says = d.translated(n, MaxAnswer, manyLines) }},
	{"asks", "phrases", false, func(d *decoder, n *node, g *Gap) { g.Asks = d.asks(n) }},
	{"about", "ids", false, func(d *decoder, n *node, g *Gap) { g.About = d.known(n, &d.names) }},
	{"near", "ids", false, func(d *decoder, n *node, g *Gap) { g.Near = d.laterIDs(n, nearing) }},
	{"tests", "phrases", false, func(d *decoder, n *node, g *Gap) { g.Tests = d.tests(n, GapTestItem) }},
}}

// A part is a file beside the main one. Its lists go into the base as they
// are read.
type part struct {
	language string
}

var partObject = object[part]{"part", []field[part]{
	{"base", "id", true, func(d *decoder, n *node, _ *part) { d.sameBase(n) }},
	{"language", "language", true, func(d *decoder, n *node, p *part) { p.language = d.declared(n) }},
	{"asks", "phrases_by_id", false, func(d *decoder, n *node, p *part) { d.partAsks(n, p.language) }},
	{"terms", "term_groups", false, func(d *decoder, n *node, p *part) { d.termGroups(n, p.language) }},
	{"names", "phrases_by_id", false, func(d *decoder, n *node, p *part) { d.partSpellings(n, p.language) }},
	{"tests", "phrases_by_id", false, func(d *decoder, n *node, p *part) { d.partTests(n, p.language) }},
	{"declines", "phrase_list", false, func(d *decoder, n *node, p *part) { d.partDeclines(n, p.language) }},
}}
