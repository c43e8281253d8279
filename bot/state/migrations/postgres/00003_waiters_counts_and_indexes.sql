-- +goose Up
ALTER TABLE questions ADD COLUMN waiting BIGINT NOT NULL DEFAULT 0;

CREATE TABLE waiters (
	id       BIGINT  PRIMARY KEY GENERATED ALWAYS AS IDENTITY,
	question BIGINT  NOT NULL REFERENCES questions (id) ON DELETE CASCADE,
	person   TEXT    NOT NULL,
	channel  TEXT    NOT NULL,
	guild    TEXT    NOT NULL,
	lang     TEXT    NOT NULL,
	asked    TEXT    NOT NULL,
	due      BIGINT  NOT NULL DEFAULT 0,
	at       BIGINT  NOT NULL,
	UNIQUE (question, person)
);

CREATE TABLE health (
	id BIGINT PRIMARY KEY,
	at BIGINT NOT NULL
);

-- What lists show is counted when it is written: counting a million rows for
-- each list takes too long.
CREATE TABLE ratings (
	fact     TEXT    NOT NULL,
	revision TEXT    NOT NULL,
	n_right  BIGINT  NOT NULL,
	n_wrong  BIGINT  NOT NULL,
	PRIMARY KEY (fact, revision)
);

INSERT INTO ratings (fact, revision, n_right, n_wrong)
	SELECT fact, revision, SUM(is_right), SUM(1 - is_right) FROM votes GROUP BY fact, revision;

CREATE TABLE open_questions (
	lang TEXT    PRIMARY KEY,
	n    BIGINT  NOT NULL
);

INSERT INTO open_questions (lang, n)
	SELECT lang, COUNT(*) FROM questions WHERE state = 'open' GROUP BY lang;

-- +goose StatementBegin
CREATE FUNCTION count_votes() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP <> 'INSERT' THEN
		UPDATE ratings SET n_right = n_right - OLD.is_right, n_wrong = n_wrong - (1 - OLD.is_right)
		WHERE fact = OLD.fact AND revision = OLD.revision;
	END IF;
	IF TG_OP <> 'DELETE' THEN
		INSERT INTO ratings AS r (fact, revision, n_right, n_wrong) VALUES (NEW.fact, NEW.revision, NEW.is_right, 1 - NEW.is_right)
		ON CONFLICT (fact, revision) DO UPDATE SET n_right = r.n_right + excluded.n_right, n_wrong = r.n_wrong + excluded.n_wrong;
	END IF;
	RETURN NULL;
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION count_open() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'INSERT' THEN
		INSERT INTO open_questions AS o (lang, n) VALUES (NEW.lang, 1) ON CONFLICT (lang) DO UPDATE SET n = o.n + 1;
	ELSE
		UPDATE open_questions SET n = n - 1 WHERE lang = OLD.lang;
	END IF;
	RETURN NULL;
END $$;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE FUNCTION count_waiting() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
	IF TG_OP = 'INSERT' THEN
		UPDATE questions SET waiting = waiting + 1 WHERE id = NEW.question;
	ELSE
		UPDATE questions SET waiting = waiting - 1 WHERE id = OLD.question;
	END IF;
	RETURN NULL;
END $$;
-- +goose StatementEnd

CREATE TRIGGER votes_count AFTER INSERT OR DELETE OR UPDATE OF is_right ON votes FOR EACH ROW EXECUTE FUNCTION count_votes();
CREATE TRIGGER questions_insert AFTER INSERT ON questions FOR EACH ROW WHEN (NEW.state = 'open') EXECUTE FUNCTION count_open();
CREATE TRIGGER questions_settle AFTER UPDATE OF state ON questions FOR EACH ROW WHEN (OLD.state = 'open' AND NEW.state <> 'open') EXECUTE FUNCTION count_open();
CREATE TRIGGER questions_delete AFTER DELETE ON questions FOR EACH ROW WHEN (OLD.state = 'open') EXECUTE FUNCTION count_open();
CREATE TRIGGER waiters_count AFTER INSERT OR DELETE ON waiters FOR EACH ROW EXECUTE FUNCTION count_waiting();

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
