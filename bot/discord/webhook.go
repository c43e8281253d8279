package discord

import (
	"crypto/ed25519"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"mime"
	"net/http"
	"strconv"
	"time"
)

// Bounds on what is taken over HTTP.
const (
	maxBody   = 1 << 20         // bytes; Discord's own bodies are far smaller
	freshness = 5 * time.Minute // of a signature's timestamp, either way
)

// ParsePublicKey reads the application's public key, 32 bytes in hexadecimal
// as the developer portal shows it.
func ParsePublicKey(text string) (ed25519.PublicKey, error) {
	key, err := hex.DecodeString(text)
	if err != nil || len(key) != ed25519.PublicKeySize {
		return nil, fmt.Errorf("the public key must be %d hexadecimal digits", 2*ed25519.PublicKeySize)
	}
	return key, nil
}

// Webhook is the endpoint to which Discord sends interactions.
func (b *Bot) Webhook(key ed25519.PublicKey) http.Handler {
	return http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		received := b.config.Now()
		body, status := readSigned(w, r, key, received)
		if status != http.StatusOK {
			b.refused("http " + strconv.Itoa(status))
			http.Error(w, http.StatusText(status), status)
			return
		}
		if answer, first, ok := b.recallFor(body, received); ok {
			respond(w, answer, first)
			if answer.shown != nil {
				b.postedOverHTTP(glanced(body), answer)
			}
			return
		}
		in, err := decodeInteraction(body)
		if err != nil || in.Type < typePing || in.Type > typeModal {
			b.log.Warn("a signed request was no interaction that this version knows")
			http.Error(w, http.StatusText(http.StatusBadRequest), http.StatusBadRequest)
			return
		}
		answer, first := b.Answer(in, received)
		respond(w, answer, first)
		b.postedOverHTTP(in, answer)
	})
}

// respond writes an answer; to what came before, whose first delivery has it,
// there is nothing to say.
func respond(w http.ResponseWriter, answer Response, first bool) {
	if !first {
		w.WriteHeader(http.StatusAccepted)
		return
	}
	writeResponse(w, answer)
}

// readSigned reads a request's body and returns http.StatusOK when Discord
// signed it just now. Nothing of an unsigned body is looked at.
func readSigned(w http.ResponseWriter, r *http.Request, key ed25519.PublicKey, now time.Time) ([]byte, int) {
	if r.Method != http.MethodPost {
		w.Header().Set("Allow", http.MethodPost)
		return nil, http.StatusMethodNotAllowed
	}
	signature, err := hex.DecodeString(r.Header.Get("X-Signature-Ed25519"))
	timestamp := r.Header.Get("X-Signature-Timestamp")
	if err != nil || len(signature) != ed25519.SignatureSize || !isFresh(timestamp, now) {
		return nil, http.StatusUnauthorized
	}
	body, err := readBody(w, r, timestamp)
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return nil, http.StatusRequestEntityTooLarge
	}
	if err != nil {
		return nil, http.StatusBadRequest
	}
	if !ed25519.Verify(key, body, signature) {
		return nil, http.StatusUnauthorized
	}
	if kind, _, err := mime.ParseMediaType(r.Header.Get("Content-Type")); err != nil || kind != "application/json" {
		return nil, http.StatusUnsupportedMediaType
	}
	return body[len(timestamp):], http.StatusOK
}

// readBody reads the body behind the timestamp: what is signed.
func readBody(w http.ResponseWriter, r *http.Request, timestamp string) ([]byte, error) {
	size := max(0, min(r.ContentLength, maxBody)) + int64(len(timestamp)) + 1
	signed := append(make([]byte, 0, size), timestamp...)
	limited := http.MaxBytesReader(w, r.Body, maxBody)
	for {
		if len(signed) == cap(signed) {
			signed = append(signed, 0)[:len(signed)]
		}
		n, err := limited.Read(signed[len(signed):cap(signed)])
		signed = signed[:len(signed)+n]
		if err == io.EOF {
			return signed, nil
		}
		if err != nil {
			return nil, err
		}
	}
}

// isFresh reports whether a timestamp, in seconds since 1970, is about now:
// an old one may be somebody's replay.
func isFresh(timestamp string, now time.Time) bool {
	seconds, err := strconv.ParseInt(timestamp, 10, 64)
	if err != nil {
		return false
	}
	return now.Sub(time.Unix(seconds, 0)).Abs() <= freshness
}

func writeResponse(w http.ResponseWriter, r Response) {
	body, err := r.MarshalJSON()
	if err != nil { // nothing in a response can fail to marshal
		http.Error(w, http.StatusText(http.StatusInternalServerError), http.StatusInternalServerError)
		return
	}
	w.Header().Set("Content-Type", "application/json")
	w.Header().Set("Content-Length", strconv.Itoa(len(body)))
	_, _ = w.Write(body) // Discord has hung up: nobody is left to tell
}
