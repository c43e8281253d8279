-- +goose Up
CREATE TABLE suggestions (
	id         BIGINT  PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
	person     TEXT    NOT NULL,
	text       TEXT    NOT NULL,
	link       TEXT    NOT NULL,
	fact       TEXT    NOT NULL,
	lang       TEXT    NOT NULL,
	guild      TEXT    NOT NULL,
	channel    TEXT    NOT NULL,
	state      TEXT    NOT NULL DEFAULT 'open',
	reason     TEXT    NOT NULL DEFAULT '',
	decided_by TEXT    NOT NULL DEFAULT '',
	decided_at BIGINT  NOT NULL DEFAULT 0,
	at         BIGINT  NOT NULL
);

CREATE TABLE drafts (
	id     TEXT    PRIMARY KEY,
	person TEXT    NOT NULL,
	body   BYTEA   NOT NULL,
	at     BIGINT  NOT NULL
);

CREATE TABLE changes (
	id     BIGINT  PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
	at     BIGINT  NOT NULL,
	person TEXT    NOT NULL,
	kind   TEXT    NOT NULL,
	fact   TEXT    NOT NULL,
	before TEXT, -- JSON; NULL: it was not there
	after  TEXT,
	undoes BIGINT  NOT NULL
);

CREATE TABLE postings (
	id       BIGINT  PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
	message  TEXT    NOT NULL,
	fact     TEXT    NOT NULL,
	revision TEXT    NOT NULL,
	lang     TEXT    NOT NULL,
	guild    TEXT    NOT NULL,
	channel  TEXT    NOT NULL,
	at       BIGINT  NOT NULL,
	UNIQUE (message, fact)
);
