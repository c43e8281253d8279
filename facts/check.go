package facts

// finish makes the checks that need the whole base, parts included.
func (d *decoder) finish() {
	d.checkReferences()
	for i := range d.base.Facts {
		d.checkAsked(owner(i), d.base.Facts[i].Asks)
	}
	for i := range d.base.Gaps {
		d.checkAsked(^owner(i), d.base.Gaps[i].Asks)
	}
	if len(d.base.Facts) == 0 && len(d.report.errors) == 0 {
		d.warnAt(d.baseAt, "facts", "the base has no facts yet")
	}
}

// checkAsked warns when people can ask in some languages only. Without any
// phrasing a fact is found by its title and answer: that is a choice.
func (d *decoder) checkAsked(o owner, asks []Phrase) {
	if len(asks) == 0 || len(d.base.Languages) == 1 {
		return
	}
	missing := d.missing(asks)
	if len(missing) > 0 && !d.report.skipWarning() {
		d.warnAt(d.ownerPlace(o), o.path()+".asks", "`"+cut(d.ownerID(o))+"` has no phrasing in "+oneOf(missing))
	}
}
