package facts

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// A reference from a fact or gap to a fact. It may point onwards, so it is
// checked when all facts are known.
type reference struct {
	kind referenceKind
	from owner
	id   string
	to   owner // known after resolve
	at   place
	item int // index in the list
}

type referenceKind uint8

const (
	superseding referenceKind = iota
	relating
	covering
	nearing
)

// referenceKeys are the fields that hold each kind.
var referenceKeys = [...]string{superseding: "superseded_by", relating: "related", covering: "covers", nearing: "near"}

func (r *reference) path() string {
	path := r.from.path() + "." + referenceKeys[r.kind]
	if r.kind == superseding {
		return path
	}
	return fmt.Sprintf("%s[%d]", path, r.item)
}

// laterID reads the id of a fact that may come later.
func (d *decoder) laterID(n *node, kind referenceKind) string { return d.laterItem(n, kind, 0) }

// laterIDs reads a list of such ids.
func (d *decoder) laterIDs(n *node, kind referenceKind) []string {
	i := -1
	return d.idList(n, func(kid *node) string {
		i++
		return d.laterItem(kid, kind, i)
	})
}

func (d *decoder) laterItem(n *node, kind referenceKind, i int) string {
	if !d.expect(n, textNode, "the id of a fact") {
		return ""
	}
	id := d.texts.keep(n.text)
	d.later = append(d.later, reference{kind: kind, from: d.reader, id: id, at: n.at, item: i})
	return id
}

// checkReferences reports references to facts that do not exist, and circles.
func (d *decoder) checkReferences() {
	found := d.later[:0]
	for _, r := range d.later {
		to, ok := d.owners[r.id]
		switch {
		case (!ok || to.isGap()) && d.report.skipError():
		case !ok:
			d.errorAt(r.at, r.path(), r.id, excerpt(r.id)+" is no fact"+suggestion(r.id, d.factIDs()))
		case to.isGap():
			d.errorAt(r.at, r.path(), r.id, excerpt(r.id)+" is a gap; name a fact")
		case to == r.from && (r.kind == relating):
			d.errorAt(r.at, r.path(), r.id, excerpt(r.id)+" is this fact itself; leave it out")
		default:
			r.to = to
			found = append(found, r)
		}
	}
	d.later = nil
	d.checkCircles(found, superseding, "is superseded by")
	d.checkCircles(found, covering, "covers")
}

// factIDs returns the ids that a misspelt reference is compared with.
func (d *decoder) factIDs() []string {
	ids := make([]string, min(len(d.base.Facts), suggestFrom))
	for i := range ids {
		ids[i] = d.base.Facts[i].ID
	}
	return ids
}

// checkCircles reports facts that supersede or cover themselves, directly or
// through others: each circle once, at the reference that closes it.
func (d *decoder) checkCircles(all []reference, kind referenceKind, verb string) {
	graph := edges(all, kind)
	state := make(map[owner]walkState)
	for _, r := range graph {
		if state[r.from] == unseen {
			d.walk(graph, r.from, state, verb)
		}
	}
}

// edges returns the references of one kind, sorted by where they come from.
func edges(all []reference, kind referenceKind) (graph []reference) {
	for _, r := range all {
		if r.kind == kind {
			graph = append(graph, r)
		}
	}
	slices.SortStableFunc(graph, func(a, b reference) int { return cmp.Compare(a.from, b.from) })
	return graph
}

func edgesFrom(graph []reference, from owner) int {
	i, _ := slices.BinarySearchFunc(graph, from, func(r reference, o owner) int { return cmp.Compare(r.from, o) })
	return i
}

type walkState uint8

const (
	unseen walkState = iota
	onPath           // between the start of the walk and where it is now
	done
)

// walk goes depth first from start. It keeps its own stack, since a chain
// may be as long as the base.
func (d *decoder) walk(graph []reference, start owner, state map[owner]walkState, verb string) {
	type visit struct {
		fact owner
		next int // index in graph
	}
	path := []visit{{start, edgesFrom(graph, start)}}
	state[start] = onPath
	for len(path) > 0 {
		top := &path[len(path)-1]
		if top.next == len(graph) || graph[top.next].from != top.fact {
			state[top.fact] = done
			path = path[:len(path)-1]
			continue
		}
		r := &graph[top.next]
		top.next++
		switch state[r.to] {
		case unseen:
			state[r.to] = onPath
			path = append(path, visit{r.to, edgesFrom(graph, r.to)})
		case onPath:
			first := slices.IndexFunc(path, func(v visit) bool { return v.fact == r.to })
			var circle []owner
			for _, v := range path[first:] {
				circle = append(circle, v.fact)
			}
			d.circle(r, circle, verb)
		}
	}
}

func (d *decoder) circle(r *reference, facts []owner, verb string) {
	const most = 6
	var ids []string
	for _, o := range facts[:min(len(facts), most)] {
		ids = append(ids, "`"+d.ownerID(o)+"`")
	}
	if len(facts) > most {
		ids = append(ids, "…")
	}
	ids = append(ids, "`"+r.id+"`")
	d.errorAt(r.at, r.path(), r.id, "this goes in a circle: "+strings.Join(ids, " "+verb+" ")+"; take one of them out")
}
