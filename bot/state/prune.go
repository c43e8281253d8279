package state

import (
	"context"
	"database/sql"
	"time"
)

// Pruned is how much was deleted because it was old.
type Pruned struct {
	Texts       int // ways in which questions were put
	Questions   int // groups, with those who waited for an answer
	Suggestions int // closed ones
	Postings    int
	Drafts      int
}

// draftsFor is how long a draft is kept.
const draftsFor = 24 * time.Hour

// pruneBatch is how many rows are deleted at once: others can write between
// two batches.
const pruneBatch = 200

// Each deletes at most $2 rows from before $1.
const (
	pruneTexts = `DELETE FROM phrasings WHERE (lang, words, question) IN
	(SELECT lang, words, question FROM phrasings WHERE last_at < $1 LIMIT $2) RETURNING question, text`
	pruneOpen        = `DELETE FROM questions WHERE id IN (SELECT id FROM questions WHERE state = 'open' AND last_at < $1 LIMIT $2)`
	pruneClosed      = `DELETE FROM questions WHERE id IN (SELECT id FROM questions WHERE state <> 'open' AND last_at < $1 LIMIT $2)`
	pruneSuggestions = `DELETE FROM suggestions WHERE id IN (SELECT id FROM suggestions WHERE state <> 'open' AND decided_at < $1 LIMIT $2)`
	prunePostings    = `DELETE FROM postings WHERE id IN (SELECT id FROM postings WHERE at < $1 LIMIT $2)`
	pruneDrafts      = `DELETE FROM drafts WHERE id IN (SELECT id FROM drafts WHERE at < $1 LIMIT $2)`

	// A group that is still asked shows another of its texts when the first is
	// too old.
	retitleStatement = `UPDATE questions SET text = COALESCE((SELECT text FROM phrasings WHERE question = $1 ORDER BY asked DESC, last_at DESC LIMIT 1), text)
WHERE id = $1 AND text = $2`
)

// Prune deletes what is older than keep: texts and groups of questions by when
// they were asked last, suggestions by when they were decided, and what was
// posted. Drafts go after a day. It returns what it deleted, even if it could
// not go on.
func (s *Store) Prune(ctx context.Context, now time.Time, keep time.Duration) (Pruned, error) {
	var p Pruned
	before := now.Add(-keep).UnixMicro()
	if err := s.pruneTexts(ctx, &p.Texts, before); err != nil {
		return p, err
	}
	for _, step := range []struct {
		count     *int
		statement string
		before    int64
	}{
		{&p.Questions, pruneOpen, before},
		{&p.Questions, pruneClosed, before},
		{&p.Suggestions, pruneSuggestions, before},
		{&p.Postings, prunePostings, before},
		{&p.Drafts, pruneDrafts, now.Add(-draftsFor).UnixMicro()},
	} {
		if err := s.pruneRows(ctx, step.count, step.statement, step.before); err != nil {
			return p, err
		}
	}
	return p, nil
}

// pruneRows deletes rows, batch by batch.
func (s *Store) pruneRows(ctx context.Context, count *int, statement string, before int64) error {
	for {
		n, err := s.exec(ctx, "delete what is old", statement, before, pruneBatch)
		if err != nil {
			return err
		}
		*count += int(n)
		if n < pruneBatch {
			return nil
		}
	}
}

// pruneTexts deletes texts, batch by batch. Without them a group that nobody
// has asked for as long goes in one piece, however many texts it had.
func (s *Store) pruneTexts(ctx context.Context, count *int, before int64) error {
	for {
		var old []oldText
		err := s.tx(ctx, "delete what is old", func(ctx context.Context, tx *sql.Tx) (err error) {
			old, err = deleteTexts(ctx, tx, before)
			return err
		})
		if err != nil {
			return err
		}
		*count += len(old)
		if len(old) < pruneBatch {
			return nil
		}
	}
}

// An oldText is one that was deleted.
type oldText struct {
	question int64
	text     string
}

// deleteTexts deletes one batch, and puts other texts in their place where a
// group shows them.
func deleteTexts(ctx context.Context, tx *sql.Tx, before int64) ([]oldText, error) {
	rows, err := tx.QueryContext(ctx, pruneTexts, before, pruneBatch)
	if err != nil {
		return nil, err
	}
	old, err := collect(rows, func(r row) (o oldText, err error) {
		err = r.Scan(&o.question, &o.text)
		return o, err
	})
	if err != nil {
		return nil, err
	}
	for _, o := range old {
		if _, err := tx.ExecContext(ctx, retitleStatement, o.question, o.text); err != nil {
			return nil, err
		}
	}
	return old, nil
}
