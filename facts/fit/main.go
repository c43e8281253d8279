// Command fit works out the weights of confidence and reports how good they
// are on questions they were not fitted on.
//
// It reads the public fact-matching tasks (one folder each with facts.jsonl
// and queries.jsonl) and prints, for each task, the AUROC and the expected
// calibration error of a model fitted on the other tasks, then the weights
// fitted on all of them as Go source for facts/calibration.go.
//
//	go run ./facts/fit ../shared/eval
package main

import (
	"flag"
	"fmt"
	"go/format"
	"os"
	"path/filepath"
	"strings"

	"summitbot/facts"
)

func main() {
	flag.Usage = func() {
		fmt.Fprintln(os.Stderr, "usage: go run ./facts/fit [-o facts/calibration.go] DIR\n\nDIR holds the tasks: DIR/squad2/facts.jsonl, DIR/squad2/queries.jsonl and so on.")
		flag.PrintDefaults()
	}
	out := flag.String("o", "", "write the weights to this `file` instead of standard output")
	rounds := flag.String("rounds", "facts/testdata/rounds", "`folder` of the spent rounds of questions")
	flag.Parse()
	if flag.NArg() != 1 {
		flag.Usage()
		os.Exit(2)
	}
	if err := run(flag.Arg(0), *rounds, *out); err != nil {
		fmt.Fprintln(os.Stderr, "fit:", err)
		os.Exit(1)
	}
}

func run(dir, rounds, out string) error {
	var bare, phrased []sample
	for _, task := range []string{"squad2", "wikishift", "jsquad"} {
		rows, err := samplesOf(filepath.Join(dir, task), task)
		if err != nil {
			return err
		}
		bare = append(bare, rows...)
	}
	for _, task := range []string{"clinc150", "banking77", "parakqc"} {
		rows, err := samplesOf(filepath.Join(dir, task), task)
		if err != nil {
			return err
		}
		phrased = append(phrased, rows...)
	}
	snapshot, err := facts.Embedded()
	if err != nil {
		return err
	}
	curated, err := roundSamples(rounds, snapshot)
	if err != nil {
		return err
	}
	curated = append(curated, selfSamples(snapshot.Bases()[0])...)
	var source strings.Builder
	source.WriteString("package facts\n\n" + header + "var (\n")
	for _, kind := range []struct {
		name string
		rows []sample
	}{{"bareWeights", bare}, {"phrasedWeights", phrased}, {"curatedWeights", curated}} {
		fmt.Printf("%s\n", kind.name)
		report(kind.rows)
		fmt.Fprintf(&source, "\t%s = [features]float64{%s}\n", kind.name, list(fitWeights(kind.rows)))
	}
	source.WriteString(")\n")
	code, err := format.Source([]byte(source.String()))
	if err != nil {
		return err
	}
	if out == "" {
		fmt.Println(string(code))
		return nil
	}
	return os.WriteFile(out, code, 0o644)
}

const header = `// The fitted weights of confidence, one for each feature: bareWeights for
// bases of bare sentences, phrasedWeights for bases with phrasings alone,
// curatedWeights for bases with both answers and phrasings. Fitted by
// go run ./facts/fit; change them only with its output.
`

func list(w []float64) string {
	parts := make([]string, len(w))
	for i, v := range w {
		parts[i] = fmt.Sprintf("%.3g", v)
	}
	return strings.Join(parts, ", ")
}
