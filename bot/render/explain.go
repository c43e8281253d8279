package render

import (
	"fmt"
	"strings"

	"summitbot/facts"
)

// Explanation renders why a decision came out as it did, for curators and
// operators. It is in English whatever the question.
func (t Text) Explanation(d facts.Decision) string {
	p := &page{Text: t, lang: "en"}
	p.line(bold, "Why")
	p.row("outcome", string(d.Outcome))
	p.row("confidence", fmt.Sprintf("%.3f", d.Confidence))
	if d.Gap != nil {
		p.row("gap", d.Gap.ID())
	}
	if d.Why != nil {
		p.row("type asked", d.Why.Asks)
		p.row("vetoes", orNone(d.Why.Vetoes))
		p.row("doubts", orNone(d.Why.Doubts))
		p.row("features", features(d.Why))
	}
	for i, c := range d.Candidates {
		label := ""
		if i == 0 {
			label = "candidates"
		}
		p.row(label, fmt.Sprintf("%7.2f  %s", c.Score, kindOf(c)))
	}
	return p.String()
}

// row writes a label and what belongs to it.
func (p *page) row(label, text string) {
	p.hanging(fmt.Sprintf("  %-12s", label), text)
}

func orNone(reasons []string) string {
	if len(reasons) == 0 {
		return "none"
	}
	return OneLine(strings.Join(reasons, "; "))
}

// features lists what confidence was worked out from, in the order of the
// weights, leaving out what is nought.
func features(why *facts.Explanation) string {
	var shown []string
	for _, name := range facts.FeatureNames {
		if x := why.Features[name]; x != 0 {
			shown = append(shown, fmt.Sprintf("%s %.3g", name, x))
		}
	}
	return strings.Join(shown, ", ")
}

// kindOf names a candidate, and says so when it is a gap.
func kindOf(c facts.Candidate) string {
	if c.Gap != nil {
		return c.ID() + " (gap)"
	}
	return c.ID()
}
