package discord

import (
	"bytes"
	"encoding/binary"
)

// Opcodes of websocket frames. https://www.rfc-editor.org/rfc/rfc6455#section-5.2
const (
	frameText  = 0x1
	frameClose = 0x8

	frameFinal  = 0x80 // in the first byte: the message ends with this frame
	frameMasked = 0x80 // in the second byte
)

// Frames longer than these are passed on unread. Before Hello anything may
// come; afterwards all that matters is shorter than any event.
const (
	maxHandshakeFrame = 4 << 10
	maxControlFrame   = 256
)

// frames follows the bytes that a websocket server sends, without changing
// them: discordgo keeps to itself why a connection ended, and some messages it
// must not see.
type frames struct {
	limit int // frames longer than that are not read

	response []byte // the last bytes of the HTTP response, until it is over
	upgraded bool

	header  []byte // of the frame being read
	left    uint64 // bytes of its payload still to come
	inside  bool   // its header is complete
	opcode  byte
	reads   bool // its payload is kept
	payload []byte
}

// feed takes the next bytes and calls accept with each short whole message and
// each close frame among them. It returns how many of the bytes may be passed
// on: all, or those before the first message that accept turned down.
func (f *frames) feed(b []byte, accept func(opcode byte, payload []byte) bool) int {
	passed := 0
	for rest := b; len(rest) > 0; {
		if !f.upgraded {
			rest = f.skipResponse(rest)
			passed = len(b) - len(rest)
			continue
		}
		if !f.inside {
			rest = f.readHeader(rest)
		}
		if f.inside {
			rest = f.readPayload(rest)
		}
		if !f.inside || f.left > 0 {
			continue
		}
		f.inside = false
		if f.reads && !accept(f.opcode, f.payload) {
			return passed
		}
		passed = len(b) - len(rest)
	}
	return len(b)
}

// skipResponse drops the answer to the upgrade, which ends with an empty line.
func (f *frames) skipResponse(b []byte) []byte {
	for i, c := range b {
		f.response = append(f.response[max(0, len(f.response)-3):], c)
		if string(f.response) == "\r\n\r\n" {
			f.upgraded = true
			return b[i+1:]
		}
	}
	return nil
}

// readHeader takes what b has of a frame's header.
func (f *frames) readHeader(b []byte) []byte {
	for len(b) > 0 && len(f.header) < headerSize(f.header) {
		f.header, b = append(f.header, b[0]), b[1:]
	}
	if len(f.header) == headerSize(f.header) {
		f.begin()
	}
	return b
}

// headerSize is the length of a frame's header, as far as its first bytes
// tell.
func headerSize(h []byte) int {
	if len(h) < 2 {
		return 2
	}
	size := 2
	switch h[1] &^ frameMasked {
	case 126:
		size += 2
	case 127:
		size += 8
	}
	if h[1]&frameMasked != 0 {
		size += 4
	}
	return size
}

// begin starts the payload of the frame whose header is complete.
func (f *frames) begin() {
	switch n := f.header[1] &^ frameMasked; n {
	case 126:
		f.left = uint64(binary.BigEndian.Uint16(f.header[2:]))
	case 127:
		f.left = binary.BigEndian.Uint64(f.header[2:])
	default:
		f.left = uint64(n)
	}
	f.opcode = f.header[0] & 0x0f
	whole := f.opcode == frameText && f.header[0]&frameFinal != 0
	f.reads = (whole || f.opcode == frameClose) && f.left <= uint64(f.limit)
	f.inside, f.header, f.payload = true, f.header[:0], f.payload[:0]
}

// readPayload takes what b has of the payload.
func (f *frames) readPayload(b []byte) []byte {
	n := min(f.left, uint64(len(b)))
	if f.reads {
		f.payload = append(f.payload, b[:n]...)
	}
	f.left -= n
	return b[n:]
}

// isEvent reports without decoding whether a message is certainly an event.
// Within a string the quotes would be escaped.
func isEvent(payload []byte) bool {
	return bytes.Contains(payload, []byte(`"op":0`))
}
