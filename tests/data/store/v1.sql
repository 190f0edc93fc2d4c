-- A small store of made-up pupils; tests/torture/stores.py says how it was made.
PRAGMA application_id = 1346652513;
PRAGMA user_version = 1;
BEGIN TRANSACTION;
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
CREATE TABLE audit (
    audit   INTEGER PRIMARY KEY,
    stamp   TEXT NOT NULL,
    account TEXT NOT NULL,
    what    TEXT NOT NULL
) STRICT;
INSERT INTO "audit" VALUES(1,'2026-11-14 09:00:00','root','import 1: pupils, 3 rows, added 3, corrected 0, withdrawn 0, unchanged 0');
INSERT INTO "audit" VALUES(2,'2026-11-14 09:00:00','root','import 2: gradebook, 4 rows, added 3, corrected 0, withdrawn 0, unchanged 0');
INSERT INTO "audit" VALUES(3,'2026-11-14 09:00:00','root','2026-W46: 2 sheets, 2026-W46-3А-01 to 2026-W46-3А-02');
INSERT INTO "audit" VALUES(4,'2026-11-21 09:00:00','root','import 3: gradebook, 7 rows, added 6, corrected 0, withdrawn 0, unchanged 0');
INSERT INTO "audit" VALUES(5,'2026-11-21 09:00:00','root','2026-W47: 2 sheets, 2026-W47-3А-01 to 2026-W47-3А-02');
INSERT INTO "audit" VALUES(6,'2026-11-21 09:00:00','root','import 4: gradebook, 7 rows, added 0, corrected 1, withdrawn 0, unchanged 5');
INSERT INTO "audit" VALUES(7,'2026-11-21 09:00:00','root','returned: 2026-W46-3А-01');
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
INSERT INTO "entry" VALUES(1,20766,0,1,1,2,0,0,0,2,3,0,0,0,1000,0);
INSERT INTO "entry" VALUES(1,20766,1,1,1,2,0,0,0,0,0,4,5,0,1000,0);
INSERT INTO "entry" VALUES(1,20766,2,1,1,2,0,0,0,0,0,0,0,0,1000,1);
INSERT INTO "entry" VALUES(1,20773,0,1,1,3,0,0,0,10,11,0,0,0,1000,0);
INSERT INTO "entry" VALUES(1,20773,1,1,1,3,0,0,0,0,0,12,9,13,3000,0);
INSERT INTO "entry" VALUES(1,20773,2,1,1,3,0,4,0,0,0,12,14,0,3000,0);
INSERT INTO "entry" VALUES(1,20773,2,1,1,4,0,0,0,0,0,12,18,0,3000,0);
INSERT INTO "entry" VALUES(1,20777,1,2,6,3,0,0,0,0,0,0,5,0,1000,0);
INSERT INTO "entry" VALUES(1,20777,2,2,6,3,0,0,0,0,0,0,0,0,1000,3);
INSERT INTO "entry" VALUES(2,20767,3,1,6,2,0,0,0,7,0,8,9,0,2000,0);
INSERT INTO "entry" VALUES(2,20774,3,1,15,3,0,0,0,16,17,0,5,0,1000,0);
INSERT INTO "entry" VALUES(2,20774,3,1,15,3,1,0,0,16,17,0,9,0,1000,0);
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
INSERT INTO "forecast" VALUES(1,1,1,2026,1,83,1,1,36,962,4,5);
INSERT INTO "forecast" VALUES(3,1,1,2026,1,91,1,4,954,40,4,4);
INSERT INTO "forecast" VALUES(3,6,1,2026,1,91,1,1,14,984,4,5);
INSERT INTO "forecast" VALUES(4,1,2,2026,1,91,874,121,4,1,2,3);
CREATE TABLE form (
    form INTEGER PRIMARY KEY,
    name TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO "form" VALUES(1,'3А');
INSERT INTO "form" VALUES(2,'3Б');
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
INSERT INTO "import" VALUES(1,'2026-11-14 09:00:00','root','pupils','pupils.csv','native','','b34d4e38523041b699b8cfe988bd6f7a47a96b83eeea5ba64d301c2d8eeb78a0',3,3,0,0,0,0);
INSERT INTO "import" VALUES(2,'2026-11-14 09:00:00','root','gradebook','46.csv','native','','5da0d63baa6c587eb240fa550bfe0458da2e4b8f10796034fdad4e656fe9c949',4,3,0,0,0,0);
INSERT INTO "import" VALUES(3,'2026-11-21 09:00:00','root','gradebook','47.csv','native','','0f9514d05aeb8caba7e1516ce470c8a3dda46d38acdfa3a1b63e3f8e5290200f',7,6,0,0,0,0);
INSERT INTO "import" VALUES(4,'2026-11-21 09:00:00','root','gradebook','47c.csv','native','','931850a9c7f91239a04587cfb89268ca01b06c96bacc3587dbc29ce75d979d62',7,0,1,0,5,0);
CREATE TABLE made_with (
    made_with INTEGER PRIMARY KEY,
    program   TEXT NOT NULL,                -- versions of the program and of what writes its PDFs
    layout    TEXT NOT NULL,                -- SHA-256 of the layout as it took effect
    fonts     TEXT NOT NULL,                -- of the faces and the hyphenation
    settings  TEXT NOT NULL,                -- of those of school.ini that show on sheets
    UNIQUE (program, layout, fonts, settings)
) STRICT;
INSERT INTO "made_with" VALUES(1,'paperdiary 1.0, libharu 2.3.0, zlib 1.2.13','e5082d94686326d81bf4829045a173f902c63cd47de84b8f28c526824aca0e79','cd4faf9036883aa2f3a2ffb696cbe47df77bae535801cab7cb3370f7a6600dcf','3894133b3e625c8e5943bfcb813f8195d62632d7288d43133d391eceb3144adf');
CREATE TABLE phrase (
    phrase INTEGER PRIMARY KEY,
    text   TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO "phrase" VALUES(1,'Математика');
INSERT INTO "phrase" VALUES(2,'Таблица умножения на 6');
INSERT INTO "phrase" VALUES(3,'с. 50 № 1');
INSERT INTO "phrase" VALUES(4,'устный ответ');
INSERT INTO "phrase" VALUES(5,'5');
INSERT INTO "phrase" VALUES(6,'Русский язык');
INSERT INTO "phrase" VALUES(7,'Состав слова');
INSERT INTO "phrase" VALUES(8,'диктант');
INSERT INTO "phrase" VALUES(9,'4');
INSERT INTO "phrase" VALUES(10,'Таблица умножения на 7');
INSERT INTO "phrase" VALUES(11,'с. 58 № 4, 6');
INSERT INTO "phrase" VALUES(12,'контрольная');
INSERT INTO "phrase" VALUES(13,'Старалась.');
INSERT INTO "phrase" VALUES(14,'2');
INSERT INTO "phrase" VALUES(15,'Коми язык');
INSERT INTO "phrase" VALUES(16,'Счёт: ӧтик, кык');
INSERT INTO "phrase" VALUES(17,'словарь, с. 33');
INSERT INTO "phrase" VALUES(18,'3');
CREATE TABLE pupil (
    pupil INTEGER PRIMARY KEY,
    code  TEXT NOT NULL UNIQUE
) STRICT;
INSERT INTO "pupil" VALUES(1,'101');
INSERT INTO "pupil" VALUES(2,'102');
INSERT INTO "pupil" VALUES(3,'103');
CREATE TABLE pupil_form (
    pupil   INTEGER NOT NULL REFERENCES pupil,
    form    INTEGER NOT NULL REFERENCES form,
    newest  INTEGER NOT NULL DEFAULT 0,     -- the newest day on which an entry of his stands there
    reached INTEGER NOT NULL DEFAULT 0,     -- the newest day on which one ever stood
    PRIMARY KEY (pupil, form)
) STRICT, WITHOUT ROWID;
INSERT INTO "pupil_form" VALUES(1,1,20777,20777);
INSERT INTO "pupil_form" VALUES(2,1,20777,20777);
INSERT INTO "pupil_form" VALUES(3,2,20774,20774);
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
INSERT INTO "pupil_state" VALUES(1,1,0,'Азарова Анна Ильинична','азарова анна ильинична',1,20697,NULL,'',20697,20697,NULL,'hand','Азарова Ольга Игоревна','',0);
INSERT INTO "pupil_state" VALUES(2,1,0,'Белов Борис Петрович','белов борис петрович',1,20697,NULL,'',20697,20697,NULL,'post','Белова Инна Львовна','Сыктывкар, ул. Кирова, 5',2);
INSERT INTO "pupil_state" VALUES(3,1,0,'Белова Вера Петровна','белова вера петровна',2,20697,NULL,'',20697,NULL,NULL,'','','',0);
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
INSERT INTO "sheet" VALUES(1,'2026-W46-3А-01',1,'3А',1,'2026-W46',1,1,20771,2,0,NULL,'2026-11-14 09:00:00','root',2,'838b2528b54e568bdd99a5c7229b040ae0d66829907601f02059d0b0ddf5cc20','hand',1,'2026-W46/3А/01-Азарова-Анна.pdf','weekly','2026-11-21','',1);
INSERT INTO "sheet" VALUES(2,'2026-W46-3А-02',2,'3А',1,'2026-W46',2,1,20771,2,0,NULL,'2026-11-14 09:00:00','root',2,'07ffb1aeb5919997a4a9bb68344cf05daf61dc380dc08ff15a660be98ec07756','post',2,'2026-W46/3А/02-Белов-Борис.pdf','weekly','','',1);
INSERT INTO "sheet" VALUES(3,'2026-W47-3А-01',1,'3А',1,'2026-W47',1,1,20778,3,2,20771,'2026-11-21 09:00:00','root',2,'245b237094daa89030d5f581d501174121d917d7b14ddb573a311ed6d8691250','hand',1,'2026-W47/3А/01-Азарова-Анна.pdf','weekly','','',1);
INSERT INTO "sheet" VALUES(4,'2026-W47-3А-02',2,'3А',1,'2026-W47',2,1,20778,3,2,20771,'2026-11-21 09:00:00','root',2,'0e163f66c9528bc7f8ea5cf32f20ce7fe9466073f61f753c1326da17bab70123','post',2,'2026-W47/3А/02-Белов-Борис.pdf','weekly','','',1);
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
CREATE TABLE visit (
    pupil      INTEGER NOT NULL,
    since      INTEGER NOT NULL,
    nth        INTEGER NOT NULL,
    until      INTEGER NOT NULL DEFAULT 0,
    last_visit INTEGER NOT NULL,            -- 0: never
    PRIMARY KEY (pupil, since, nth)
) STRICT, WITHOUT ROWID;
CREATE INDEX pupil_state_form ON pupil_state (form);
CREATE INDEX pupil_state_name ON pupil_state (folded) WHERE until = 0;
CREATE INDEX pupil_form_form ON pupil_form (form);
CREATE INDEX final_period ON final (year, period) WHERE until = 0;
CREATE INDEX sheet_period ON sheet (period, form);
CREATE INDEX sheet_pupil ON sheet (pupil, kind);
CREATE INDEX forecast_pupil ON forecast (pupil);
COMMIT;
