// Command bench times this engine against its peers: bleve (in memory), SQLite
// FTS5 and sahilm/fuzzy, in one process, turn by turn on the same facts and
// queries, one goroutine. It is a module of its own so that the peers never
// become dependencies of the bot.
//
//	go run . -eval ../../../shared/eval
package main

import (
	"flag"
	"fmt"
	"os"
	"runtime"
	"strconv"
	"strings"
)

func main() {
	eval := flag.String("eval", "../../../shared/eval", "`folder` of the public fact-matching tasks")
	sizes := flag.String("sizes", "50,1000,10000,100000", "numbers of facts")
	langs := flag.String("langs", "en,ja,ko", "languages")
	queries := flag.Int("queries", 400, "queries a size")
	flag.Parse()
	if err := run(*eval, *sizes, *langs, *queries); err != nil {
		fmt.Fprintln(os.Stderr, "bench:", err)
		os.Exit(1)
	}
}

func run(eval, sizes, langs string, queries int) error {
	if _, err := os.Stat(eval); err != nil {
		fmt.Println("bench: did not run: the task folder", eval, "is absent; name it with -eval")
		return nil
	}
	runtime.GOMAXPROCS(max(2, runtime.NumCPU()))
	for _, lang := range strings.Split(langs, ",") {
		corpus, err := loadCorpus(eval, lang)
		if err != nil {
			return err
		}
		for _, field := range strings.Split(sizes, ",") {
			n, err := strconv.Atoi(field)
			if err != nil {
				return fmt.Errorf("-sizes: %w", err)
			}
			if err := compare(corpus, n, queries); err != nil {
				return fmt.Errorf("%s at %d facts: %w", lang, n, err)
			}
		}
	}
	return summitBase()
}
