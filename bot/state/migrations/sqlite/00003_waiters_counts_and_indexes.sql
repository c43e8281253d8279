-- +goose Up
ALTER TABLE questions ADD COLUMN waiting INTEGER NOT NULL DEFAULT 0;

CREATE TABLE waiters (
	id       INTEGER PRIMARY KEY AUTOINCREMENT,
	question INTEGER NOT NULL REFERENCES questions (id) ON DELETE CASCADE,
	person   TEXT    NOT NULL,
	channel  TEXT    NOT NULL,
	guild    TEXT    NOT NULL,
	lang     TEXT    NOT NULL,
	asked    TEXT    NOT NULL,
	due      INTEGER NOT NULL DEFAULT 0,
	at       INTEGER NOT NULL,
	UNIQUE (question, person)
) STRICT;

CREATE TABLE health (
	id INTEGER PRIMARY KEY,
	at INTEGER NOT NULL
) STRICT;

-- What lists show is counted when it is written: counting a million rows for
-- each list takes too long.
CREATE TABLE ratings (
	fact     TEXT    NOT NULL,
	revision TEXT    NOT NULL,
	n_right  INTEGER NOT NULL,
	n_wrong  INTEGER NOT NULL,
	PRIMARY KEY (fact, revision)
) STRICT, WITHOUT ROWID;

INSERT INTO ratings (fact, revision, n_right, n_wrong)
	SELECT fact, revision, SUM(is_right), SUM(1 - is_right) FROM votes GROUP BY fact, revision;

CREATE TABLE open_questions (
	lang TEXT    PRIMARY KEY,
	n    INTEGER NOT NULL
) STRICT, WITHOUT ROWID;

INSERT INTO open_questions (lang, n)
	SELECT lang, COUNT(*) FROM questions WHERE state = 'open' GROUP BY lang;

-- +goose StatementBegin
CREATE TRIGGER votes_insert AFTER INSERT ON votes BEGIN
	INSERT INTO ratings (fact, revision, n_right, n_wrong) VALUES (NEW.fact, NEW.revision, NEW.is_right, 1 - NEW.is_right)
	ON CONFLICT (fact, revision) DO UPDATE SET n_right = n_right + excluded.n_right, n_wrong = n_wrong + excluded.n_wrong;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER votes_update AFTER UPDATE OF is_right ON votes BEGIN
	UPDATE ratings SET n_right = n_right + NEW.is_right - OLD.is_right, n_wrong = n_wrong + OLD.is_right - NEW.is_right
	WHERE fact = NEW.fact AND revision = NEW.revision;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER votes_delete AFTER DELETE ON votes BEGIN
	UPDATE ratings SET n_right = n_right - OLD.is_right, n_wrong = n_wrong - (1 - OLD.is_right)
	WHERE fact = OLD.fact AND revision = OLD.revision;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER questions_insert AFTER INSERT ON questions WHEN NEW.state = 'open' BEGIN
	INSERT INTO open_questions (lang, n) VALUES (NEW.lang, 1) ON CONFLICT (lang) DO UPDATE SET n = n + 1;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER questions_settle AFTER UPDATE OF state ON questions WHEN OLD.state = 'open' AND NEW.state <> 'open' BEGIN
	UPDATE open_questions SET n = n - 1 WHERE lang = OLD.lang;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER questions_delete AFTER DELETE ON questions WHEN OLD.state = 'open' BEGIN
	UPDATE open_questions SET n = n - 1 WHERE lang = OLD.lang;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER waiters_insert AFTER INSERT ON waiters BEGIN
	UPDATE questions SET waiting = waiting + 1 WHERE id = NEW.question;
END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER waiters_delete AFTER DELETE ON waiters BEGIN
	UPDATE questions SET waiting = waiting - 1 WHERE id = OLD.question;
END;
-- +goose StatementEnd

CREATE INDEX ratings_worst ON ratings (n_wrong DESC, fact, revision) WHERE n_wrong > 0;
CREATE INDEX votes_reasons ON votes (fact, at DESC) WHERE is_right = 0 AND reason <> '';

CREATE INDEX questions_asked ON questions (asked DESC, id) WHERE state = 'open';
CREATE INDEX questions_lang_asked ON questions (lang, asked DESC, id) WHERE state = 'open';
CREATE INDEX questions_last ON questions (last_at DESC, id) WHERE state = 'open';
CREATE INDEX questions_lang_last ON questions (lang, last_at DESC, id) WHERE state = 'open';
CREATE INDEX questions_open ON questions (id) WHERE state = 'open';
CREATE INDEX questions_closed ON questions (last_at) WHERE state <> 'open';
CREATE INDEX questions_settled_by ON questions (settled_by) WHERE settled_by <> '';
CREATE INDEX phrasings_question ON phrasings (question, asked DESC);
CREATE INDEX phrasings_last ON phrasings (last_at);

CREATE INDEX waiters_due ON waiters (at, id) WHERE due = 1;
CREATE INDEX waiters_person ON waiters (person);

CREATE INDEX suggestions_person ON suggestions (person) WHERE person <> '';
CREATE INDEX suggestions_decided_by ON suggestions (decided_by) WHERE decided_by <> '';
CREATE INDEX suggestions_decided ON suggestions (decided_at) WHERE state <> 'open';
CREATE INDEX drafts_person ON drafts (person);
CREATE INDEX drafts_at ON drafts (at);
CREATE INDEX changes_fact ON changes (fact, id);
CREATE INDEX changes_person ON changes (person) WHERE person <> '';
CREATE INDEX postings_fact ON postings (fact, id);
CREATE INDEX postings_at ON postings (at);
