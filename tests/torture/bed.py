"""What the torture tests share: a small school, copies of it, the program with a fault, and states that can be compared."""
import concurrent.futures
import glob
import hashlib
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import tempfile

ROOT = os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__))))
BUILD = os.path.join(ROOT, os.environ.get("B", "build"))
PROGRAM = os.environ.get("PAPERDIARY") or os.path.join(BUILD, "paperdiary")
FAULT = os.path.join(BUILD, "torture", "fault.so")
FULL = os.environ.get("TORTURE") == "full"
JOBS = int(os.environ.get("TORTURE_JOBS") or (os.cpu_count() if FULL else 1))

NAMES = re.compile("Азаров|Белов|Анна|Борис|Вера|Ильинич|Ольга|Инна|Кирова")
NOON = {"2026-11-14": 1794646800, "2026-11-21": 1795251600, "2026-11-28": 1795856400, "2026-12-30": 1798621200}

PUPILS = """pupil_id;pupil;class;enrolled;consent;paper_from;delivery;recipient;address;copies
101;Азарова Анна Ильинична;3А;2026-09-01;2026-09-01;2026-09-01;hand;Азарова Ольга Игоревна;;
102;Белов Борис Петрович;3А;2026-09-01;2026-09-01;2026-09-01;post;Белова Инна Львовна;Сыктывкар, ул. Кирова, 5;2
103;Белова Вера Петровна;3Б;2026-09-01;2026-09-01;;;;;
"""
HEAD = "date;class;pupil_id;lesson;subject;topic;homework;work;weight;mark;attendance;comment\n"
WEEK46 = HEAD + """2026-11-09;3А;;1;Математика;Таблица умножения на 6;с. 50 № 1;;;;;
2026-11-09;3А;101;1;Математика;;;устный ответ;;5;;
2026-11-09;3А;102;1;Математика;;;;;;б;
2026-11-10;3Б;103;1;Русский язык;Состав слова;;диктант;2;4;;
"""
WEEK47 = HEAD + """2026-11-16;3А;;1;Математика;Таблица умножения на 7;с. 58 № 4, 6;;;;;
2026-11-16;3А;101;1;Математика;;;контрольная;3;4;;Старалась.
2026-11-16;3А;102;1;Математика;;;контрольная;3;2;;
2026-11-17;3Б;103;1;Коми язык;Счёт: ӧтик, кык;словарь, с. 33;;;5/4;;
2026-11-20;3А;101;2;Русский язык;;;;;5;;
2026-11-20;3А;102;2;Русский язык;;;;;;н;
"""
CORRECTED47 = WEEK47.replace("контрольная;3;2;;", "контрольная;3;3;;")
FINALS = """pupil_id;subject;period;mark;decided
101;Математика;1;4;2026-11-27
102;Математика;1;3;2026-11-27
"""
NEWS = "from;until;class;text\n2026-11-16;2026-11-27;3А;Собрание в четверг.\n"
VISITS = "pupil_id;last_visit\n103;2026-10-01\n"
WRONG = HEAD + "2026-11-16;3А;101;1;Математика;;;;;9;;\n"
SPOOLER = "#!/bin/sh\nfor file; do :; done\ncp \"$file\" \"${0%/*}/spool/$$.pdf\"\n"


def read(path):
    with open(path, "rb") as file:
        return file.read()


def write(path, text):
    with open(path, "w", encoding="utf-8") as file:
        file.write(text)


class Outcome:
    """What a run of the program said and did."""

    def __init__(self, done, acted, end, lines):
        self.status, self.out, self.err = done.returncode, done.stdout, done.stderr
        self.acted = acted  # «17 rename /school/…», None: the fault's turn did not come
        self.end = end      # calls counted up to the end
        self.lines = lines  # of the report, all of them


class State:
    """The store's rows and the school's files."""

    def __init__(self, rows, audit, files):
        self.rows, self.audit, self.files = rows, audit, files

    def __eq__(self, other):
        return self.rows == other.rows and self.files == other.files

    def difference(self, other):
        """In one line, for a message."""
        names = sorted(n for n in set(self.files) | set(other.files) if self.files.get(n) != other.files.get(n))
        tables = sorted(t for t in set(self.rows) | set(other.rows) if self.rows.get(t) != other.rows.get(t))
        return f"files {names}, tables {tables}"


class Case:
    """A command on a prepared school."""

    def __init__(self, name, args, today, prepare, whole=True):
        self.name, self.args, self.today, self.prepare = name, args, today, prepare
        self.whole = whole  # all it stores, it stores in one transaction
        self.school = self.before = self.after = self.reference = None
        self.largest = 0  # bytes of the largest file that the command leaves


class Bed:
    def __init__(self):
        memory = "/dev/shm" if os.access("/dev/shm", os.W_OK) and "TMPDIR" not in os.environ else None
        self.work = os.path.realpath(tempfile.mkdtemp(prefix="paperdiary-torture-", dir=memory))
        self.passed = self.failed = 0
        self.serial = 0
        self.whole = set()  # SHA-256 of PDFs that qpdf found sound
        os.mkdir(self.path("spool"))
        for name, text in {"pupils": PUPILS, "46": WEEK46, "47": WEEK47, "47c": CORRECTED47, "finals": FINALS,
                           "news": NEWS, "wrong": WRONG, "visits": VISITS}.items():
            write(self.path(name + ".csv"), text)
        write(self.path("lp"), SPOOLER)
        os.chmod(self.path("lp"), 0o700)

    def path(self, *parts):
        return os.path.join(self.work, *parts)

    def close(self):
        shutil.rmtree(self.work, ignore_errors=True)

    # --- the program ----------------------------------------------------------------------------------------------

    def run(self, school, today, args, fault=None, environment=None, before=None):
        self.serial += 1
        report = self.path(f"report-{self.serial}")
        env = {"PATH": "/usr/bin:/bin", "LD_PRELOAD": FAULT, "FAULT_ROOT": school, "FAULT_REPORT": report, "TZ": "UTC"}
        if today in NOON:
            env["FAULT_CLOCK"] = str(NOON[today])
        if fault is not None:
            env["FAULT"] = fault
        env.update(environment or {})
        day = [] if today is None else ["--today", today]
        done = subprocess.run([PROGRAM, "--lang", "en", "--school", school, *day, *args], env=env,
                              stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=300,
                              preexec_fn=before)
        done.stdout, done.stderr = (text.decode().replace(school, "SCHOOL") for text in (done.stdout, done.stderr))
        lines = read(report).decode().splitlines() if os.path.exists(report) else []
        if lines:
            os.unlink(report)
        acted = next((line for line in lines if line[0].isdigit()), None)
        end = next((int(line[4:]) for line in lines if line.startswith("end")), None)
        return Outcome(done, acted, end, lines)

    def must(self, school, today, *args):
        done = self.run(school, today, args)
        if done.status not in (0, 1):
            sys.exit(f"preparing: {args} ended with {done.status}\n{done.out}{done.err}")
        return done

    # --- schools --------------------------------------------------------------------------------------------------

    def started(self, school):
        """Roster and week 46, a printing command of the test's own."""
        self.must(school, "2026-11-14", "init", school)
        path = os.path.join(school, "school.ini")
        write(path, re.sub(r"(?m)^;? *command *=.*$", f"command = {self.path('lp')}", read(path).decode()))
        self.must(school, "2026-11-14", "import", self.path("pupils.csv"), self.path("46.csv"))

    def copy(self, school):
        self.serial += 1
        to = self.path(f"s{self.serial}")
        shutil.copytree(school, to, symlinks=True)
        return to

    def build(self, case):
        """Prepares the case's school, and what the command makes of it undisturbed."""
        case.school = self.path("case-" + case.name)
        os.mkdir(case.school)
        self.started(case.school)
        case.prepare(self, case.school)
        case.before = self.state(case.school)
        copy = self.copy(case.school)
        case.reference = self.run(copy, case.today, self.filled(case, copy))
        if case.reference.status not in (0, 1):
            sys.exit(f"{case.name}: ended with {case.reference.status}\n{case.reference.out}{case.reference.err}")
        case.after = self.state(copy)
        case.largest = max(os.path.getsize(os.path.join(folder, n)) for folder, _, names in os.walk(copy) for n in names)
        shutil.rmtree(copy)

    def filled(self, case, school):
        return [a.replace("@", self.work + "/").replace("SCHOOL", school) for a in case.args]

    # --- states ---------------------------------------------------------------------------------------------------

    def store(self, school):
        """The store's rows, read from a copy, so that what a killed run left there stays for the next one to mend."""
        with tempfile.TemporaryDirectory(dir=self.work) as folder:
            for path in glob.glob(os.path.join(school, "paperdiary.db")) + \
                    glob.glob(os.path.join(school, "paperdiary.db-journal")):
                shutil.copy(path, folder)
            db = sqlite3.connect(os.path.join(folder, "paperdiary.db"))
            verdict = db.execute("PRAGMA integrity_check").fetchone()[0]
            if verdict != "ok" or db.execute("PRAGMA foreign_key_check").fetchone():
                raise AssertionError(f"integrity: {verdict}")
            tables = [t for (t,) in db.execute("SELECT name FROM sqlite_schema WHERE type = 'table' ORDER BY name")]
            rows = {t: sorted(map(repr, db.execute(f"SELECT * FROM {t}"))) for t in tables}
            db.close()
        audit = rows.pop("audit", [])
        return rows, sorted({row.split(",", 1)[1] for row in audit})

    def files(self, school):
        found = {}
        for folder, _, names in os.walk(school):
            for name in names:
                path = os.path.join(folder, name)
                if not name.startswith("paperdiary.db") and name != ".lock":
                    found[os.path.relpath(path, school)] = hashlib.sha256(read(path)).hexdigest()
        return found

    def state(self, school):
        rows, audit = self.store(school)
        extra = [n for n in os.listdir(school) if n.startswith("paperdiary.db-")]
        files = self.files(school)
        files.update({n: "journal" for n in extra})
        return State(rows, audit, files)

    def is_whole(self, path):
        """A PDF that readers take: its end is there, and qpdf finds nothing (asked once for the same bytes)."""
        data = read(path)
        sha = hashlib.sha256(data).hexdigest()
        if not data.rstrip().endswith(b"%%EOF"):
            return False
        if sha not in self.whole:
            if subprocess.run(["qpdf", "--check", path], capture_output=True, check=False).returncode != 0:
                return False
            self.whole.add(sha)
        return True

    def broken_pdf(self, school):
        """The first PDF at its final place that is not whole."""
        for path in glob.glob(os.path.join(glob.escape(school), "out", "**", "*.pdf"), recursive=True):
            if "/." not in path and not self.is_whole(path):
                return os.path.relpath(path, school)
        return None

    def left_behind(self, case, school):
        """What is wrong with what a run that ended early left in the school; None: nothing."""
        rows, _ = self.store(school)
        if case.whole and rows not in (case.before.rows, case.after.rows):
            return "the store is between two states"
        known = case.before.rows["sheet"] + case.after.rows["sheet"]
        if case.whole and [row for row in rows["sheet"] if row not in known]:
            return "the register has rows that no whole run makes"
        for name, sha in self.files(school).items():
            if case.whole and "/." not in name and sha not in (case.before.files.get(name), case.after.files.get(name)):
                return f"{name} is neither as before nor as after"
            if rows == case.before.rows and rows != case.after.rows and case.whole and "/." not in name and \
                    case.before.files.get(name) != sha:
                return f"{name} is there, and the register does not know it"
        broken = self.broken_pdf(school)
        return None if broken is None else f"{broken} is not whole"

    def completed(self, case, school):
        """What is wrong after the same command was run again, undisturbed: not where the school is as it was before."""
        now = self.state(school)
        if now == case.before and now.audit == case.before.audit:
            return None
        again = self.run(school, case.today, self.filled(case, school))
        if again.status not in (0, 1):
            return f"run again, it ended with {again.status}: {again.err.strip()}"
        now = self.state(school)
        if now != case.after:
            return "run again, it came to another state: " + now.difference(case.after)
        lost = [row for row in case.after.audit if row not in now.audit]
        return f"not in the audit log: {lost}" if lost and case.whole else None

    def count(self, case, fault):
        """How many calls the fault could choose from in an undisturbed run."""
        school = self.copy(case.school)
        done = self.run(school, case.today, self.filled(case, school), fault + ":0")
        shutil.rmtree(school)
        return done.end

    # --- counting -------------------------------------------------------------------------------------------------

    def judge(self, what, problem):
        if problem is None:
            self.passed += 1
            return
        self.failed += 1
        print(f"not ok: {what}: {problem}", flush=True)

    def points(self, count, most):
        """All points of 1…count in the full form, else `most` of them, spread evenly, the first and the last among them."""
        if FULL or count <= most:
            return list(range(1, count + 1))
        if most == 1:
            return [1 + count * 2 // 3]
        return sorted({1 + round(i * (count - 1) / (most - 1)) for i in range(most)})

    def each(self, work, points):
        """Runs work(point) for all; it returns (what, problem or None), or None where the point was never reached."""
        def safe(point):
            try:
                return work(point)
            except (AssertionError, sqlite3.Error, OSError, subprocess.TimeoutExpired) as failure:
                return str(point), f"{type(failure).__name__}: {failure}"
        with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
            for answer in pool.map(safe, points):
                if answer is not None:
                    self.judge(*answer)

    def finish(self):
        self.close()
        print(f"{self.passed} passed, {self.failed} failed")
        sys.exit(self.failed > 0)


def imported(*names):
    def prepare(bed, school):
        for name in names:
            bed.must(school, "2026-11-21", "import", bed.path(name + ".csv"))
    return prepare


def issued(bed, school):
    imported("47")(bed, school)
    bed.must(school, "2026-11-21", "weekly", "--week", "2026-W47")


def corrected(bed, school):
    issued(bed, school)
    imported("47c")(bed, school)


def left(bed, school):
    issued(bed, school)
    bed.must(school, "2026-11-21", "leave", "102", "--on", "2026-11-20", "--ground", "transfer")


def damaged(bed, school):
    issued(bed, school)
    for path in glob.glob(os.path.join(school, "out/2026-W47/3А/*.pdf")):
        os.unlink(path)


def visited(bed, school):
    issued(bed, school)
    imported("visits")(bed, school)


def inbox(bed, school):
    for name in ("47", "news", "wrong"):
        shutil.copy(bed.path(name + ".csv"), os.path.join(school, "inbox"))


def cases():
    week = ["--week", "2026-W47"]
    return [
        Case("import", ["import", "@47.csv"], "2026-11-21", imported()),
        Case("weekly", ["weekly", *week], "2026-11-21", imported("47")),
        Case("weekly-again", ["weekly", *week], "2026-11-28", corrected),
        Case("weekly-print", ["weekly", *week, "--print"], "2026-11-21", imported("47"), whole=False),
        Case("term", ["term", "--term", "1"], "2026-11-28", imported("47", "finals")),
        Case("run", ["run", "--print"], "2026-11-21", inbox, whole=False),
        Case("purge", ["purge", "--pdf"], "2026-12-30", left, whole=False),
        Case("reprint", ["reprint", "2026-W47-3А-01..2026-W47-3А-02", "--print"], "2026-11-28", damaged, whole=False),
        Case("leave", ["leave", "101", "--on", "2026-11-20", "--ground", "transfer"], "2026-11-21", issued),
        Case("opt-out", ["opt-out", "103", "--from", "2026-11-23", "--delivery", "hand"], "2026-11-21", issued),
        Case("returned", ["returned", "2026-W47-3А-01"], "2026-11-28", issued),
    ]


def chosen(all_cases):
    """Those named on the command line, else all."""
    return [case for case in all_cases if len(sys.argv) == 1 or case.name in sys.argv[1:]]
