package state

import (
	"context"
	"database/sql"

	"summitbot/commands"
)

const storedQuery = `SELECT
	(SELECT COUNT(*) FROM votes WHERE person = $1),
	(SELECT COUNT(*) FROM waiters WHERE person = $1),
	(SELECT COUNT(*) FROM suggestions WHERE person = $1 AND person <> ''),
	(SELECT COUNT(*) FROM drafts WHERE person = $1),
	(SELECT COUNT(*) FROM changes WHERE person = $1 AND person <> '')`

// forgetStatements delete what is kept about $1, or put commands.Forgotten in
// the place of the name. That a suggestion has no name is nothing unusual.
var forgetStatements = []string{
	`DELETE FROM votes WHERE person = $1`,
	`DELETE FROM waiters WHERE person = $1`,
	`DELETE FROM drafts WHERE person = $1`,
	`UPDATE suggestions SET person = '' WHERE person = $1 AND person <> ''`,
	`UPDATE suggestions SET decided_by = '` + commands.Forgotten + `' WHERE decided_by = $1 AND decided_by <> ''`,
	`UPDATE changes SET person = '` + commands.Forgotten + `' WHERE person = $1 AND person <> ''`,
	`UPDATE questions SET settled_by = '` + commands.Forgotten + `' WHERE settled_by = $1 AND settled_by <> ''`,
}

// Stored implements commands.People.
func (s *Store) Stored(ctx context.Context, user string) (commands.Stored, error) {
	if nobody(user) {
		return commands.Stored{}, nil
	}
	scan := func(r row) (n commands.Stored, err error) {
		err = r.Scan(&n.Votes, &n.Waiting, &n.Suggestions, &n.Drafts, &n.Changes)
		return n, err
	}
	return one(ctx, s, "count what is kept", scan, storedQuery, user)
}

// Forget implements commands.People.
func (s *Store) Forget(ctx context.Context, user string) (int, error) {
	if nobody(user) {
		return 0, nil
	}
	var all int64
	err := s.tx(ctx, "forget somebody", func(ctx context.Context, tx *sql.Tx) error {
		all = 0
		for _, statement := range forgetStatements {
			n, err := changed(tx.ExecContext(ctx, statement, user))
			if err != nil {
				return err
			}
			all += n
		}
		return nil
	})
	if err != nil {
		return 0, err
	}
	return int(all), nil
}

// nobody reports whether a name is what stands where there is none.
func nobody(user string) bool { return user == "" || user == commands.Forgotten }
