#!/usr/bin/env python3
"""Clock and calendar: New Year's week, years of 53 weeks, zones and their changes, a clock set back between two
issues, an export from the future, days beyond the school year, a leap day, the next school year."""
import json
import os
import shutil
import sys

import bed as torture

HEAD = "date;class;pupil_id;lesson;subject;mark\n"


class Days(torture.Bed):
    """A school whose exports are made a mark at a time."""

    def marks(self, school, today, *marks, status=0):
        path = self.path("marks.csv")
        torture.write(path, HEAD + "".join(f"{day};3А;101;1;{subject};{mark}\n{day};3А;102;1;{subject};\n"
                                           for day, subject, mark in marks))
        done = self.run(school, today, ["import", path])
        assert done.status == status, f"import on {today} ended with {done.status}: {done.err}"
        return done

    def weekly(self, school, today, *args, clock=None, zone="UTC"):
        env = {"TZ": zone}
        if clock is not None:
            env["FAULT_CLOCK"] = str(clock)
        done = self.run(school, today, ["weekly", *args], environment=env)
        assert done.status == 0, f"weekly on {today} ended with {done.status}: {done.err}"
        return done.out.split(":")[0]

    def numbers(self, school):
        rows = json.loads(self.run(school, "2026-12-01", ["--json", "register"]).out)
        return [row["number"] for row in rows if row["pupil_id"] == "101"]

    def told(self, school, week, today="2027-01-20"):
        """What the week's sheet has to say of earlier days, and the marks of the term, by the pupil's summary."""
        pupils = json.loads(self.run(school, today, ["--json", "summary", "--week", week]).out)
        pupil = next(p for p in pupils if p["pupil_id"] == "101")
        changes = [(c["date"], c["was"], c["now"]) for c in pupil["changes"]]
        return changes, [(m["date"], m["value"]) for s in pupil["subjects"] for m in s["marks"]]


def equal(found, expected):
    assert found == expected, f"{found} instead of {expected}"


def new_years_week(bed, school):
    """2026-W53 is 28 December to 3 January; 2027 begins on its Friday."""
    bed.marks(school, "2026-12-31", ("2026-12-28", "Математика", 5), ("2026-12-31", "Математика", 4))
    equal(bed.weekly(school, "2027-01-02"), "2026-W53")
    for name in ("2026-W53", "2026-12-28", "2027-01-01", "2027-01-03"):
        equal(bed.weekly(school, "2027-01-03", "--week", name), "2026-W53")
    wrong = bed.run(school, "2027-01-03", ["weekly", "--week", "2027-W53"])
    equal((wrong.status, "is no week" in wrong.err), (2, True))
    bed.marks(school, "2027-01-16", ("2027-01-11", "Математика", 3))
    equal(bed.weekly(school, "2027-01-16"), "2027-W02")
    equal(sorted(bed.numbers(school))[-2:], ["2026-W53-3А-01", "2027-W02-3А-01"])
    changes, marks = bed.told(school, "2027-W02")
    equal((changes, marks[-3:]), ([], [("2026-12-28", "5"), ("2026-12-31", "4"), ("2027-01-11", "3")]))


def change_over_new_year(bed, school):
    """A mark of the old year, corrected in the new one, is a change on the first sheet of the new year."""
    bed.marks(school, "2026-12-31", ("2026-12-29", "Математика", 2))
    bed.weekly(school, "2027-01-02")
    bed.marks(school, "2027-01-11", ("2026-12-29", "Математика", 4))
    bed.marks(school, "2027-01-16", ("2027-01-12", "Математика", 5))
    bed.weekly(school, "2027-01-16")
    equal(bed.told(school, "2027-W02")[0], [("2026-12-29", "2", "4")])


def zones(bed, school):
    """The day is that of the office's clock, also around midnight and when the hour changes; sheets are the same bytes."""
    moments = {  # seconds since 1970, zone: day there
        (1795301999, "UTC"): "2026-11-21", (1795302000, "Europe/Moscow"): "2026-11-22",
        (1792889999, "Europe/Berlin"): "2026-10-25", (1792890000, "Europe/Berlin"): "2026-10-25",
        (1774745999, "Europe/Berlin"): "2026-03-29", (1795301999, "Pacific/Kiritimati"): "2026-11-22",
        (1795301999, "Pacific/Pago_Pago"): "2026-11-21"}
    for (clock, zone), day in moments.items():
        done = bed.run(school, None, ["returned", "2026-W46-3А-01"], environment={"TZ": zone, "FAULT_CLOCK": str(clock)})
        assert done.status == 0, done.err
        db = json.loads(bed.run(school, "2026-12-01", ["--json", "audit"]).out)
        equal((zone, db[-1]["when" if "when" in db[-1] else "stamp"][:10]), (zone, day))
        shutil.rmtree(school)
        shutil.copytree(bed.path("template"), school)
    bytes_of = set()
    for zone in ("UTC", "Europe/Berlin", "Asia/Kamchatka"):
        copy = bed.copy(school)
        bed.weekly(copy, "2026-11-21", "--week", "2026-W45", "--pupil", "101", zone=zone, clock=1795251600)
        bytes_of.add(tuple(sorted((n, s) for n, s in bed.files(copy).items() if "W45" in n and "/01-" in n)))
        shutil.rmtree(copy)
    equal(len(bytes_of), 1)


def clock_set_back(bed, school):
    """The second issue is dated before the first one: what was told stays told, numbers go on, nothing is lost."""
    bed.marks(school, "2026-11-21", ("2026-11-16", "Математика", 3))
    equal(bed.weekly(school, "2026-11-21", clock=1795251600), "2026-W47")
    bed.marks(school, "2026-11-19", ("2026-11-16", "Математика", 5), ("2026-11-17", "Математика", 4))
    done = bed.run(school, "2026-11-19", ["weekly", "--week", "2026-W47"], environment={"FAULT_CLOCK": "1795078800"})
    equal((done.status, bed.numbers(school)[-1]), (0, "2026-W47-3А-01-2"))
    bed.marks(school, "2026-11-28", ("2026-11-23", "Математика", 2))
    bed.weekly(school, "2026-11-28")
    equal(bed.told(school, "2026-W48")[0], [])
    done = bed.run(school, "2026-11-28", ["reprint", "2026-W47-3А-01..2026-W47-3А-01"])
    equal(done.status, 0)


def the_future(bed, school):
    """A mark of tomorrow is taken, with a warning; no sheet tells it before its week."""
    done = bed.marks(school, "2026-11-14", ("2026-11-30", "Математика", 5), status=1)
    assert "dated after today" in done.err, done.err
    equal(bed.weekly(school, "2026-11-14"), "2026-W46")
    equal([m for m in bed.told(school, "2026-W46", "2026-11-14")[1] if m[0] > "2026-11-15"], [])


def beyond_the_year(bed, school):
    """In July, years later, or before the first day of school: a clear word or the last week, never a crash."""
    for today in ("2026-08-31", "2027-07-15", "2035-01-01", "1970-01-01", "9999-12-31"):
        for args in (["weekly"], ["status"], ["--json", "summary"], ["term"], ["forecast"], ["run"]):
            copy = bed.copy(school)
            done = bed.run(copy, today, args)
            assert done.status in (0, 1, 3), f"{args} on {today} ended with {done.status}: {done.err}"
            shutil.rmtree(copy)


def leap_day(bed, school):
    bed.marks(school, "2028-03-01", ("2028-02-29", "Математика", 5))
    equal(bed.weekly(school, "2028-03-04"), "2028-W09")
    equal(bed.told(school, "2028-02-29", "2028-03-04")[1][-1], ("2028-02-29", "5"))
    for day in ("2027-02-29", "2028-02-30"):
        bed.marks(school, "2028-03-01", (day, "Математика", 5), status=3)


def next_year(bed, school):
    """Last year's marks stay in the store and off the new year's sheets; the pupil's class moves on."""
    bed.marks(school, "2027-05-22", ("2027-05-20", "Математика", 5))
    bed.weekly(school, "2027-05-22")
    bed.marks(school, "2027-09-04", ("2027-09-01", "Математика", 3))
    equal(bed.weekly(school, "2027-09-04"), "2027-W35")
    equal(bed.told(school, "2027-W35", "2027-09-04"), ([], [("2027-09-01", "3")]))
    equal(bed.told(school, "2027-W20", "2027-09-04")[1][-1], ("2027-05-20", "5"))
    done = bed.run(school, "2027-09-04", ["reprint", "2027-W20-3А-01"])
    equal(done.status, 0)


def main():
    bed = Days()
    template = bed.path("template")
    os.mkdir(template)
    bed.started(template)
    bed.must(template, "2026-11-14", "weekly", "--week", "2026-W46")
    for test in (new_years_week, change_over_new_year, zones, clock_set_back, the_future, beyond_the_year, leap_day,
                 next_year):
        if sys.argv[1:] and test.__name__ not in sys.argv[1:]:
            continue
        school = bed.copy(template)
        try:
            test(bed, school)
            bed.judge(test.__name__, None)
        except (AssertionError, KeyError, StopIteration, ValueError) as failure:
            bed.judge(test.__name__, f"{type(failure).__name__}: {failure}")
        shutil.rmtree(school)
    bed.finish()


if __name__ == "__main__":
    main()
