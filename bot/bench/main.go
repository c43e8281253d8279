// Command bench measures what the Discord side costs, each figure against a
// floor in the same process and the same run: a handler that only verifies the
// signature, a bare session of the library. And how long it takes from saving a
// facts file until it is served.
//
//	go run ./bot/bench
//	go run ./bot/bench -only reload
package main

import (
	"flag"
	"fmt"
	"os"
	"strings"
	"time"
)

func main() {
	seconds := flag.Float64("seconds", 2, "how long each figure is measured")
	only := flag.String("only", "", "measure only the parts whose name begins so")
	flag.Parse()
	span := time.Duration(*seconds * float64(time.Second))
	for _, part := range []struct {
		name string
		run  func(time.Duration) error
	}{
		{"a signed /ask over HTTP, in process: CPU time against a handler that only verifies the signature", inProcess},
		{"signed /ask over loopback: requests a second against the same floor", overLoopback},
		{"gateway: events a second that do not concern the bot, against a bare session", gatewayEvents},
		{"the program: start and memory", program},
		{"reload: from save to live", reload},
	} {
		if !strings.HasPrefix(part.name, *only) {
			continue
		}
		fmt.Println("==", part.name)
		if err := part.run(span); err != nil {
			fmt.Fprintln(os.Stderr, "bench:", err)
			os.Exit(1)
		}
		fmt.Println()
	}
}
