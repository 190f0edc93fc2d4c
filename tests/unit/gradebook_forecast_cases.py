#!/usr/bin/env python3
"""Cases for gradebook_forecast_test: inputs, and what the reference makes of them, as numbers on standard output.
gradebook_forecast_cases.py FORECAST [DNEVNIK [every]]   FORECAST holds reference.py; with DNEVNIK its real school
instead: each period at one of four shares, with one threshold, with or without finals and plans in turn; or (every)
at each share with all of them. Zero marks and one mark come by themselves early in a period."""
import collections
import csv
import datetime
import gzip
import random
import sys

sys.path.insert(0, sys.argv[1])
import reference


def write(marks, share, threshold, finals, last, plan, roster, terms):
    out = reference.forecast_class(marks, share, None, threshold / 100, finals, last, plan, roster)
    subjects = sorted({s for _, s in roster})
    term, before = collections.defaultdict(list), collections.defaultdict(list)
    for p, s, _, w, v in marks:
        term[p, s] += [round(v), round(1000 * w)]
    for p, s, w, v in last or []:
        before[p, s] += [round(v), round(1000 * w)]
    print("case", len(roster), len(subjects), repr(share), threshold, terms)
    print(*(repr(plan[s]) if plan and s in plan else -1 for s in subjects))
    for p, s in sorted(roster):
        o, known = out[p, s], finals.get((p, s), [])
        print(p, subjects.index(s), len(known), *known)
        for list_ in term[p, s], before[p, s]:
            print(len(list_) // 2, *list_)
        year = reference.year(o, known, terms, threshold / 100)
        print(*map(repr, [*o["P"], o["theta"], o["vp"], o["M"], o["sd"], o["Wr"], *year]))


def generated():
    r = random.Random(20261116)
    for number in range(400):
        terms, pupils, subjects = r.choice((2, 3, 4)), r.randint(1, 12), r.randint(1, 8)
        term = r.randrange(terms)
        weights = r.choice(((1.0,), (1.0, 2.0, 3.0), (0.5, 1.0, 1.5)))
        roster = [(p, s) for p in range(pupils) for s in range(subjects) if r.random() < 0.95] or [(0, 0)]
        level = {p: r.uniform(2.3, 5) for p in range(pupils)}
        draw = lambda p: max(2, min(5, round(r.gauss(level[p], 0.8))))
        most = r.choice((0, 1, 3, 15))
        marks = [(p, s, 0, r.choice(weights), draw(p)) for p, s in roster for _ in range(r.randint(0, most))]
        finals = {k: [draw(k[0]) for _ in range(term)] for k in roster if r.random() < 0.8}
        last = [(p, s, r.choice(weights), draw(p)) for p, s in roster for _ in range(r.randint(0, 9))]
        plan = {s: r.choice((0.0, 2.0, 7.5)) for s in range(subjects) if r.random() < 0.5}
        share = r.choice((0.02, 0.25, 0.5, 0.75, 0.97, 1.0))
        write(marks, share, r.choice((50, 60, 65)), finals if number % 3 else {}, last if number % 2 else None,
              plan if number % 5 == 0 else None, roster, terms)


def real(folder, every):
    periods, finals = collections.defaultdict(list), {}
    with gzip.open(folder + "/marks.csv.gz", "rt", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if row["mark"] and row["period"] and int(row["mark"]) >= 2:
                key = row["class"], int(row["year"]), int(row["periods"]), int(row["period"])
                day = datetime.date.fromisoformat(row["date"]).toordinal()
                periods[key].append((row["pupil"], row["subject"], day, 1.0, float(row["mark"])))
    with open(folder + "/finals.csv", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            if int(row["final"]) >= 2:
                finals[row["class"], row["year"], row["period"], row["pupil"], row["subject"]] = int(row["final"])
    shares = 0.25, 0.5, 0.75, 1.0
    for number, ((form, year, terms, period), marks) in enumerate(sorted(periods.items())):
        names = {p: i for i, p in enumerate(sorted({m[0] for m in marks}))}
        roster = sorted({(names[m[0]], m[1]) for m in marks})
        before = periods.get((form, year, terms, period - 1), [])
        last = [(names[p], s, w, v) for p, s, _, w, v in before if p in names]
        known = collections.defaultdict(list)
        for p, s in {(m[0], m[1]) for m in marks}:
            for earlier in range(1, period):
                final = finals.get((form, str(year), str(earlier), p, s))
                if final:
                    known[names[p], s].append(final)
        first, end = min(m[2] for m in marks), max(m[2] for m in marks)
        subjects = sorted({s for _, s in roster})
        plan = {s: (0.0, 2.0, 7.5)[i % 3] for i, s in enumerate(subjects) if i % 4}
        pasts = (known, last or None, None), ({}, None, None), (known, last or None, plan)
        cases = [(share, threshold, past) for share in shares for threshold in (50, 60, 65) for past in pasts]
        if not every:
            cases = [(shares[number % 4], (50, 60, 65)[period % 3], pasts[number // 4 % 3])]
        for share, threshold, past in cases:
            cut = [(names[p], s, d, w, v) for p, s, d, w, v in marks if d <= first + share * (end - first)]
            write(cut, share, threshold, *past, roster, terms)


if len(sys.argv) > 2:
    real(sys.argv[2], len(sys.argv) > 3)
else:
    generated()
print("end")
