package state

import (
	"context"
	"database/sql"
	"fmt"
	"strconv"
	"strings"
	"testing"

	"summitbot/commands"
)

// fill puts n questions, each with one text, and n votes into tables of
// version 2, which do not count them yet.
func fill(ctx context.Context, s *Store, n int) error {
	const numbers = "WITH RECURSIVE k(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM k WHERE i < " // both understand it
	const langs = "CASE i % 3 WHEN 0 THEN 'en' WHEN 1 THEN 'ko' ELSE 'ja' END"
	for _, insert := range []string{
		"INSERT INTO questions (text, lang, asked, wrong, first_at, last_at, near, gap) WITH k SELECT 'What about number ' || i || ' of them?', " + langs + ", 1 + i % 997, 0, i, i * 1000, '[\"summit/place\"]', '' FROM k",
		"INSERT INTO phrasings (lang, words, question, text, asked, last_at) WITH k SELECT " + langs + ", 'number ' || i, i, 'What about number ' || i || ' of them?', 1 + i % 997, i * 1000 FROM k",
		"INSERT INTO votes (person, fact, revision, is_right, reason, at) WITH k SELECT CAST(i AS TEXT), 'summit/' || (i % 5000), 'a', i % 2, CASE WHEN i % 10 = 0 THEN 'It was later' ELSE '' END, i FROM k",
		"INSERT INTO suggestions (person, text, link, fact, lang, guild, channel, at) WITH k SELECT CAST(i AS TEXT), 'x', '', '', 'en', '', '', i FROM k WHERE i % 10 = 0",
		"INSERT INTO postings (message, fact, revision, lang, guild, channel, at) WITH k SELECT CAST(i AS TEXT), 'summit/' || (i % 100), 'a', 'en', '', '', i FROM k WHERE i % 10 = 0",
		"INSERT INTO changes (at, person, kind, fact, before, after, undoes) WITH k SELECT i, '9', 'edit', 'summit/' || (i % 100), NULL, '{}', 0 FROM k WHERE i % 10 = 0",
	} {
		insert = strings.Replace(insert, "WITH k", numbers+strconv.Itoa(n)+")", 1)
		if _, err := s.write.ExecContext(ctx, insert); err != nil {
			return fmt.Errorf("%s: %w", insert, err)
		}
	}
	return nil
}

// filledStore makes a store with n questions and n votes.
func filledStore(t testing.TB, address string, n int) *Store {
	t.Helper()
	s := raw(t, address)
	m, err := migrator(s)
	must(t, err)
	if _, err := m.UpTo(t.Context(), 2); err != nil {
		t.Fatal(err)
	}
	must(t, fill(t.Context(), s, n))
	must(t, s.Close())
	return open(t, address)
}

// TestPlans: what is asked often goes through indexes, in their order.
func TestPlans(t *testing.T) {
	var queries []struct {
		query string
		args  []any
	}
	add := func(query string, args ...any) {
		queries = append(queries, struct {
			query string
			args  []any
		}{query, args})
	}
	for _, newest := range []bool{false, true} {
		add(openQuery(commands.QueueFilter{Newest: newest}), 10, 0)
		add(openQuery(commands.QueueFilter{Newest: newest, Lang: "en"}), 10, 0, "en")
	}
	add(openAfterQuery, 500, 100)
	add(questionQuery+"id = $1", 7)
	add(phrasingsQuery, 7, 5)
	add(worstQuery, 10)
	add(reasonsQuery, "summit/7", 10)
	add(dueQuery, 10)
	add(postedQuery, "summit/7", 0, 10)
	add(newestQuery, "summit/7")
	add(changeQuery+" WHERE fact = $1 ORDER BY id DESC LIMIT $2 OFFSET $3", "summit/7", 10, 0)
	add("SELECT id FROM suggestions WHERE person = $1 AND person <> ''", "7")
	add("SELECT id FROM waiters WHERE person = $1", "7")
	add("SELECT fact FROM votes WHERE person = $1", "7")
	add(countStatement, 7, "open", 0, "[]", "", 5, 1)
	for _, statement := range []string{pruneTexts, pruneOpen, pruneClosed, prunePostings, pruneDrafts, pruneSuggestions} {
		add(statement, 5, 10)
	}
	for _, p := range places {
		t.Run(p.name, func(t *testing.T) {
			t.Parallel()
			rows := 2_000
			if p.name == postgresScheme { // which rightly scans what is smaller
				rows = 5_000
			}
			s := filledStore(t, p.url(t), rows)
			for _, statement := range []string{
				"INSERT INTO waiters (question, person, channel, guild, lang, asked, due, at) SELECT id, CAST(id AS TEXT), '', '', 'en', '', id % 2, id FROM questions",
				"INSERT INTO drafts (id, person, body, at) SELECT text, CAST(id AS TEXT), $1, id FROM questions",
				"ANALYZE",
			} {
				var args []any
				if strings.Contains(statement, "$1") {
					args = append(args, []byte("{}"))
				}
				_, err := s.write.ExecContext(t.Context(), statement, args...)
				must(t, err)
			}
			for _, q := range queries {
				plan := explain(t, s, q.query, q.args)
				if bad := slow(plan); bad != "" {
					t.Errorf("%s\n%s\n%s", bad, q.query, plan)
				}
			}
			// Of groups with the same words there are few, which may be sorted.
			if plan := explain(t, s, sameWordsQuery, []any{"en", "number 3"}); strings.Contains(plan, "Seq Scan") || strings.Contains(plan, "SCAN ") {
				t.Errorf("%s\n%s", sameWordsQuery, plan)
			}
		})
	}
}

// slow returns what is slow in a plan, or "". A statement that deletes may sort
// the few rows of its batch.
func slow(plan string) string {
	for line := range strings.Lines(plan) {
		switch {
		case strings.Contains(line, "Seq Scan"), strings.Contains(line, "SCAN ") && !strings.Contains(line, "USING"),
			!strings.HasPrefix(plan, "Delete") && (strings.Contains(line, "TEMP B-TREE") || strings.Contains(line, "Sort ")):
			return "slow: " + strings.TrimSpace(line)
		}
	}
	return ""
}

// explain returns how a database would run a query.
func explain(t *testing.T, s *Store, query string, args []any) string {
	t.Helper()
	if s.dialect.name == sqliteScheme {
		rows, err := s.write.QueryContext(t.Context(), "EXPLAIN QUERY PLAN "+query, args...)
		must(t, err)
		return text(t, rows, func(r row) (line string, err error) {
			var ignored int
			err = r.Scan(&ignored, &ignored, &ignored, &line)
			return line, err
		})
	}
	rows, err := s.write.QueryContext(t.Context(), "EXPLAIN "+query, args...)
	must(t, err)
	return text(t, rows, scanText)
}

func text(t *testing.T, rows *sql.Rows, scan func(row) (string, error)) string {
	t.Helper()
	lines, err := collect(rows, scan)
	must(t, err)
	return strings.Join(lines, "\n")
}
