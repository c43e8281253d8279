package state

import (
	"context"
	"crypto/sha256"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"

	"summitbot/commands"
)

const (
	// Of several groups with the same words an open one comes first, then the
	// one that was closed last.
	sameWordsQuery = `SELECT q.id, q.state FROM phrasings p JOIN questions q ON q.id = p.question WHERE p.lang = $1 AND p.words = $2
ORDER BY q.settled_at <> 0, q.settled_at DESC, q.id LIMIT 1`

	countStatement = `UPDATE questions SET asked = asked + 1, wrong = wrong + $3, near = $4, gap = $5,
	last_at = CASE WHEN last_at < $6 THEN $6 ELSE last_at END
WHERE id = $1 AND state = $2`

	groupStatement = `INSERT INTO questions (text, lang, asked, wrong, first_at, last_at, near, gap) VALUES ($1, $2, 1, $3, $4, $4, $5, $6) RETURNING id`

	phrasingStatement = `INSERT INTO phrasings AS p (lang, words, question, text, asked, last_at) VALUES ($1, $2, $3, $4, 1, $5)
ON CONFLICT (lang, words, question) DO UPDATE SET asked = p.asked + 1,
	last_at = CASE WHEN p.last_at < excluded.last_at THEN excluded.last_at ELSE p.last_at END`

	questionQuery  = `SELECT id, text, lang, asked, wrong, waiting, first_at, last_at, near, gap, state, fact FROM questions WHERE `
	openAfterQuery = questionQuery + `state = 'open' AND id > $1 ORDER BY id LIMIT $2`
	openCountQuery = `SELECT CAST(COALESCE(SUM(n), 0) AS BIGINT) FROM open_questions WHERE $1 = '' OR lang = $1`
	phrasingsQuery = `SELECT text FROM phrasings WHERE question = $1 ORDER BY asked DESC, last_at DESC LIMIT $2`

	settleStatement = `UPDATE questions SET state = $2, fact = $3, settled_by = $4, settled_at = $5 WHERE id = $1 AND state = 'open'`
	dueStatement    = `UPDATE waiters SET due = 1 WHERE question = $1`

	// Through the question's row, which a trigger then changes, this waits for
	// a settlement under way, or a settlement for this. So one of the two sees
	// that the person has to be told.
	waitStatement = `INSERT INTO waiters (question, person, channel, guild, lang, asked, at)
SELECT id, $2, $3, $4, $5, $6, $7 FROM questions WHERE id = $1 ON CONFLICT (question, person) DO NOTHING`
	waitedStatement = `UPDATE waiters SET due = 1 WHERE question = $1 AND person = $2
AND EXISTS (SELECT 1 FROM questions q WHERE q.id = $1 AND q.state = 'answered')`

	dueQuery = `SELECT w.id, w.question, w.person, w.channel, w.guild, w.lang, w.asked, q.fact, w.at FROM waiters w JOIN questions q ON q.id = w.question
WHERE w.due = 1 ORDER BY w.at, w.id LIMIT $1`
)

// openQuery lists open groups: $1 of them after leaving out $2, of the
// language $3 if that is asked for.
func openQuery(f commands.QueueFilter) string {
	query, order := questionQuery+"state = 'open'", " ORDER BY asked DESC, id"
	if f.Lang != "" {
		query += " AND lang = $3"
	}
	if f.Newest {
		order = " ORDER BY last_at DESC, id"
	}
	return query + order + " LIMIT $1 OFFSET $2"
}

// maxWords is how many bytes of words are compared. Postgres cannot index
// much longer ones.
const maxWords = 1000

// words returns by which words a question is found again.
func words(m commands.Miss) string {
	key := clean(m.Key)
	if key == "" {
		key = clean(m.Text)
	}
	if len(key) > maxWords {
		sum := sha256.Sum256([]byte(key))
		return hex.EncodeToString(sum[:])
	}
	return key
}

// Miss implements commands.Queue.
func (s *Store) Miss(ctx context.Context, m commands.Miss) (group int64, err error) {
	m.Text = clean(m.Text)
	key, at := words(m), micro(m.At)
	near, err := json.Marshal(m.Near)
	if err != nil {
		return 0, s.wrap("count a question", err)
	}
	err = s.tx(ctx, "count a question", func(ctx context.Context, tx *sql.Tx) error {
		// Two people who ask the same at once must not make two groups.
		if err := s.lock(ctx, tx, "words "+m.Lang+" "+key); err != nil {
			return err
		}
		t := tally{tx, bit(m.Why == commands.WhyWrong), string(near), m.Gap, at}
		if group, err = t.group(ctx, m, key); err != nil {
			return err
		}
		_, err := tx.ExecContext(ctx, phrasingStatement, m.Lang, key, group, m.Text, at)
		return err
	})
	if err != nil {
		return 0, err
	}
	return group, nil
}

// A tally counts one question.
type tally struct {
	tx    *sql.Tx
	wrong int64
	near  string // JSON
	gap   string
	at    int64
}

// mostChanges is how often a group may be settled just while a question is
// counted into it.
const mostChanges = 3

// group counts the question into a group, and returns which.
func (t tally) group(ctx context.Context, m commands.Miss, key string) (int64, error) {
	if ok, err := t.into(ctx, m.Group, commands.StateOpen); ok || err != nil {
		return m.Group, err
	}
	for range mostChanges {
		var id int64
		var state string
		err := t.tx.QueryRowContext(ctx, sameWordsQuery, m.Lang, key).Scan(&id, &state)
		if errors.Is(err, sql.ErrNoRows) || err == nil && state == commands.StateAnswered {
			return t.begin(ctx, m)
		}
		if err != nil {
			return 0, err
		}
		if ok, err := t.into(ctx, id, state); ok || err != nil {
			return id, err
		}
	}
	return t.begin(ctx, m)
}

// into counts the question into a group, unless that has not, or no longer,
// this state.
func (t tally) into(ctx context.Context, id int64, state string) (bool, error) {
	if id == 0 {
		return false, nil
	}
	n, err := changed(t.tx.ExecContext(ctx, countStatement, id, state, t.wrong, t.near, t.gap, t.at))
	return n == 1, err
}

// begin makes a group of the question.
func (t tally) begin(ctx context.Context, m commands.Miss) (id int64, err error) {
	err = t.tx.QueryRowContext(ctx, groupStatement, m.Text, m.Lang, t.wrong, t.at, t.near, t.gap).Scan(&id)
	return id, err
}

// Open implements commands.Queue.
func (s *Store) Open(ctx context.Context, f commands.QueueFilter) ([]commands.Question, int, error) {
	all, err := one(ctx, s, "count the queue", scanInt, openCountQuery, f.Lang)
	if err != nil {
		return nil, 0, err
	}
	args := []any{max(f.Most, 0), max(f.Skip, 0)}
	if f.Lang != "" {
		args = append(args, f.Lang)
	}
	found, err := list(ctx, s, "list the queue", scanQuestion, openQuery(f), args...)
	return found, int(all), err
}

// OpenAfter implements commands.Queue.
func (s *Store) OpenAfter(ctx context.Context, id int64, n int) ([]commands.Question, error) {
	return list(ctx, s, "list the queue", scanQuestion, openAfterQuery, id, max(n, 0))
}

// Question implements commands.Queue.
func (s *Store) Question(ctx context.Context, id int64) (commands.Question, error) {
	return one(ctx, s, "find a question", scanQuestion, questionQuery+"id = $1", id)
}

func scanQuestion(r row) (q commands.Question, err error) {
	var first, last int64
	var near string
	if err := r.Scan(&q.ID, &q.Text, &q.Lang, &q.Count, &q.Wrong, &q.Waiting, &first, &last, &near, &q.Gap, &q.State, &q.Fact); err != nil {
		return q, err
	}
	q.First, q.Last = moment(first), moment(last)
	return q, json.Unmarshal([]byte(near), &q.Near)
}

// Phrasings implements commands.Queue.
func (s *Store) Phrasings(ctx context.Context, id int64, n int) ([]string, error) {
	return list(ctx, s, "list phrasings", scanText, phrasingsQuery, id, max(n, 0))
}

// Settle implements commands.Queue.
func (s *Store) Settle(ctx context.Context, id int64, to commands.Settlement) (settled bool, err error) {
	if to.State != commands.StateAnswered && to.State != commands.StateDismissed {
		return false, fmt.Errorf("close a question: %q is no state of a closed one", to.State)
	}
	err = s.tx(ctx, "close a question", func(ctx context.Context, tx *sql.Tx) error {
		n, err := changed(tx.ExecContext(ctx, settleStatement, id, to.State, to.Fact, to.By, micro(to.At)))
		settled = n == 1
		if err == nil && settled && to.State == commands.StateAnswered {
			_, err = tx.ExecContext(ctx, dueStatement, id)
		}
		return err
	})
	return settled && err == nil, err
}

// Wait implements commands.Queue.
func (s *Store) Wait(ctx context.Context, w commands.Waiter) error {
	return s.tx(ctx, "keep who waits", func(ctx context.Context, tx *sql.Tx) error {
		n, err := changed(tx.ExecContext(ctx, waitStatement, w.Question, w.User, w.Channel, w.Guild, w.Lang, clean(w.Asked), micro(w.At)))
		if err != nil {
			return err
		}
		if n == 0 { // kept already, or there is no such question
			return gone(tx.QueryRowContext(ctx, "SELECT id FROM questions WHERE id = $1", w.Question).Scan(new(int64)))
		}
		_, err = tx.ExecContext(ctx, waitedStatement, w.Question, w.User)
		return err
	})
}

// Due implements commands.Queue.
func (s *Store) Due(ctx context.Context, n int) ([]commands.Waiter, error) {
	scan := func(r row) (w commands.Waiter, err error) {
		var at int64
		err = r.Scan(&w.ID, &w.Question, &w.User, &w.Channel, &w.Guild, &w.Lang, &w.Asked, &w.Fact, &at)
		w.At = moment(at)
		return w, err
	}
	return list(ctx, s, "list who waits", scan, dueQuery, max(n, 0))
}

// Told implements commands.Queue.
func (s *Store) Told(ctx context.Context, id int64) error {
	_, err := s.exec(ctx, "forget who was told", "DELETE FROM waiters WHERE id = $1", id)
	return err
}
