package state

import (
	"context"
	"database/sql"
	"encoding/json"
	"errors"
	"reflect"

	"summitbot/commands"
	"summitbot/facts"
)

const (
	newestQuery     = `SELECT after FROM changes WHERE fact = $1 ORDER BY id DESC LIMIT 1`
	recordStatement = `INSERT INTO changes (at, person, kind, fact, before, after, undoes) VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING id`
	changeQuery     = `SELECT id, at, person, kind, fact, before, after, undoes FROM changes`
)

// Record implements commands.History.
func (s *Store) Record(ctx context.Context, c commands.Change) (id int64, err error) {
	before, errBefore := factJSON(c.Before)
	after, errAfter := factJSON(c.After)
	if err := errors.Join(errBefore, errAfter); err != nil {
		return 0, s.wrap("record a change", err)
	}
	err = s.tx(ctx, "record a change", func(ctx context.Context, tx *sql.Tx) error {
		id = 0
		if err := s.lock(ctx, tx, "change "+c.Fact); err != nil {
			return err
		}
		var newest sql.Null[string]
		err := tx.QueryRowContext(ctx, newestQuery, c.Fact).Scan(&newest)
		if err == nil && sameFact(newest, after) {
			return nil
		}
		if err != nil && !errors.Is(err, sql.ErrNoRows) {
			return err
		}
		return tx.QueryRowContext(ctx, recordStatement, micro(c.At), c.User, c.Kind, c.Fact, before, after, c.Undoes).Scan(&id)
	})
	if err != nil {
		return 0, err
	}
	return id, nil
}

// factJSON is a fact as it is kept.
func factJSON(f *facts.Fact) (sql.Null[string], error) {
	if f == nil {
		return sql.Null[string]{}, nil
	}
	data, err := json.Marshal(f)
	return sql.Null[string]{V: string(data), Valid: true}, err
}

// factOf is a fact that was kept.
func factOf(text sql.Null[string]) (*facts.Fact, error) {
	if !text.Valid {
		return nil, nil
	}
	f := new(facts.Fact)
	return f, json.Unmarshal([]byte(text.V), f)
}

// sameFact reports whether two kept facts say the same. What is empty counts
// as missing, so that a field which facts get later makes no difference.
func sameFact(a, b sql.Null[string]) bool {
	if a.Valid != b.Valid || !a.Valid {
		return a.Valid == b.Valid
	}
	var x, y any
	if json.Unmarshal([]byte(a.V), &x) != nil || json.Unmarshal([]byte(b.V), &y) != nil {
		return false
	}
	return reflect.DeepEqual(filled(x), filled(y))
}

// filled is a JSON value without empty fields, or nil if it is empty itself.
func filled(v any) any {
	switch v := v.(type) {
	case map[string]any:
		for key := range v {
			if v[key] = filled(v[key]); v[key] == nil {
				delete(v, key)
			}
		}
		if len(v) == 0 {
			return nil
		}
	case []any:
		for i := range v {
			v[i] = filled(v[i])
		}
		if len(v) == 0 {
			return nil
		}
	case string:
		if v == "" {
			return nil
		}
	case float64:
		if v == 0 {
			return nil
		}
	}
	return v
}

// Changes implements commands.History.
func (s *Store) Changes(ctx context.Context, fact string, skip, most int) ([]commands.Change, int, error) {
	where, args := "", []any{}
	if fact != "" {
		where, args = " WHERE fact = $1", append(args, fact)
	}
	all, err := one(ctx, s, "count changes", scanInt, "SELECT COUNT(*) FROM changes"+where, args...)
	if err != nil {
		return nil, 0, err
	}
	page := " ORDER BY id DESC LIMIT $1 OFFSET $2"
	if fact != "" {
		page = " ORDER BY id DESC LIMIT $2 OFFSET $3"
	}
	found, err := list(ctx, s, "list changes", scanChange, changeQuery+where+page, append(args, max(most, 0), max(skip, 0))...)
	return found, int(all), err
}

// Change implements commands.History.
func (s *Store) Change(ctx context.Context, id int64) (commands.Change, error) {
	return one(ctx, s, "find a change", scanChange, changeQuery+" WHERE id = $1", id)
}

func scanChange(r row) (c commands.Change, err error) {
	var at int64
	var before, after sql.Null[string]
	if err := r.Scan(&c.ID, &at, &c.User, &c.Kind, &c.Fact, &before, &after, &c.Undoes); err != nil {
		return c, err
	}
	c.At = moment(at)
	if c.Before, err = factOf(before); err != nil {
		return c, err
	}
	c.After, err = factOf(after)
	return c, err
}
