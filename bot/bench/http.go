package main

import (
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"slices"
	"sync"
	"sync/atomic"
	"syscall"
	"time"
)

// cpuTime is what this process has used of the processors so far.
func cpuTime() time.Duration {
	var u syscall.Rusage
	if syscall.Getrusage(syscall.RUSAGE_SELF, &u) != nil {
		return 0
	}
	return time.Duration(u.Utime.Nano() + u.Stime.Nano())
}

// turn is how many requests one system answers before it is the other's turn.
const turn = 200

// inProcess measures the processor time of a request, turn by turn, each mix
// with a bot that has answered nothing else.
func inProcess(span time.Duration) error {
	w, err := newWorkload()
	if err != nil {
		return err
	}
	for _, m := range w.mixes() {
		if err := w.measure(m, span); err != nil {
			return err
		}
	}
	return nil
}

// measure measures one mix, and says how many of its questions the bot had not
// been asked before.
func (w *workload) measure(m mix, span time.Duration) error {
	bot, handler, err := w.bot()
	if err != nil {
		return err
	}
	defer bot.Close(closing())
	asked, fresh := map[string]bool{}, 0
	pick := func(i int) string {
		question := m.pick(i)
		if !asked[question] {
			asked[question] = true
			fresh++
		}
		return question
	}
	if _, err := w.take(m.warm, pick, handler); err != nil {
		return err
	}
	n, used := 0, make([]time.Duration, 2)
	fresh = 0
	for stop := time.Now().Add(span); time.Now().Before(stop); n += turn {
		took, err := w.take(turn, pick, w.floor(), handler)
		if err != nil {
			return err
		}
		used[0], used[1] = used[0]+took[0], used[1]+took[1]
	}
	per := func(d time.Duration) time.Duration { return (d / time.Duration(n)).Round(100 * time.Nanosecond) }
	fmt.Printf("%-44s %3d%% new  floor %8s  bot %8s  ratio %.2f\n", m.name, 100*fresh/n, per(used[0]), per(used[1]), float64(used[1])/float64(used[0]))
	return nil
}

// take has each handler answer the same n requests, and returns the processor
// time that each took.
func (w *workload) take(n int, pick func(int) string, handlers ...http.Handler) (used []time.Duration, err error) {
	list, err := w.make(n, pick)
	if err != nil {
		return nil, err
	}
	for _, h := range handlers {
		requests, err := prepare(list)
		if err != nil {
			return nil, err
		}
		before := cpuTime()
		if err := serveAll(h, requests); err != nil {
			return nil, err
		}
		used = append(used, cpuTime()-before)
	}
	return used, nil
}

func prepare(list []signed) ([]*http.Request, error) {
	var requests []*http.Request
	for _, s := range list {
		r, err := s.request("http://127.0.0.1/interactions")
		if err != nil {
			return nil, err
		}
		requests = append(requests, r)
	}
	return requests, nil
}

func serveAll(h http.Handler, requests []*http.Request) error {
	for _, r := range requests {
		rw := httptest.NewRecorder()
		h.ServeHTTP(rw, r)
		if rw.Code != http.StatusOK {
			return fmt.Errorf("status %d", rw.Code)
		}
	}
	return nil
}

// overLoopback measures requests a second at several numbers of connections,
// turn by turn.
func overLoopback(span time.Duration) error {
	w, err := newWorkload()
	if err != nil {
		return err
	}
	bot, handler, err := w.bot()
	if err != nil {
		return err
	}
	defer bot.Close(closing())
	pick := w.mixes()[0].pick
	for _, connections := range []int{1, 8, 64} {
		var rates [2][]float64
		var late [2][]time.Duration
		for range 4 { // turns
			for i, h := range []http.Handler{w.floor(), handler} {
				list, err := w.make(int(span.Seconds()*4000)+connections, pick)
				if err != nil {
					return err
				}
				rate, times, err := load(h, list, connections, span/4)
				if err != nil {
					return err
				}
				rates[i], late[i] = append(rates[i], rate), append(late[i], times...)
			}
		}
		floor, ours := median(rates[0]), median(rates[1])
		fmt.Printf("%2d connections  floor %6.0f/s p50 %s p99 %s   bot %6.0f/s p50 %s p99 %s   ratio %.2f\n", connections,
			floor, percentile(late[0], .5), percentile(late[0], .99), ours, percentile(late[1], .5), percentile(late[1], .99), ours/floor)
	}
	return nil
}

// load sends the requests over so many connections, for so long at most.
func load(h http.Handler, list []signed, connections int, span time.Duration) (rate float64, times []time.Duration, err error) {
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return 0, nil, err
	}
	server := &http.Server{Handler: h, ReadHeaderTimeout: time.Second}
	go func() { _ = server.Serve(listener) }()
	defer server.Close()
	client := &http.Client{Transport: &http.Transport{MaxIdleConnsPerHost: connections, MaxConnsPerHost: connections}}
	defer client.CloseIdleConnections()
	var next atomic.Int64
	var mu sync.Mutex
	var work sync.WaitGroup
	begun := time.Now()
	for range connections {
		work.Go(func() {
			var mine []time.Duration
			var failed error
			for failed == nil && time.Since(begun) < span {
				i := int(next.Add(1)) - 1
				if i >= len(list) {
					break
				}
				start := time.Now()
				failed = send(client, "http://"+listener.Addr().String(), list[i])
				mine = append(mine, time.Since(start))
			}
			mu.Lock()
			times, err = append(times, mine...), firstOf(err, failed)
			mu.Unlock()
		})
	}
	work.Wait()
	return float64(len(times)) / time.Since(begun).Seconds(), times, err
}

func firstOf(a, b error) error {
	if a != nil {
		return a
	}
	return b
}

func send(client *http.Client, url string, s signed) error {
	r, err := s.request(url)
	if err != nil {
		return err
	}
	response, err := client.Do(r)
	if err != nil {
		return err
	}
	defer response.Body.Close()
	_, err = io.Copy(io.Discard, response.Body)
	if response.StatusCode != http.StatusOK {
		return fmt.Errorf("status %d", response.StatusCode)
	}
	return err
}

func median(list []float64) float64 {
	slices.Sort(list)
	return list[len(list)/2]
}

func percentile(list []time.Duration, p float64) time.Duration {
	slices.Sort(list)
	return list[min(len(list)-1, int(p*float64(len(list))))].Round(10 * time.Microsecond)
}
