package facts

// A node is one value in a file, whether YAML or JSON, with its place.
type node struct {
	kind  kind
	at    place
	text  string // of a scalar: as written, without quotes
	key   string // of a value in a map
	keyAt place
	kids  []node // of a list or map, in the order of the file
}

type kind uint8

const (
	nullNode kind = iota
	boolNode
	numberNode
	textNode
	listNode
	mapNode
)

// describe says what n is: "a list", "the number `15`".
func (n *node) describe() string {
	switch n.kind {
	case nullNode:
		return "nothing"
	case boolNode:
		return excerpt(n.text)
	case numberNode:
		return "the number " + excerpt(n.text)
	case textNode:
		return "the text " + excerpt(n.text)
	case listNode:
		return "a list"
	default:
		return "a map"
	}
}

// child returns the value of a map's first such key, or nil.
func (n *node) child(key string) *node {
	for i := range n.kids {
		if n.kids[i].key == key {
			return &n.kids[i]
		}
	}
	return nil
}
