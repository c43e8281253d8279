-- Times are microseconds since 1970 in all tables.

-- +goose Up
CREATE TABLE votes (
	person   TEXT    NOT NULL,
	fact     TEXT    NOT NULL,
	revision TEXT    NOT NULL,
	is_right BIGINT  NOT NULL,
	reason   TEXT    NOT NULL,
	at       BIGINT  NOT NULL,
	PRIMARY KEY (person, fact, revision)
);

-- Ids stand in buttons of old messages, so none is ever used again.
CREATE TABLE questions (
	id         BIGINT  PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
	text       TEXT    NOT NULL,
	lang       TEXT    NOT NULL,
	asked      BIGINT  NOT NULL,
	wrong      BIGINT  NOT NULL,
	first_at   BIGINT  NOT NULL,
	last_at    BIGINT  NOT NULL,
	near       TEXT    NOT NULL, -- JSON
	gap        TEXT    NOT NULL,
	state      TEXT    NOT NULL DEFAULT 'open',
	fact       TEXT    NOT NULL DEFAULT '',
	settled_by TEXT    NOT NULL DEFAULT '',
	settled_at BIGINT  NOT NULL DEFAULT 0
);

CREATE TABLE phrasings (
	lang     TEXT    NOT NULL,
	words    TEXT    NOT NULL,
	question BIGINT  NOT NULL REFERENCES questions (id) ON DELETE CASCADE,
	text     TEXT    NOT NULL,
	asked    BIGINT  NOT NULL,
	last_at  BIGINT  NOT NULL,
	PRIMARY KEY (lang, words, question)
);
