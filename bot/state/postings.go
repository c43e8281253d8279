package state

import (
	"context"
	"database/sql"

	"summitbot/commands"
)

const (
	postStatement = `INSERT INTO postings (message, fact, revision, lang, guild, channel, at) VALUES ($1, $2, $3, $4, $5, $6, $7)
ON CONFLICT (message, fact) DO UPDATE SET revision = excluded.revision, lang = excluded.lang, at = excluded.at`
	postedQuery = `SELECT id, fact, revision, lang, guild, channel, message, at FROM postings WHERE fact = $1 AND id > $2 ORDER BY id LIMIT $3`
)

// Post implements commands.Postings.
func (s *Store) Post(ctx context.Context, list []commands.Posting) error {
	return s.tx(ctx, "keep what was posted", func(ctx context.Context, tx *sql.Tx) error {
		for _, p := range list {
			if _, err := tx.ExecContext(ctx, postStatement, p.Message, p.Fact, p.Revision, p.Lang, p.Guild, p.Channel, micro(p.At)); err != nil {
				return err
			}
		}
		return nil
	})
}

// Posted implements commands.Postings.
func (s *Store) Posted(ctx context.Context, fact string, after int64, n int) ([]commands.Posting, error) {
	scan := func(r row) (p commands.Posting, err error) {
		var at int64
		err = r.Scan(&p.ID, &p.Fact, &p.Revision, &p.Lang, &p.Guild, &p.Channel, &p.Message, &at)
		p.At = moment(at)
		return p, err
	}
	return list(ctx, s, "list what was posted", scan, postedQuery, fact, after, max(n, 0))
}
