package state

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"summitbot/commands"
)

const (
	suggestStatement = `INSERT INTO suggestions (person, text, link, fact, lang, guild, channel, at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8) RETURNING id`
	suggestionQuery  = `SELECT id, person, text, link, fact, lang, guild, channel, state, reason, decided_by, at FROM suggestions WHERE id = $1`
	decideStatement  = `UPDATE suggestions SET state = $2, reason = $3, decided_by = $4, decided_at = $5 WHERE id = $1 AND state = 'open'`
)

// Suggest implements commands.Suggestions.
func (s *Store) Suggest(ctx context.Context, g commands.Suggested) (id int64, err error) {
	err = s.tx(ctx, "keep a suggestion", func(ctx context.Context, tx *sql.Tx) error {
		return tx.QueryRowContext(ctx, suggestStatement, g.User, clean(g.Text), clean(g.Link), g.Fact, g.Lang, g.Guild, g.Channel, micro(g.At)).Scan(&id)
	})
	if err != nil {
		return 0, err
	}
	return id, nil
}

// Suggestion implements commands.Suggestions.
func (s *Store) Suggestion(ctx context.Context, id int64) (commands.Suggested, error) {
	scan := func(r row) (g commands.Suggested, err error) {
		var at int64
		err = r.Scan(&g.ID, &g.User, &g.Text, &g.Link, &g.Fact, &g.Lang, &g.Guild, &g.Channel, &g.State, &g.Reason, &g.By, &at)
		g.At = moment(at)
		return g, err
	}
	return one(ctx, s, "find a suggestion", scan, suggestionQuery, id)
}

// Decide implements commands.Suggestions.
func (s *Store) Decide(ctx context.Context, id int64, state, reason, by string) (bool, error) {
	if state != commands.StateAccepted && state != commands.StateRejected {
		return false, fmt.Errorf("decide on a suggestion: %q is no state of a closed one", state)
	}
	n, err := s.exec(ctx, "decide on a suggestion", decideStatement, id, state, clean(reason), by, micro(time.Now()))
	return n == 1, err
}
