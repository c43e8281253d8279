package edit

import (
	"slices"
	"strings"
)

// A node is a value in a facts file, as it stands there or as it is wanted.
// One that stands in a file knows its extent; a wanted tree shares with the
// file's all that does not change.
type node struct {
	kind kind
	text string // of a scalar, without quotes
	key  string // of a value in a map
	kids []*node

	// Of a wanted node.
	ref     string // of a map by language: where only this language is there, the value alone may stand for the map
	quoted  bool   // a text that is put in quotes where no other is there to look like
	uniform bool   // a map whose values all look alike
	flow    bool   // a list or map that is written in brackets where no other is there to look like
	like    *node  // what new parts of it should look like

	// Of a node in a file.
	style            style
	start, end       int    // the extent of the value: offsets in bytes
	keyStart, keyEnd int    // the extent of the key
	colon            int    // behind the colon of the key
	dash             int    // of an item of a block list: its dash
	indent           int    // of a block list or map: the column of its dashes or keys, from 0
	offset           int    // of a block list or map: how far in from its parent it stands, in columns
	header           string // of a block of text: "|", ">-"
	inFlow           bool   // whether it stands within brackets
	bound            string // why it cannot be changed; "" when it can
	anchored         bool
	line, column     int // from 1
}

type kind uint8

const (
	nullKind kind = iota
	otherKind
	numberKind
	textKind
	dateKind // wanted only: text or number, whichever stands there
	listKind
	mapKind
)

type style uint8

const (
	plainStyle style = iota
	singleStyle
	doubleStyle
	blockStyle // of a list or map: lines; of a text: | or >
	flowStyle  // of a list or map: in brackets
)

func (n *node) isScalar() bool { return n.kind != listKind && n.kind != mapKind }

// child returns the value of a key, or nil.
func (n *node) child(key string) *node {
	if n == nil {
		return nil
	}
	if i := n.index(key); i >= 0 {
		return n.kids[i]
	}
	return nil
}

func (n *node) index(key string) int {
	return slices.IndexFunc(n.kids, func(kid *node) bool { return kid.key == key })
}

// with returns a copy of a map in which key has a value, or has none if value
// is nil. A new key comes behind the last of those before it in order.
func (n *node) with(key string, value *node, order []string) *node {
	out := *n
	at := n.index(key)
	if value == nil {
		if at >= 0 {
			out.kids = slices.Delete(slices.Clone(n.kids), at, at+1)
		}
		return &out
	}
	value = value.named(key)
	if at >= 0 {
		out.kids = slices.Clone(n.kids)
		out.kids[at] = value
		return &out
	}
	out.kids = slices.Insert(slices.Clone(n.kids), n.placeFor(key, order), value)
	return &out
}

// placeFor returns the index for a new key.
func (n *node) placeFor(key string, order []string) int {
	rank := slices.Index(order, key)
	if rank < 0 {
		return len(n.kids)
	}
	for i := len(n.kids) - 1; i >= 0; i-- {
		if other := slices.Index(order, n.kids[i].key); other >= 0 && other < rank {
			return i + 1
		}
	}
	return 0
}

// withItems returns a copy of a list with other items, or nil when there are
// none.
func (n *node) withItems(items []*node) *node {
	if len(items) == 0 {
		return nil
	}
	out := *n
	out.kids = items
	return &out
}

// withKey is with for maps that are left out when they are empty.
func (n *node) withKey(key string, value *node) *node {
	if out := n.with(key, value, nil); len(out.kids) > 0 {
		return out
	}
	return nil
}

func (n *node) named(key string) *node {
	if n.key == key {
		return n
	}
	out := *n
	out.key = key
	return &out
}

// shapedLike returns the value alone of a wanted map by language, if other is
// no map and that is enough.
func (n *node) shapedLike(other *node) *node {
	if n.ref == "" || other != nil && other.kind == mapKind || len(n.kids) != 1 || n.kids[0].key != n.ref {
		return n
	}
	return n.kids[0].named(n.key)
}

// equal reports whether what stands in a file means what is wanted. The order
// in a map and the space around a text mean nothing.
func equal(have, want *node) bool {
	if have == want {
		return true
	}
	want = want.shapedLike(have)
	switch {
	case want.isScalar():
		return sameKind(have.kind, want.kind) && strings.TrimSpace(have.text) == strings.TrimSpace(want.text)
	case have.kind != want.kind || len(have.kids) != len(want.kids):
		return false
	case want.kind == listKind:
		return slices.EqualFunc(have.kids, want.kids, equal)
	}
	for i, kid := range want.kids {
		other := have.kids[i] // mostly in the same order
		if other.key != kid.key {
			other = have.child(kid.key)
		}
		if other == nil || !equal(other, kid) {
			return false
		}
	}
	return true
}

func sameKind(have, want kind) bool {
	return have == want || want == dateKind && (have == textKind || have == numberKind)
}

// hasAnchor reports whether n or what is in it is an anchor, to which other
// places may refer.
func (n *node) hasAnchor() bool {
	return n.anchored || n.bound == "" && slices.ContainsFunc(n.kids, (*node).hasAnchor)
}

// check binds what the parser tells no clear extent of: where values overlap
// or stand outside of their list or map.
func (n *node) check() {
	if n.isScalar() || n.bound != "" {
		return
	}
	at := n.start
	for i, kid := range n.kids {
		kid.check()
		first := kid.start
		switch {
		case kid.colon > 0:
			first = kid.keyStart
		case n.style == blockStyle:
			first = kid.dash
		}
		apart := i == 0 || first > at || n.style == flowStyle && first >= at
		ordered := kid.colon == 0 || kid.keyStart < kid.keyEnd && kid.keyEnd < kid.colon && kid.colon <= kid.start
		if first < at || !apart || !ordered || first > kid.start || kid.start > kid.end || kid.end > n.end {
			n.bound = unclear
			return
		}
		at = kid.end
	}
}
