package facts

// Limits on what curators write. Lengths are in characters (code points).
const (
	MaxTitle      = 80   // of a fact or gap: what a Discord button can show
	MaxAnswer     = 2000 // of an answer or of what a gap says: one Discord message
	MaxAsk        = 400  // of a phrasing, and of every other short text
	MaxQuoteWords = 12   // of a quote: a locator, not a copy of the source
	MaxQuoteCJK   = 60   // the same in scripts that write no spaces
	MaxURL        = 2000 // beyond it browsers and proxies cut
	MaxRefs       = 256  // ids in one list, such as related
	MaxLanguages  = 32   // of one base

	// MaxID bounds every id, so that a button's custom id, which may have 100
	// characters, has room for a base, a fact and a verb.
	MaxID = 40
)

// Limits on files, against mistakes and malice.
const (
	// MaxYAMLSize, in bytes, is five times the largest base that people have
	// written by hand. Such a file parses in half a second, and the worst that
	// malice can make of it in a few; whatever is larger belongs in JSONL.
	MaxYAMLSize = 8 << 20

	// MaxJSONLSize, in bytes, is larger because JSONL is read line by line:
	// what a file costs is what its facts cost, not a multiple of it.
	MaxJSONLSize = 512 << 20

	MaxLine       = 1 << 20 // bytes in a line of JSONL, far beyond any fact
	MaxDepth      = 32      // levels of lists and maps; the format needs eight
	MaxKeys       = 10_000  // keys of one YAML map; the parser's time grows with their square
	MaxBlankLines = 100     // in a row, in YAML
	MaxEmpty      = 1_000   // entries of a YAML file that have no value
	MaxAliasNodes = 10_000  // values that YAML aliases (*name) may add in one file
	MaxParts      = 64      // files beside the main one
	MaxProblems   = 200     // errors, and again warnings, that are told one by one
)
