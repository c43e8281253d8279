package discord

import (
	"bytes"
	"crypto/tls"
	"crypto/x509"
	"encoding/binary"
	"errors"
	"io"
	"log"
	"net"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"
)

const upgraded = "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\n\r\n"

// frame writes an unmasked frame, as servers do.
func frame(first byte, payload string) string {
	var b bytes.Buffer
	b.WriteByte(first)
	switch n := len(payload); {
	case n < 126:
		b.WriteByte(byte(n))
	case n < 1<<16:
		b.WriteByte(126)
		_ = binary.Write(&b, binary.BigEndian, uint16(n))
	default:
		b.WriteByte(127)
		_ = binary.Write(&b, binary.BigEndian, uint64(n))
	}
	return b.String() + payload
}

func textFrame(payload string) string { return frame(frameFinal|frameText, payload) }

func TestFrames(t *testing.T) {
	long, longer := strings.Repeat("x", 300), strings.Repeat("y", 70_000)
	tests := []struct {
		name   string
		stream string // after the upgrade
		seen   []string
		passed string // what comes before the first "stop"
	}{
		{"nothing", "", nil, ""},
		{"short ones", textFrame("a") + textFrame("") + textFrame("b"), []string{"a", "", "b"}, textFrame("a") + textFrame("") + textFrame("b")},
		{"long ones are not read", textFrame(long) + textFrame(longer) + textFrame("a"), []string{"a"}, textFrame(long) + textFrame(longer) + textFrame("a")},
		{"stop", textFrame("a") + textFrame("stop") + textFrame("b"), []string{"a", "stop"}, textFrame("a")},
		{"stop at once", textFrame("stop"), []string{"stop"}, ""},
		{"a part is not read", frame(frameText, "stop") + frame(frameFinal, "x"), nil, frame(frameText, "stop") + frame(frameFinal, "x")},
		{"a close frame", frame(frameFinal|frameClose, "stop") + textFrame("b"), []string{"stop"}, ""},
		{"a ping is not read", frame(frameFinal|0x9, "stop"), nil, frame(frameFinal|0x9, "stop")},
	}
	for _, test := range tests {
		for _, size := range []int{1, 2, 3, 7, 1 << 20} { // of the pieces that arrive
			f := frames{limit: maxControlFrame}
			seen, passed, stopped := feedAll(&f, upgraded+test.stream, size)
			if !slices.Equal(seen, test.seen) {
				t.Errorf("%s in pieces of %d: read %q, want %q", test.name, size, seen, test.seen)
			}
			want := upgraded + test.passed
			if !strings.HasPrefix(passed, want) || !stopped && passed != want {
				t.Errorf("%s in pieces of %d: passed %d bytes on, want %d", test.name, size, len(passed), len(want))
			}
			if size > len(test.stream)+len(upgraded) && passed != want {
				t.Errorf("%s: passed on %q", test.name, passed)
			}
		}
	}
}

// feedAll feeds a stream in pieces until a message "stop" comes.
func feedAll(f *frames, stream string, size int) (seen []string, passed string, stopped bool) {
	accept := func(_ byte, payload []byte) bool {
		seen = append(seen, string(payload))
		stopped = string(payload) == "stop"
		return !stopped
	}
	var out strings.Builder
	for piece := range slices.Chunk([]byte(stream), size) {
		out.Write(piece[:f.feed(piece, accept)])
		if stopped {
			break
		}
	}
	return seen, out.String(), stopped
}

// Any bytes, in pieces of any size, are read alike and never beyond the
// limit.
func FuzzFrames(f *testing.F) {
	f.Add([]byte(textFrame("a")+frame(frameFinal|frameClose, "\x0f\xa0")), 3)
	f.Add([]byte("\x81\x7f\xff\xff\xff\xff\xff\xff\xff\xff"), 1)
	f.Add([]byte("\x81\x85abcdhello\x88"), 2)
	f.Fuzz(func(t *testing.T, stream []byte, size int) {
		size = min(max(size, 1), 1<<16)
		var whole, pieces frames
		whole.limit, pieces.limit = maxControlFrame, maxControlFrame
		seen, passed, _ := feedAll(&whole, upgraded+string(stream), 1<<20)
		seenToo, passedToo, _ := feedAll(&pieces, upgraded+string(stream), size)
		if !slices.Equal(seen, seenToo) {
			t.Errorf("read %q as a whole and %q in pieces", seen, seenToo)
		}
		if !strings.HasPrefix(passedToo, passed) {
			t.Errorf("passed %q as a whole and %q in pieces", passed, passedToo)
		}
		if cap(pieces.payload) > 4*maxControlFrame {
			t.Errorf("kept %d bytes", cap(pieces.payload))
		}
	})
}

// testLink is a link and the server's end of it.
func testLink(t *testing.T, idle time.Duration) (*link, net.Conn) {
	client, server := net.Pipe()
	l := newLink(client, idle)
	t.Cleanup(func() { l.Close(); server.Close() })
	return l, server
}

func TestLinkDeadlines(t *testing.T) {
	for name, use := range map[string]func(*link) (int, error){
		"read":  func(l *link) (int, error) { return l.Read(make([]byte, 10)) },
		"write": func(l *link) (int, error) { return l.Write([]byte("x")) },
	} {
		l, server := testLink(t, 20*time.Millisecond)
		if _, err := use(l); !errors.Is(err, &l.lost) || l.lost.reason != lostSilent {
			t.Errorf("%s: %v, %+v", name, err, l.lost)
		}
		if _, err := l.Write([]byte("x")); err == nil {
			t.Errorf("%s: writes after its end", name)
		}
		if _, err := l.Read(make([]byte, 1)); err == nil {
			t.Errorf("%s: reads after its end", name)
		}
		if n, _ := server.Read(make([]byte, 10)); n != 0 {
			t.Errorf("%s: the server got something", name)
		}
	}
}

// Only a process that stops tells Discord to end the session.
func TestLinkClose(t *testing.T) {
	closeFrame := []byte{frameFinal | frameClose, 0x82, 0, 0, 0, 0, 3, 0xe8}
	l, _ := testLink(t, time.Second)
	if _, err := l.Write(closeFrame); err == nil || l.lost.reason != lostLibrary {
		t.Errorf("a close frame went out, %v", err)
	}
	l, server := testLink(t, time.Second)
	l.stopping.Store(true)
	go func() { _, _ = l.Write(closeFrame) }()
	got := make([]byte, 20)
	if n, _ := server.Read(got); !bytes.Equal(got[:n], closeFrame) {
		t.Errorf("the server got %x", got[:n])
	}
}

func TestLinkAccept(t *testing.T) {
	tests := []struct {
		payload string
		opcode  byte
		ends    bool
		want    loss
	}{
		{`{"op":11}`, frameText, false, loss{}},
		{`{"op":1,"d":null}`, frameText, false, loss{}},
		{`{"t":"X","s":1,"op":0,"d":{"op":7}}`, frameText, false, loss{}},
		{`{"op" : 7}`, frameText, true, loss{reason: lostReconnect}},
		{`{"t":null,"s":null,"op":9,"d":true}`, frameText, true, loss{reason: lostInvalid}},
		{`{"op":9,"d":false}`, frameText, true, loss{reason: lostInvalid, fresh: true}},
		{`{"op":9}`, frameText, true, loss{reason: lostInvalid, fresh: true}},
		{`null`, frameText, true, loss{reason: lostProtocol}},
		{`[]`, frameText, true, loss{reason: lostProtocol}},
		{`{"op":10,"d":{"heartbeat_interval":-1}}`, frameText, true, loss{reason: lostProtocol}},
		{`{"op":10,"d":{"heartbeat_interval":9e15}}`, frameText, true, loss{reason: lostProtocol}},
		{`{"op":10,"d":{"heartbeat_interval":41250}}`, frameText, false, loss{}},
		{"\x0f\xa4", frameClose, true, loss{reason: lostClosed, code: 4004}},
		{"\x0f\xa7why", frameClose, true, loss{reason: lostClosed, code: 4007, fresh: true}},
		{"", frameClose, true, loss{reason: lostClosed, code: 1005}},
	}
	for _, test := range tests {
		l, _ := testLink(t, time.Second)
		if ok := l.accept(test.opcode, []byte(test.payload)); ok == test.ends || l.lost != test.want {
			t.Errorf("%q: accepted %t, lost %+v, want %+v", test.payload, ok, l.lost, test.want)
		}
	}
}

func TestZombie(t *testing.T) {
	l, _ := testLink(t, time.Second)
	now := time.Now()
	if l.zombie(now.Add(time.Hour)) {
		t.Error("a zombie before Hello")
	}
	l.accept(frameText, []byte(`{"op":10,"d":{"heartbeat_interval":1000}}`))
	for after, want := range map[time.Duration]bool{0: false, 1900 * time.Millisecond: false, 2500 * time.Millisecond: true} {
		if got := l.zombie(now.Add(after)); got != want {
			t.Errorf("after %s: %t", after, got)
		}
	}
}

func TestDialTLS(t *testing.T) {
	server := httptest.NewUnstartedServer(nil)
	server.Config.ErrorLog = log.New(io.Discard, "", 0)
	server.StartTLS()
	defer server.Close()
	roots := x509.NewCertPool()
	roots.AddCert(server.Certificate())
	addr := server.Listener.Addr().String()
	conn, err := dial(t.Context(), "tcp", addr, &tls.Config{RootCAs: roots, MinVersion: tls.VersionTLS12})
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close()
	if proto := conn.(*tls.Conn).ConnectionState().NegotiatedProtocol; proto != "http/1.1" {
		t.Errorf("negotiated %q", proto)
	}
	if _, err := dial(t.Context(), "tcp", addr, &tls.Config{MinVersion: tls.VersionTLS12}); err == nil {
		t.Error("an unknown certificate was taken")
	}
}
