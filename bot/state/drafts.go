package state

import (
	"context"

	"summitbot/commands"
)

// A draft of somebody else is not overwritten.
const saveDraftStatement = `INSERT INTO drafts AS d (id, person, body, at) VALUES ($1, $2, $3, $4)
ON CONFLICT (id) DO UPDATE SET body = excluded.body, at = excluded.at WHERE d.person = excluded.person`

// SaveDraft implements commands.Drafts.
func (s *Store) SaveDraft(ctx context.Context, d commands.Draft) error {
	const what = "keep a draft"
	n, err := s.exec(ctx, what, saveDraftStatement, d.ID, d.User, append([]byte{}, d.Body...), micro(d.At))
	if err == nil && n == 0 {
		return s.wrap(what, commands.ErrGone)
	}
	return err
}

// Draft implements commands.Drafts.
func (s *Store) Draft(ctx context.Context, id string) (commands.Draft, error) {
	scan := func(r row) (d commands.Draft, err error) {
		var at int64
		err = r.Scan(&d.ID, &d.User, &d.Body, &at)
		d.At = moment(at)
		return d, err
	}
	return one(ctx, s, "find a draft", scan, "SELECT id, person, body, at FROM drafts WHERE id = $1", id)
}

// DropDraft implements commands.Drafts.
func (s *Store) DropDraft(ctx context.Context, id string) error {
	_, err := s.exec(ctx, "drop a draft", "DELETE FROM drafts WHERE id = $1", id)
	return err
}
