-- +goose Up
CREATE TABLE suggestions (
	id         INTEGER PRIMARY KEY AUTOINCREMENT,
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
	decided_at INTEGER NOT NULL DEFAULT 0,
	at         INTEGER NOT NULL
) STRICT;

CREATE TABLE drafts (
	id     TEXT    PRIMARY KEY,
	person TEXT    NOT NULL,
	body   BLOB    NOT NULL,
	at     INTEGER NOT NULL
) STRICT;

CREATE TABLE changes (
	id     INTEGER PRIMARY KEY AUTOINCREMENT,
	at     INTEGER NOT NULL,
	person TEXT    NOT NULL,
	kind   TEXT    NOT NULL,
	fact   TEXT    NOT NULL,
	before TEXT, -- JSON; NULL: it was not there
	after  TEXT,
	undoes INTEGER NOT NULL
) STRICT;

CREATE TABLE postings (
	id       INTEGER PRIMARY KEY AUTOINCREMENT,
	message  TEXT    NOT NULL,
	fact     TEXT    NOT NULL,
	revision TEXT    NOT NULL,
	lang     TEXT    NOT NULL,
	guild    TEXT    NOT NULL,
	channel  TEXT    NOT NULL,
	at       INTEGER NOT NULL,
	UNIQUE (message, fact)
) STRICT;
