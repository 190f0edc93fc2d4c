#include "settings/keys.h"

const struct school_section school_sections[] = {
    {"school", "Школа: то, что печатается в заголовке листа."},
    {"year", "Учебный год и его периоды.\n"
             "День пишется так: 01.09 (каждый год) или 01.09.2026 (только в этом году)."},
    {"holidays", "Каникулы и праздники: первый день, последний день, название, как его печатать.\n"
                 "Слева от знака «=» стоит любое имя латинскими буквами, своё у каждой строки.\n"
                 "Без года — повторяется каждый год, с годом — только один раз. Например:\n"
                 "  autumn = 26.10.2026-03.11.2026 Осенние каникулы\n"
                 "  winter = 29.12-08.01 Зимние каникулы\n"
                 "Чтобы убрать праздник, оставьте после «=» пустое место."},
    {"marks", "Отметки: какие бывают и когда выходит следующая."},
    {"works", "Вес отметки за вид работы, когда в самой выгрузке веса нет."},
    {"attendance", "Обозначения пропусков и опозданий в выгрузке, через запятую.\n"
                   "Большие и маленькие буквы не различаются. Первое обозначение печатается на листе.\n"
                   "Если в самом отчёте есть своя расшифровка, она важнее этих строк."},
    {"import", "Выгрузки, в которых не всё верно."},
    {"classes", "Классные руководители: их имя стоит на листе под именем ученика."},
    {"slip", "Отрывной талон, который родители подписывают и возвращают."},
    {"deadlines", "Сроки регламента, по которым paperdiary status считает просрочку. Дни календарные."},
    {"remind", "Напоминания семьям, которые не заходят в электронный дневник: paperdiary remind."},
    {"retention", "Сколько хранятся данные. Чему вышел срок, удаляет команда paperdiary purge."},
    {"access", "Кому доступны файлы программы и кто что может."},
    {"printing", "Печать: команды weekly, reprint и register с --print."},
};
const size_t school_section_count = sizeof school_sections / sizeof school_sections[0];

#define ONE      false, true  /* a key that needs a value */
#define MAY      false, false /* may be empty */
#define NUMBERED true, false  /* may be empty, and go on under the same key with a number */

const struct school_key school_keys[] = {
    {"school", "name", MAY, read_name, "", "Название школы. Например: МАОУ «Прогимназия № 81»"},
    {"school", "city", MAY, read_city, "", "Город или посёлок. Например: г. Сыктывкар"},
    {"school", "address", MAY, read_address, "",
     "Адрес школы для акта об уничтожении данных. Например: 167000, г. Сыктывкар, ул. Примерная, д. 1"},
    {"school", "language", MAY, read_language, "",
     "Язык сообщений программы: ru или en. Пусто — как настроен компьютер. На листы не влияет."},
    {"school", "days", ONE, read_days, "6", "Сколько дней в учебной неделе: 5 или 6."},

    {"year", "kind", ONE, read_kind, "trimesters",
     "На что делится год: trimesters (триместры), quarters (четверти) или halves (полугодия)."},
    {"year", "start", ONE, read_start, "01.09", "С какого дня начинается учебный год."},
    {"year", "term1", MAY, read_term, "",
     "Свои даты периодов: первый и последний день. Пусто — обычные даты:\n"
     "  триместры: 01.09-30.11, 01.12-29.02, 01.03-31.05\n"
     "  четверти:  01.09-31.10, 01.11-31.12, 01.01-31.03, 01.04-31.05\n"
     "  полугодия: 01.09-31.12, 01.01-31.05\n"
     "29.02 значит «последний день февраля». Для отдельных лет — даты с годом, через запятую:\n"
     "  term1 = 01.09-30.11, 01.09.2026-29.11.2026"},
    {"year", "term2", MAY, read_term, "", ""},
    {"year", "term3", MAY, read_term, "", ""},
    {"year", "term4", MAY, read_term, "", "Четвёртый период бывает только у четвертей."},

    {"holidays", "new_year", MAY, read_holiday, "01.01-08.01 Новогодние каникулы", ""},
    {"holidays", "defenders", MAY, read_holiday, "23.02 День защитника Отечества", ""},
    {"holidays", "women", MAY, read_holiday, "08.03 Международный женский день", ""},
    {"holidays", "spring", MAY, read_holiday, "01.05 Праздник Весны и Труда", ""},
    {"holidays", "victory", MAY, read_holiday, "09.05 День Победы", ""},
    {"holidays", "unity", MAY, read_holiday, "04.11 День народного единства", ""},
    {"holidays", "*", MAY, read_holiday, NULL, ""},

    {"marks", "scale", ONE, read_scale, "2, 3, 4, 5",
     "Какие бывают отметки: числа от 2 до 5 и слова. Слова в средний балл не входят.\n"
     "Например: 2, 3, 4, 5, зачёт, незачёт"},
    {"marks", "threshold", ONE, read_threshold, "0.50",
     "С какой доли балла средний округляется вверх: 0.50 — при 4,50 выходит «5»; 0.60 — только при 4,60."},
    {"marks", "fewest", ONE, read_fewest, "3",
     "Сколько отметок за период нужно для итоговой. Если меньше, лист предупреждает о «н/а»."},
    {"marks", "without", MAY, read_without, "1",
     "Кто учится без отметок: параллели (1) или отдельные классы (2Б), через запятую."},

    {"works", "weights", NUMBERED, read_weights, "",
     "Вид работы и его вес, через запятую; у остальных вес 1. Например:\n"
     "  weights = контрольная работа 3, диктант 2, домашняя работа 0.5\n"
     "Длинный список продолжайте в строках weights2, weights3 и так далее."},

    {"attendance", "unexcused", MAY, read_codes, "н, НП", "Без уважительной причины."},
    {"attendance", "ill", MAY, read_codes, "б", "По болезни."},
    {"attendance", "excused", MAY, read_codes, "у, УП", "По уважительной причине."},
    {"attendance", "absent", MAY, read_codes, "ОТ", "Отсутствие, причина не указана."},
    {"attendance", "late", MAY, read_codes, "о, ОП", "Опоздание. Пропуском не считается."},
    {"attendance", "released", MAY, read_codes, "ОСВ", "Освобождение от урока. Пропуском не считается."},

    {"import", "rejects", ONE, read_rejects, "refuse",
     "Что делать с выгрузкой, в которой есть строки с ошибками:\n"
     "refuse — не принимать файл; skip — отложить эти строки, остальное принять."},
    {"import", "profiles", NUMBERED, read_profiles, "",
     "Чужие выгрузки, которые читаются по профилю (profiles/ИМЯ.ini): имя файла и профиль, через запятую;\n"
     "* в имени – любые знаки. Действует для import, check и для inbox/. Например:\n"
     "  profiles = журнал*.csv elschool, табель*.csv elschool-itogi"},

    {"classes", "teachers", NUMBERED, read_teachers, "",
     "Класс и имя, как его печатать, через запятую. Например:\n"
     "  teachers = 3А Н. П. Осипова, 3Б Е. В. Ветошкина\n"
     "Длинный список продолжайте в строках teachers2, teachers3 и так далее."},

    {"slip", "days", ONE, read_slip_days, "4", "Через сколько дней после последнего дня листа талон ждут обратно."},
    {"slip", "missed", ONE, read_slips_missed, "3",
     "Сколько талонов подряд должны не вернуться, чтобы paperdiary status назвал семью."},

    {"deadlines", "weekly", ONE, read_deadline, "6",
     "Недельный лист: после последнего учебного дня недели. 6 – чтобы листы шли не реже раза в неделю."},
    {"deadlines", "finals", ONE, read_deadline, "3", "Итоговые отметки: после того, как они получены."},
    {"deadlines", "service", ONE, read_deadline, "3",
     "Первый лист: после начала занятий, зачисления, согласия или перехода на бумагу – что позже."},
    {"deadlines", "removal", ONE, read_deadline, "3", "Удаление данных: после выбытия ученика."},
    {"deadlines", "export", ONE, read_deadline, "2", "Выгрузка за неделю: после её последнего учебного дня."},

    {"remind", "days", ONE, read_remind_days, "14", "Через сколько дней без входа семье напоминают."},
    {"remind", "help", MAY, read_remind_help, "",
     "Кто поможет войти, как это напечатать. Например: кабинет 12, телефон 21-00-00"},

    {"retention", "left", ONE, read_retention_left, "0",
     "Сколько дней после выбытия хранятся данные ученика. Регламент (2.4) даёт на удаление три дня;\n"
     "0 – удалять со следующего дня."},
    {"retention", "years", ONE, read_retention_years, "2",
     "Данные скольких учебных лет хранятся, считая текущий; 0 – всех."},

    {"access", "group", MAY, read_group, "",
     "Группа пользователей компьютера, которой можно читать файлы. Пусто — только владельцу."},
    {"access", "administrator", NUMBERED, read_accounts, "",
     "Кто что может: учётные записи этого компьютера (имена для входа), через запятую.\n"
     "Пока здесь никто не назван, всё может каждый, кто сам может читать эту папку.\n"
     "Администратор может всё. Например: administrator = director"},
    {"access", "secretary", NUMBERED, read_accounts, "",
     "Секретарь может всё, кроме удаления личных данных (purge) и журнала действий (audit).\n"
     "Например: secretary = anna, olga"},
    {"access", "teachers", NUMBERED, read_teacher_accounts, "",
     "Учитель видит и печатает только свои классы: учётная запись и её классы через пробел. Например:\n"
     "  teachers = ivanova 3А, petrova 2Б 3Б\n"
     "Длинный список продолжайте в строках teachers2, teachers3 и так далее."},

    {"printing", "command", ONE, read_print_command, "lp", "Команда, которой передаётся файл для печати."},
    {"printing", "options", MAY, read_print_options, "",
     "Её параметры через пробел. Например: -d kanc -o sides=two-sided-long-edge"},
    {"printing", "options_post", MAY, read_print_options, "",
     "Свои параметры для отдельных бумаг; пусто — те же, что выше.\n"
     "Листы для отправки почтой, с адресной страницей впереди. Например: -d kanc -o InputSlot=Tray2"},
    {"printing", "options_term", MAY, read_print_options, "", "Листы за учебный период и за год."},
    {"printing", "options_register", MAY, read_print_options, "",
     "Ведомость выдачи. Например: -d kanc -o sides=one-sided"},
};
const size_t school_key_count = sizeof school_keys / sizeof school_keys[0];
