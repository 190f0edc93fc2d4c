-- The store of paperdiary, version 2 (user_version). Read this first; every statement on it stands in src/store/.
--
-- What is stored is never overwritten. A row with `since` and `until` held from import `since` until, not including,
-- import `until`; until 0: it still holds. So the state after import N is
--     since <= N AND (until = 0 OR N < until)
-- Days are counted from 1970-01-01; 0 or NULL: none. Classes, pupils and texts are numbers here:
-- 0 is no class, the whole class, and the empty text.

-- An import, or a command that changes a pupil's data (kind 'command', the command in `file`): the store's clock.
CREATE TABLE import (
    import    INTEGER PRIMARY KEY,          -- 1, 2, 3 …
    stamp     TEXT NOT NULL,                -- YYYY-MM-DD HH:MM:SS
    account   TEXT NOT NULL,
    kind      TEXT NOT NULL,                -- gradebook, pupils, finals … or command
    file      TEXT NOT NULL,                -- its name, without the folder
    profile   TEXT NOT NULL DEFAULT '',
    state     TEXT NOT NULL DEFAULT '',     -- when the source made it, as the file says
    sha256    TEXT NOT NULL DEFAULT '',
    lines     INTEGER NOT NULL DEFAULT 0,   -- rows of the file
    added     INTEGER NOT NULL DEFAULT 0,   -- values
    corrected INTEGER NOT NULL DEFAULT 0,
    withdrawn INTEGER NOT NULL DEFAULT 0,
    unchanged INTEGER NOT NULL DEFAULT 0,
    accepted  INTEGER NOT NULL DEFAULT 0    -- 1: with --accept-withdrawals
) STRICT;

-- Classes, by canonical name («3А»).
CREATE TABLE form (
    form INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;

-- Every text of the gradebook once: subjects, teachers, topics, homework, works, marks, comments, announcements.
-- Comments and announcements can hold personal data: what removes their rows must remove them here.
CREATE TABLE phrase (
    phrase INTEGER PRIMARY KEY,
    text   TEXT NOT NULL UNIQUE
) STRICT;

-- A pupil's identity: what never changes. The code is that of the exports, or made: «3А-1».
CREATE TABLE pupil (
    pupil INTEGER PRIMARY KEY,
    code  TEXT NOT NULL UNIQUE
) STRICT;

-- What is known of a pupil, with its history.
CREATE TABLE pupil_state (
    pupil       INTEGER NOT NULL REFERENCES pupil,
    since       INTEGER NOT NULL REFERENCES import,
    until       INTEGER NOT NULL DEFAULT 0,
    name        TEXT NOT NULL,
    folded      TEXT NOT NULL,              -- the name for comparing
    form        INTEGER NOT NULL,
    enrolled    INTEGER,
    left_on     INTEGER,
    ground      TEXT NOT NULL,              -- '', transfer, graduation
    consent     INTEGER,
    paper_from  INTEGER,
    paper_until INTEGER,
    delivery    TEXT NOT NULL,              -- '', hand, office, post
    recipient   TEXT NOT NULL,
    address     TEXT NOT NULL,
    copies      INTEGER NOT NULL,           -- 0: not said, one
    PRIMARY KEY (pupil, since)
) STRICT, WITHOUT ROWID;
CREATE INDEX pupil_state_form ON pupil_state (form);
CREATE INDEX pupil_state_name ON pupil_state (folded) WHERE until = 0;

-- Every class a pupil was ever in: a book of one class finds his entries in the others through it.
CREATE TABLE pupil_form (
    pupil   INTEGER NOT NULL REFERENCES pupil,
    form    INTEGER NOT NULL REFERENCES form,
    newest  INTEGER NOT NULL DEFAULT 0,     -- the newest day on which an entry of his stands there
    reached INTEGER NOT NULL DEFAULT 0,     -- the newest day on which one ever stood
    PRIMARY KEY (pupil, form)
) STRICT, WITHOUT ROWID;
CREATE INDEX pupil_form_form ON pupil_form (form);

-- The gradebook: a pupil in a lesson with at most one mark; two marks are two rows, equal rows are two marks. In the
-- order of a class's days, so that an import writes and reads runs of neighbours. No foreign keys: its numbers come
-- from the tables above in the same transaction, and it is the table where a lookup a row would cost.
CREATE TABLE entry (
    form     INTEGER NOT NULL,
    day      INTEGER NOT NULL,
    pupil    INTEGER NOT NULL,              -- 0: the lesson of the whole class
    lesson   INTEGER NOT NULL,              -- 1 to 12, 0: not given
    subject  INTEGER NOT NULL,              -- this and what follows to `comment`: phrases, but weight and reason
    since    INTEGER NOT NULL,
    nth      INTEGER NOT NULL,              -- tells rows of one key and import apart
    until    INTEGER NOT NULL DEFAULT 0,
    teacher  INTEGER NOT NULL,
    topic    INTEGER NOT NULL,
    homework INTEGER NOT NULL,
    work     INTEGER NOT NULL,
    mark     INTEGER NOT NULL,
    comment  INTEGER NOT NULL,
    weight   INTEGER NOT NULL,              -- thousandths
    reason   INTEGER NOT NULL,              -- enum reason; 0: present
    PRIMARY KEY (form, day, pupil, lesson, subject, since, nth)
) STRICT, WITHOUT ROWID;

-- Marks of terms, the year and exams.
CREATE TABLE final (
    pupil   INTEGER NOT NULL,
    year    INTEGER NOT NULL,               -- the school year's first: 2026
    period  INTEGER NOT NULL,               -- 1 to 4, 5 year, 6 exam, 7 final
    subject INTEGER NOT NULL,
    since   INTEGER NOT NULL,
    nth     INTEGER NOT NULL,
    until   INTEGER NOT NULL DEFAULT 0,
    form    INTEGER NOT NULL,               -- the class that the file named
    mark    INTEGER NOT NULL,
    decided INTEGER NOT NULL,
    PRIMARY KEY (pupil, year, period, subject, since, nth)
) STRICT, WITHOUT ROWID;
CREATE INDEX final_period ON final (year, period) WHERE until = 0;

-- Lessons to come: of one day, or (day 0) of every such weekday.
CREATE TABLE timetable (
    form    INTEGER NOT NULL,
    day     INTEGER NOT NULL,
    weekday INTEGER NOT NULL,               -- 1 Monday to 7 Sunday
    lesson  INTEGER NOT NULL,
    since   INTEGER NOT NULL,
    nth     INTEGER NOT NULL,
    until   INTEGER NOT NULL DEFAULT 0,
    subject INTEGER NOT NULL,
    room    INTEGER NOT NULL,
    starts  INTEGER NOT NULL,
    PRIMARY KEY (form, day, weekday, lesson, since, nth)
) STRICT, WITHOUT ROWID;

CREATE TABLE announcement (
    form      INTEGER NOT NULL,             -- 0: the whole school
    from_day  INTEGER NOT NULL,
    pupil     INTEGER NOT NULL,             -- 0: everyone
    since     INTEGER NOT NULL,
    nth       INTEGER NOT NULL,
    until     INTEGER NOT NULL DEFAULT 0,
    until_day INTEGER NOT NULL,
    text      INTEGER NOT NULL,
    PRIMARY KEY (form, from_day, pupil, since, nth)
) STRICT, WITHOUT ROWID;

CREATE TABLE achievement (
    pupil  INTEGER NOT NULL,
    day    INTEGER NOT NULL,
    since  INTEGER NOT NULL,
    nth    INTEGER NOT NULL,
    until  INTEGER NOT NULL DEFAULT 0,
    title  INTEGER NOT NULL,
    result INTEGER NOT NULL,
    PRIMARY KEY (pupil, day, since, nth)
) STRICT, WITHOUT ROWID;

-- The last visit of a pupil's family to the electronic diary.
CREATE TABLE visit (
    pupil      INTEGER NOT NULL,
    since      INTEGER NOT NULL,
    nth        INTEGER NOT NULL,
    until      INTEGER NOT NULL DEFAULT 0,
    last_visit INTEGER NOT NULL,            -- 0: never
    PRIMARY KEY (pupil, since, nth)
) STRICT, WITHOUT ROWID;

-- What sheets were made with: a sheet made again with the same things has the same bytes.
CREATE TABLE made_with (
    made_with INTEGER PRIMARY KEY,
    program   TEXT NOT NULL,                -- versions of the program and of what writes its PDFs
    layout    TEXT NOT NULL,                -- SHA-256 of the layout as it took effect
    fonts     TEXT NOT NULL,                -- of the faces and the hyphenation
    settings  TEXT NOT NULL,                -- of those of school.ini that show on sheets
    UNIQUE (program, layout, fonts, settings)
) STRICT;

-- What stands behind the digests of the layout and the settings, so that a sheet can be made again with those of then:
-- «[section] key = value» a line, of the school's own layout file and of what shows on sheets of school.ini.
CREATE TABLE made_text (
    digest TEXT PRIMARY KEY,
    text   TEXT NOT NULL
) STRICT, WITHOUT ROWID;

-- The register of issued sheets. The pupil's name is not kept here: it is that of pupil_state at `import`. Of a pupil
-- who was removed only number, period, day, pages and hash stay: pupil is NULL, delivery and file are ''.
CREATE TABLE sheet (
    sheet       INTEGER PRIMARY KEY,        -- in order of issue
    number      TEXT NOT NULL UNIQUE,       -- 2026-W47-3А-07
    pupil       INTEGER REFERENCES pupil,
    form        TEXT NOT NULL,              -- the class then
    kind        INTEGER NOT NULL,           -- 1 weekly, 2 term
    period      TEXT NOT NULL,              -- 2026-W47
    running     INTEGER NOT NULL,
    issue       INTEGER NOT NULL,
    until_day   INTEGER,                    -- the last day that it tells of
    import      INTEGER NOT NULL,           -- the state that it shows
    told_import INTEGER NOT NULL,           -- what was told before it: with these it can be made again
    told_until  INTEGER,
    stamp       TEXT NOT NULL,
    account     TEXT NOT NULL,
    pages       INTEGER NOT NULL,
    sha256      TEXT NOT NULL,
    delivery    TEXT NOT NULL,
    copies      INTEGER NOT NULL,
    file        TEXT NOT NULL,              -- below out/
    layout      TEXT NOT NULL,
    returned    TEXT NOT NULL,              -- '' or the day the slip came back
    printed     TEXT NOT NULL DEFAULT '',   -- '', «due» (issued with --print) or the day the print queue took it
    made_with   INTEGER REFERENCES made_with
) STRICT;
CREATE INDEX sheet_period ON sheet (period, form);
CREATE INDEX sheet_pupil ON sheet (pupil, kind);

-- What issued sheets forecast of a term's finals, to be held against the finals that came (`forecast --review`). It is
-- the pupil's data: what removes a pupil removes these rows.
CREATE TABLE forecast (
    sheet   INTEGER NOT NULL REFERENCES sheet,
    subject INTEGER NOT NULL,               -- a phrase
    pupil   INTEGER NOT NULL,
    year    INTEGER NOT NULL,               -- the school year's first
    term    INTEGER NOT NULL,               -- 1 to 4
    done    INTEGER NOT NULL,               -- hundredths of the term's lessons gone
    p2      INTEGER NOT NULL,               -- chances of 2 to 5, thousandths
    p3      INTEGER NOT NULL,
    p4      INTEGER NOT NULL,
    p5      INTEGER NOT NULL,
    low     INTEGER NOT NULL,               -- the mark said, or the two between which it was open
    high    INTEGER NOT NULL,
    PRIMARY KEY (sheet, subject)
) STRICT, WITHOUT ROWID;
CREATE INDEX forecast_pupil ON forecast (pupil);

-- Who did what. Ids and counts, never names.
CREATE TABLE audit (
    audit   INTEGER PRIMARY KEY,
    stamp   TEXT NOT NULL,
    account TEXT NOT NULL,
    what    TEXT NOT NULL
) STRICT;

-- Removals of personal data (points 1.3 and 2.4), each with its act: counts, never whom.
CREATE TABLE removal (
    removal       INTEGER PRIMARY KEY,      -- the number of the act
    stamp         TEXT NOT NULL,
    account       TEXT NOT NULL,
    state         INTEGER NOT NULL,         -- 0 begun, 1 rows are deleted, 2 done: the file was written anew
    pupils        INTEGER NOT NULL DEFAULT 0,
    entries       INTEGER NOT NULL DEFAULT 0, -- rows of the gradebook, with their history
    finals        INTEGER NOT NULL DEFAULT 0,
    achievements  INTEGER NOT NULL DEFAULT 0,
    announcements INTEGER NOT NULL DEFAULT 0,
    visits        INTEGER NOT NULL DEFAULT 0,
    texts         INTEGER NOT NULL DEFAULT 0, -- comments, announcements and others that nobody needs any more
    sheets        INTEGER NOT NULL DEFAULT 0, -- rows of the register that lost their person
    files         INTEGER NOT NULL DEFAULT 0,
    old_before    INTEGER                   -- days before it were removed of everyone; NULL: of none
) STRICT;
