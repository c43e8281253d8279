-- Times are microseconds since 1970 in all tables.

-- +goose Up
CREATE TABLE votes (
	person   TEXT    NOT NULL,
	fact     TEXT    NOT NULL,
	revision TEXT    NOT NULL,
	is_right INTEGER NOT NULL,
	reason   TEXT    NOT NULL,
	at       INTEGER NOT NULL,
	PRIMARY KEY (person, fact, revision)
) STRICT, WITHOUT ROWID;

-- Ids stand in buttons of old messages, so none is ever used again.
CREATE TABLE questions (
	id         INTEGER PRIMARY KEY AUTOINCREMENT,
	text       TEXT    NOT NULL,
	lang       TEXT    NOT NULL,
	asked      INTEGER NOT NULL,
	wrong      INTEGER NOT NULL,
	first_at   INTEGER NOT NULL,
	last_at    INTEGER NOT NULL,
	near       TEXT    NOT NULL, -- JSON
	gap        TEXT    NOT NULL,
	state      TEXT    NOT NULL DEFAULT 'open',
	fact       TEXT    NOT NULL DEFAULT '',
	settled_by TEXT    NOT NULL DEFAULT '',
	settled_at INTEGER NOT NULL DEFAULT 0
) STRICT;

CREATE TABLE phrasings (
	lang     TEXT    NOT NULL,
	words    TEXT    NOT NULL,
	question INTEGER NOT NULL REFERENCES questions (id) ON DELETE CASCADE,
	text     TEXT    NOT NULL,
	asked    INTEGER NOT NULL,
	last_at  INTEGER NOT NULL,
	PRIMARY KEY (lang, words, question)
) STRICT, WITHOUT ROWID;
