#!/usr/bin/env python3
"""A school of thousands for the tests of `purge`, and the search for what should be gone.

purge_school.py make FOLDER           exports: 60 classes of 35; every fifth pupil left
purge_school.py search SCHOOL KIND    places where anything of those who left (gone) or stay (here) is still found
"""
import pathlib
import subprocess
import sys
import tempfile

HEADS = "Бар Вел Гор Дуб Ерм Жар Зим Кал Лоб Мор Нем Олх Пан Рыб Сав Тар Фил Хар Цар Чер Шел Юрк".split()
MIDDLES = "ад ев ил ом ун ак ег ин от ур аз ен".split()
ENDS = ["ов", "ин", "енко", "ский", "ых", "чук", "ага", "юк"]
FIRST = ["Анна", "Борис", "Вера", "Глеб", "Дарья", "Ӧльӧксан", "Семён"]
CLASSES = [f"{grade}{letter}" for grade in range(2, 12) for letter in "АБВГДЕ"]
GRADEBOOK = "date;class;pupil_id;pupil;lesson;subject;topic;work;mark;attendance;comment\n"


def pupils():
    surnames = [h + m + e for e in ENDS for h in HEADS for m in MIDDLES]
    for n in range(60 * 35):
        surname = surnames[n]
        yield {
            "id": f"id-{700000 + n * 7}",
            "name": f"{surname} {FIRST[n % 7]} Игоревич",
            "short": f"{surname} {FIRST[n % 7]}",
            "recipient": f"Получатель {surname}а",
            "address": f"167000, ул. {surname}ская, д. {n + 1}",
            "class": CLASSES[n // 35],
            "left": n % 5 == 2,
            "paper": n % 35 in (2, 3) and n // 35 < 8,
        }


def make(folder):
    folder = pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    rows = list(pupils())
    roster = ["pupil_id;pupil;class;enrolled;left;ground;paper_from;delivery;recipient;address\n"]
    left = list(roster)
    marks, again, finals, visits = [GRADEBOOK], [GRADEBOOK], ["pupil_id;class;subject;period;mark;decided\n"], ["pupil_id;last_visit\n"]
    achievements, announcements = ["pupil_id;date;title;result\n"], ["from;until;class;pupil_id;text\n"]
    for n, p in enumerate(rows):
        paper = f"2026-09-01;post;{p['recipient']};{p['address']}" if p["paper"] else f";;{p['recipient']};{p['address']}"
        roster.append(f"{p['id']};{p['name']};{p['class']};2026-09-01;;;{paper}\n")
        if p["left"]:
            left.append(f"{p['id']};{p['name']};{p['class']};2026-09-01;2026-11-19;transfer;{paper}\n")
            achievements.append(f"{p['id']};2026-11-1{n % 4};Конкурс «{p['short']}»;Диплом {p['id']}\n")
            announcements.append(f"2026-11-09;2026-11-27;{p['class']};{p['id']};{p['short']}, зайдите в канцелярию\n")
        for day in (9, 11):
            row = f"2026-11-{day:02d};{p['class']};{p['id']};{p['name']};1;Математика;Тема {day};диктант;%s;%s;Замечание: {p['short']}, {p['id']}\n"
            marks.append(row % (2 + n % 4, "" if n % 3 else "б"))
            again.append(row % (5 - n % 4 if n % 2 else 2 + n % 4, "" if n % 3 else "у"))
        finals.append(f"{p['id']};{p['class']};Математика;1;{2 + n % 4};2026-11-13\n")
        visits.append(f"{p['id']};2026-11-0{1 + n % 9}\n")
    announcements.append(f"2026-11-09;2026-11-27;{rows[3]['class']};;Собрание в среду\n")
    files = {"1-roster": roster, "2-marks": marks, "3-again": again, "4-finals": finals, "5-visits": visits,
             "6-achievements": achievements, "7-announcements": announcements, "left": left}
    for name, lines in files.items():
        (folder / f"{name}.csv").write_text("".join(lines), encoding="utf-8")


def faces(path):
    """A file as bytes, and a PDF as everything that it says."""
    yield path.read_bytes()
    if path.suffix == ".pdf":
        for command in (["pdftotext", "-raw", path, "-"], ["pdfinfo", path],
                        ["qpdf", "--qdf", "--object-streams=disable", path, "-"], ["qpdf", "--json", path]):
            yield subprocess.run(command, check=True, capture_output=True).stdout
        text = subprocess.run(["pdftotext", "-raw", path, "-"], check=True, capture_output=True).stdout.decode()
        yield " ".join(text.replace("\u00a0", " ").replace("\u00ad", "").split()).encode()


def encoded(text):
    for encoding in ("utf-8", "cp1251", "utf-16-le", "utf-16-be"):
        try:
            yield text.encode(encoding)
        except UnicodeEncodeError:
            pass


def search(school, kind):
    wanted = [p for p in pupils() if p["left"] == (kind == "gone")]
    words = {w for p in wanted for key in ("short", "id", "recipient", "address") for w in encoded(p[key])}
    found = 0
    with tempfile.NamedTemporaryFile() as list_of_words:
        list_of_words.write(b"\n".join(sorted(words)))
        list_of_words.flush()
        for path in sorted(pathlib.Path(school).rglob("*")):
            name = str(path.relative_to(school))
            for face in [name.encode(), name.replace("-", " ").encode(), *faces(path)] if path.is_file() else []:
                hits = subprocess.run(["grep", "-aoFf", list_of_words.name], input=face, capture_output=True,
                                      env={"LC_ALL": "C", "PATH": "/usr/bin:/bin"}).stdout.splitlines()
                if hits:
                    print(f"{name}: {len(hits)} of {kind}, such as {hits[0]!r}")
                    found += len(hits)
                    break
    print(f"{found} found")


if __name__ == "__main__":
    {"make": make, "search": search}[sys.argv[1]](*sys.argv[2:])
