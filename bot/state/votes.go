package state

import (
	"context"

	"summitbot/commands"
)

const (
	voteStatement = `INSERT INTO votes AS v (person, fact, revision, is_right, reason, at) VALUES ($1, $2, $3, $4, $5, $6)
ON CONFLICT (person, fact, revision) DO UPDATE SET is_right = excluded.is_right, at = excluded.at,
	reason = CASE WHEN excluded.reason = '' THEN v.reason ELSE excluded.reason END`

	worstQuery   = `SELECT fact, revision, n_right, n_wrong FROM ratings WHERE n_wrong > 0 ORDER BY n_wrong DESC, fact, revision LIMIT $1`
	reasonsQuery = `SELECT revision, reason, at FROM votes WHERE fact = $1 AND is_right = 0 AND reason <> '' ORDER BY at DESC LIMIT $2`
)

// Vote implements commands.Votes. Triggers keep the ratings.
func (s *Store) Vote(ctx context.Context, v commands.Vote) error {
	_, err := s.exec(ctx, "keep a vote", voteStatement, v.User, v.Fact, v.Revision, bit(v.Right), clean(v.Reason), micro(v.At))
	return err
}

// Worst implements commands.Votes.
func (s *Store) Worst(ctx context.Context, n int) ([]commands.Rating, error) {
	scan := func(r row) (v commands.Rating, err error) {
		err = r.Scan(&v.Fact, &v.Revision, &v.Right, &v.Wrong)
		return v, err
	}
	return list(ctx, s, "list ratings", scan, worstQuery, max(n, 0))
}

// Reasons implements commands.Votes.
func (s *Store) Reasons(ctx context.Context, fact string, n int) ([]commands.Vote, error) {
	scan := func(r row) (commands.Vote, error) {
		v, at := commands.Vote{Fact: fact}, int64(0)
		err := r.Scan(&v.Revision, &v.Reason, &at)
		v.At = moment(at)
		return v, err
	}
	return list(ctx, s, "list reasons", scan, reasonsQuery, fact, max(n, 0))
}
