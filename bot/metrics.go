package main

import (
	"net/http"
	"strconv"
	"time"

	"github.com/prometheus/client_golang/prometheus"
	"github.com/prometheus/client_golang/prometheus/collectors"
	"github.com/prometheus/client_golang/prometheus/promhttp"

	"summitbot/bot/discord"
	"summitbot/bot/library"
	"summitbot/facts"
)

// Metrics count what happens, for Prometheus. No label can take more than a
// few dozen values.
type metrics struct {
	registry   *prometheus.Registry
	questions  *prometheus.CounterVec
	answers    *prometheus.HistogramVec
	refused    *prometheus.CounterVec
	panics     prometheus.Counter
	uncounted  prometheus.Counter
	unposted   *prometheus.CounterVec
	calls      *prometheus.CounterVec
	limited    *prometheus.CounterVec
	reconnects *prometheus.CounterVec
	events     *prometheus.CounterVec
	loads      *prometheus.CounterVec
}

func newMetrics() *metrics {
	counter := func(name, help string, labels ...string) *prometheus.CounterVec {
		return prometheus.NewCounterVec(prometheus.CounterOpts{Namespace: "summitbot", Name: name, Help: help}, labels)
	}
	m := &metrics{
		registry:  prometheus.NewRegistry(),
		questions: counter("questions_total", "Questions, by outcome and language of the reply.", "outcome", "lang"),
		answers: prometheus.NewHistogramVec(prometheus.HistogramOpts{
			Namespace: "summitbot", Name: "answer_seconds", Help: "Time from receipt to the answer, by what was asked for.",
			Buckets: []float64{.0001, .00025, .0005, .001, .0025, .005, .01, .025, .1, .5, 1.5, 3},
		}, []string{"kind"}),
		refused:    counter("refused_total", "What was not answered: busy, limit, duplicate, or refused over HTTP.", "why"),
		uncounted:  prometheus.NewCounter(prometheus.CounterOpts{Namespace: "summitbot", Name: "uncounted_total", Help: "Questions without an answer that were not counted, since too many came at once."}),
		panics:     prometheus.NewCounter(prometheus.CounterOpts{Namespace: "summitbot", Name: "panics_total", Help: "Panics that were caught."}),
		unposted:   counter("postings_lost_total", "Facts shown in messages that were not recorded, by why: full, lookup, store or closed.", "why"),
		calls:      counter("discord_calls_total", "REST calls, by route and status; 0: no answer.", "method", "route", "status"),
		limited:    counter("discord_limited_total", "Rate limits that Discord set, by scope.", "scope"),
		reconnects: counter("gateway_connections_total", "Connections of the gateway, by whether the session was resumed.", "resumed"),
		events:     counter("gateway_lost_total", "Connections that were lost, by close code; 0: none.", "code"),
		loads:      counter("facts_loads_total", "Times that the facts files were read, by result: ok or faulty.", "result"),
	}
	m.registry.MustRegister(m.questions, m.answers, m.refused, m.panics, m.uncounted, m.unposted, m.calls, m.limited, m.reconnects, m.events, m.loads,
		collectors.NewGoCollector(), collectors.NewProcessCollector(collectors.ProcessCollectorOpts{}))
	return m
}

// watchQueue reports how many questions wait.
func (m *metrics) watchQueue(length func() int) {
	m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Namespace: "summitbot", Name: "queue_length", Help: "Questions that wait for a worker."},
		func() float64 { return float64(length()) }))
}

// watchFacts reports what is served.
func (m *metrics) watchFacts(l *library.Library) {
	for _, g := range []struct {
		name, help string
		value      func() float64
	}{
		{"facts", "Facts that are served.", func() float64 { return float64(countFacts(l.Snapshot())) }},
		{"facts_loaded_timestamp_seconds", "When the facts that are served were read.", func() float64 { return float64(l.Status().Loaded.UnixMilli()) / 1000 }},
		{"facts_faults", "Faults of the facts files, which are not served while there are any.", func() float64 { return float64(len(l.Status().Faults)) }},
	} {
		m.registry.MustRegister(prometheus.NewGaugeFunc(prometheus.GaugeOpts{Namespace: "summitbot", Name: g.name, Help: g.help}, g.value))
	}
}

func countFacts(s *facts.Snapshot) (n int) {
	for _, b := range s.Bases() {
		n += len(b.Facts)
	}
	return n
}

// loaded counts a time that the facts files were read.
func (m *metrics) loaded(ok bool) {
	result := "ok"
	if !ok {
		result = "faulty"
	}
	m.loads.WithLabelValues(result).Inc()
}

func (m *metrics) handler() http.Handler {
	return promhttp.HandlerFor(m.registry, promhttp.HandlerOpts{})
}

func (m *metrics) bot() discord.BotMetrics {
	return discord.BotMetrics{
		Question: func(outcome, lang string) { m.questions.WithLabelValues(outcome, lang).Inc() },
		Answered: func(kind string, took time.Duration) { m.answers.WithLabelValues(kind).Observe(took.Seconds()) },
		Refused:  func(why string) { m.refused.WithLabelValues(why).Inc() },
		Panicked: m.panics.Inc,
		Unposted: func(why string, n int) { m.unposted.WithLabelValues(why).Add(float64(n)) },
	}
}

func (m *metrics) client() discord.ClientMetrics {
	return discord.ClientMetrics{
		Call: func(method, route string, status int, _ time.Duration) {
			m.calls.WithLabelValues(method, route, strconv.Itoa(status)).Inc()
		},
		Limited: func(scope string) { m.limited.WithLabelValues(scope).Inc() },
	}
}

func (m *metrics) gateway() discord.GatewayMetrics {
	return discord.GatewayMetrics{
		Connected: func(resumed bool, _ time.Duration) { m.reconnects.WithLabelValues(strconv.FormatBool(resumed)).Inc() },
		Lost:      func(_ string, code int) { m.events.WithLabelValues(strconv.Itoa(code)).Inc() },
		Panicked:  func(string) { m.panics.Inc() },
	}
}
