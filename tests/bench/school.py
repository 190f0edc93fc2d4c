#!/usr/bin/env python3
"""school.py WEEKS CLASSES FILE [YEAR LOWEST]: a made-up gradebook of CLASSES × 25 pupils × 30 lessons a week, 750 rows a class
and week, from September of YEAR (2026) on; the youngest are in grade LOWEST (2), so that a later year has the same children."""
import datetime
import random
import sys

weeks, classes, path = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3]
year, lowest = (int(sys.argv[4]), int(sys.argv[5])) if len(sys.argv) > 4 else (2026, 2)
random.seed(year - 2025)
subjects = ["Русский язык", "Математика", "Литературное чтение", "Окружающий мир", "Английский язык",
            "Физическая культура", "Музыка", "Технология"]
first = datetime.date(year, 9, 7)
first -= datetime.timedelta(first.weekday())
with open(path, "w", encoding="utf-8") as out:
    out.write("Дата;Класс;Код ученика;Ученик;Урок;Предмет;Учитель;Тема;Домашнее задание;Вид работы;Вес;Отметка;"
              "Посещаемость;Комментарий\n")
    for week in range(weeks):
        for c in range(classes):
            form = f"{c // 16 % 10 + lowest}{'АБВГДЕЖЗИКЛМНОПР'[c % 16]}" + ("" if c < 160 else str(c // 160))
            for weekday in range(5):
                day = first + datetime.timedelta(7 * week + weekday)
                for lesson in range(1, 7):
                    subject = subjects[(c + weekday + lesson) % 8]
                    topic = f"Тема {lesson} раздела {week + 1}, урок {weekday + 1}"
                    homework = f"с. {week * 5 + weekday + 10}, упр. {lesson * 7}"
                    for p in range(25):
                        draw = random.random()
                        mark = random.choice("23455444") if draw < .2 else ""
                        absence = "б" if draw > .96 else ""
                        out.write(f"{day};{form};{c * 100 + p + 1000};Фамилия{p} Имя Отчество;{lesson};{subject};"
                                  f"Учитель {c};{topic};{homework};{'устный ответ' if mark else ''};;{mark};{absence};\n")
