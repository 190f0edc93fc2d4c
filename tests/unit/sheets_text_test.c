/* What a weekly sheet says: the words that are set, page by page. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "base/text.h"
#include "sheets/compose.h"
#include "sheets/outlook.h"
#include "sheets_hard.h"
#include "sheets_setting.h"

/* The texts of the pages from…until, one after another with single blanks, no-break ones as blanks too. */
static const char *said(struct set_sheet *sheet, size_t from, size_t until)
{
    struct buffer all = {0};
    for (size_t p = from; p < until && p < sheet->page_count; p++) {
        for (size_t i = 0; i < sheet->pages[p].item_count; i++) {
            const struct item *item = &sheet->pages[p].items[i];
            if (item->kind != ITEM_TEXT)
                continue;
            for (const char *at = item->text; *at != '\0';) {
                const char *start = at;
                uint32_t code = text_next(&at);
                if (code == 0xA0 || code == ' ')
                    buffer_char(&all, ' ');
                else
                    buffer_add(&all, start, (size_t)(at - start));
            }
            buffer_char(&all, ' ');
        }
    }
    struct buffer single = {0};
    for (size_t i = 0; i < all.size; i++)
        if (all.data[i] != ' ' || (single.size > 0 && single.data[single.size - 1] != ' '))
            buffer_char(&single, all.data[i]);
    const char *text = arena_copy_n(sheet->fixture.arena, single.data, single.size);
    buffer_free(&all);
    buffer_free(&single);
    return text;
}

static const char *said_all(struct set_sheet *sheet)
{
    return said(sheet, 0, sheet->page_count);
}

static void has(const char *text, const char *part)
{
    if (strstr(text, part) == NULL)
        fail_msg("'%s' is not on the sheet: %s", part, text);
}

static void has_not(const char *text, const char *part)
{
    if (strstr(text, part) != NULL)
        fail_msg("'%s' is on the sheet: %s", part, text);
}

static void test_head_slip_foot(void **state)
{
    (void)state;
    struct set_sheet sheet;
    set_sheet(&sheet, week_design);
    assert_int_equal(sheet.page_count, 2);
    assert_int_equal(sheet.report.missing_count, 0);
    const char *front = said(&sheet, 0, 1), *back = said(&sheet, 1, 2);
    has(front, "МАОУ «Прогимназия № 81 „Здравствуй!“», г. Сыктывкар · бумажный дневник");
    has(front, "16–21 ноября 2026");
    has(front, "1-й триместр, 12-я неделя · до конца триместра 5 учебных дней");
    has(front, "3 «А» класс · кл. руководитель Н. П. Осипова");
    has(front, "лист № 2026-W47-3А-07");
    has(front, "Вокуева Д. И.");
    has(front, "до среды, 25 ноября");
    has(back, "Вопрос или сообщение учителю");
    has(back, "лист № 2026-W47-3А-07, стр. 2 из 2 · подготовлен 21.11.2026 по выгрузке № 4 от 21.11.2026");
    has(back, "Персональные данные: только законному представителю");
    assert_string_equal(sheet.document.title,
                        "Вокуева Дарья Ивановна, 3" TEXT_NBSP "«А»: 16–21" TEXT_NBSP "ноября 2026");
    unset_sheet(&sheet);
}

static void test_days(void **state)
{
    (void)state;
    struct set_sheet sheet;
    set_sheet(&sheet, week_design);
    const char *front = said(&sheet, 0, 1);
    has(front, "диктант ×2");
    has(front, "ЗАДАНО");
    has(front, "Весь день пропущен");
    has(front, "5 уроков, по болезни");
    has(front, "Русский язык: упр. 167");
    has(front, "Математика: Деление на 6");
    has(front, "Занятий нет");
    has(front, "12 ноября, Русский язык:");
    has(front, "добавлена отметка");
    has(front, "Отличный проект");
    has(front, "В. А. Рочева");
    has(front, "25 ноября.");
    unset_sheet(&sheet);
}

static void test_back(void **state)
{
    (void)state;
    struct set_sheet sheet;
    set_sheet(&sheet, week_design);
    const char *back = said(&sheet, 1, 2);
    has(back, "Отметки 1-го триместра");
    has(back, "4,05");
    has(back, "Средний балл взвешенный: диктант ×2, контрольная работа ×3, остальные ×1.");
    has(back, "Итог «5» ставится от 4,60, «4» – от 3,60");
    has(back, "За неделю пропущено 5 уроков (по болезни – 5).");
    has(back, "За триместр: 7 из 264, по болезни – 5, по уважительной причине – 2, без уважительной причины – 0, "
              "опозданий – 1.");
    has(back, "школьный этап: 2-е место");
    has(back, "7 декабря:");
    has(back, "начало 2-го триместра");
    has(back, "Следующая неделя, 23–27 ноября");
    has(back, "Понедельник, 23");
    unset_sheet(&sheet);
}

static void test_without_marks(void **state)
{
    (void)state;
    struct set_sheet sheet;
    set_sheet(&sheet, week_small);
    const char *all = said_all(&sheet);
    has_not(all, "тметк");
    has_not(all, "алл");
    has_not(all, "Успеваемость");
    has(all, "Пропущено по уважительной причине");
    has(all, "Опоздание на урок");
    has(all, "Пропущено по предметам: Русский язык – 2.");
    has(all, "За неделю пропущен 1 урок (по уважительной причине – 1), опозданий – 1.");
    unset_sheet(&sheet);
}

/* Without lesson numbers a subject's absences of a day stand in one row: all of them are said. */
static void test_absences_without_marks_and_numbers(void **state)
{
    (void)state;
    struct set_sheet sheet = {0};
    struct arena *arena = arena_new();
    struct fixture *fixture = &sheet.fixture;
    week_small(fixture, arena);
    struct week_lesson lesson = {
        .subject = "Музыка", .teacher = "", .topic = "", .homework = "", .reason = REASON_ILL, .missed = 2, .times = 2};
    struct week_day day = fixture->week.days[0];
    day.lessons = &lesson;
    day.lesson_count = 1;
    day.away = false;
    fixture->week.days = &day;
    fixture->week.day_count = 1;
    weekly_compose(arena, &fixture->week, &fixture->school, &fixture->layout, &fixture->label, &sheet.document);
    set_document_of(&sheet);
    has(said_all(&sheet), "Пропущено по болезни (2 урока)");
    unset_sheet(&sheet);
}

static bool stands_whole(const struct set_sheet *sheet, const char *text)
{
    for (size_t p = 0; p < sheet->page_count; p++)
        for (size_t i = 0; i < sheet->pages[p].item_count; i++)
            if (sheet->pages[p].items[i].kind == ITEM_TEXT && strcmp(sheet->pages[p].items[i].text, text) == 0)
                return true;
    return false;
}

/* What stands beneath a line of marks is of all marks on it: none goes on a line of its own. */
static void test_marks_of_one_work(void **state)
{
    (void)state;
    struct set_sheet sheet = {0};
    struct arena *arena = arena_new();
    struct fixture *fixture = &sheet.fixture;
    week_design(fixture, arena);
    struct week_mark marks[5] = {{.text = "2", .value = 2},
                                 {.text = "5", .value = 5},
                                 {.text = "4", .value = 4},
                                 {.text = "3", .value = 3},
                                 {.text = "5", .value = 5}};
    struct week_lesson lesson = {
        .lesson = 1, .subject = "Музыка", .teacher = "", .topic = "", .homework = "", .marks = marks};
    for (size_t i = 0; i < 5; i++) {
        marks[i].work = "";
        marks[i].weight = 2 * WEIGHT_ONE;
    }
    for (lesson.mark_count = 2; lesson.mark_count <= 5; lesson.mark_count++) {
        struct week_day day = {.day = fixture->week.days[0].day, .lessons = &lesson, .lesson_count = 1};
        fixture->week.days = &day;
        fixture->week.day_count = 1;
        weekly_compose(arena, &fixture->week, &fixture->school, &fixture->layout, &fixture->label, &sheet.document);
        set_document_of(&sheet);
        assert_true(stands_whole(&sheet, lesson.mark_count == 2 ? "2 5" : "2 5 4"));
        assert_true(lesson.mark_count < 5 || stands_whole(&sheet, "3 5"));
        has(said_all(&sheet), lesson.mark_count < 4 ? "×2" : "×2 3");
    }
    unset_sheet(&sheet);
}

static void test_by_subject(void **state)
{
    (void)state;
    struct set_sheet sheet;
    set_sheet(&sheet, week_report);
    const char *front = said(&sheet, 0, 1);
    has(front, "История России. Всеобщая история");
    has_not(front, "Физика ");
    has_not(front, "ЗАДАНО");
    has(front, "долг");
    has(front, "б – пропуск по болезни");
    has(front, "За триместр: 6 уроков, по болезни – 2");
    unset_sheet(&sheet);
}

/* регламент 2.7: the forecast of term and year, what would change it, and how it is made. */
static void test_forecast(void **state)
{
    (void)state;
    struct set_sheet sheet;
    set_sheet(&sheet, week_design);
    const char *back = said(&sheet, 1, 2);
    has(back, "Успеваемость и прогноз");
    has(back, "Прогноз триместра");
    has(back, "2 · 3 · 4 · 5");
    has(back, "до «5»: нужен ряд из 9 пятёрок");
    has(back, "до «5»: две пятёрки");
    has(back, "одна «3» оставит «4»");
    has(back, "две «4» оставят «5»");
    has(back, "ещё одна «4» закрепит итог");
    has(back, "ещё две «5» закрепят итог");
    has(back, "прогноз появится после первых отметок");
    has(back, "4 или 5");
    has(back, "пропуски уроков его не снижают");
    has(back, "Итоговую отметку выставляет учитель.");
    unset_sheet(&sheet);
    set_sheet(&sheet, week_report);
    back = said(&sheet, 1, 2);
    has(back, "на «5» мало времени");
    has(back, "не ниже 4,60: «5», решает учитель");
    has(back, "мало отметок: 2 из 3");
    has(back, "итог выставлен");
    has(back, "нужен ряд из 21 пятёрки");
    has(back, "предварительно: мало отметок для прогноза");
    unset_sheet(&sheet);
    set_sheet(&sheet, week_short);
    back = said(&sheet, 1, 2);
    has_not(back, "Вероятность");
    has_not(back, "Успеваемость и прогноз");
    has(back, "Прогноз появится после первых отметок.");
    unset_sheet(&sheet);
    set_sheet(&sheet, week_small);
    has_not(said_all(&sheet), "рогноз");
    unset_sheet(&sheet);
}

/* Every word that the advice can ask for is in the layout. */
static void test_advice_words(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
    struct fixture f;
    week_design(&f, arena);
    struct composer composer = {
        .arena = arena, .week = &f.week, .school = &f.school, .layout = &f.layout, .words = {arena, &f.layout}};
    for (int kind = ADVICE_NO_MARKS; kind <= ADVICE_GIVEN; kind++)
        for (int32_t count = 0; count < 30; count++) {
            struct advice advice = {(enum advice_kind)kind, 2 + count % 4, 4, count};
            assert_true(strlen(outlook_advice(&composer, &advice)) > 8);
            assert_null(strchr(outlook_advice(&composer, &advice), '{'));
        }
    assert_string_equal(outlook_advice(&composer, &(struct advice){0}), "");
    arena_free(arena);
}

/* A pupil who came on Wednesday, and a day of the class of which his rows say nothing. */
static void week_with_days_untold(struct fixture *f, struct arena *arena)
{
    static const struct week_lesson lesson[] = {LESSON(1, "Музыка", "Опера", "")};
    fixture_start(f, arena);
    fixture_days(f, (struct fixture_day[]){{0}, {0}, {.lessons = lesson, .count = 1}, {0}, {0}, {0}}, 6);
    struct week_day *days = arena_alloc(arena, 6 * sizeof *days);
    memcpy(days, f->week.days, 6 * sizeof *days);
    days[0].outside = days[1].outside = days[3].untold = true;
    f->week.days = days;
}

static void test_days_untold(void **state)
{
    (void)state;
    struct set_sheet sheet;
    set_sheet(&sheet, week_with_days_untold);
    const char *front = said(&sheet, 0, 1);
    has_not(front, "Понедельник");
    has_not(front, "Вторник");
    has(front, "Четверг 19 ноября Сведений об уроках нет");
    has(front, "Пятница – суббота 20–21 ноября Занятий нет");
    unset_sheet(&sheet);
}

static void week_with_ten_missed(struct fixture *f, struct arena *arena)
{
    static struct week_lesson lessons[10];
    fixture_start(f, arena);
    for (int i = 0; i < 10; i++)
        lessons[i] = (struct week_lesson)MISSED((uint8_t)(i + 1), "Музыка", "", "", REASON_ILL);
    fixture_days(f, (struct fixture_day[]){{.lessons = lessons, .count = 10, .away = REASON_ILL}}, 1);
}

static void test_ten_missed(void **state)
{
    (void)state;
    struct set_sheet sheet;
    set_sheet(&sheet, week_with_ten_missed);
    has(said(&sheet, 0, 1), "1–10 Весь день пропущен 10 уроков, по болезни");
    unset_sheet(&sheet);
}

static int work_count;

static void week_of_many_works(struct fixture *f, struct arena *arena)
{
    week_design(f, arena);
    struct subject_line *line = arena_alloc(arena, sizeof *line);
    struct week_mark *marks = arena_alloc(arena, (size_t)work_count * sizeof *marks);
    for (int i = 0; i < work_count; i++)
        marks[i] = (struct week_mark){"4", 4, 2 * WEIGHT_ONE, arena_format(arena, "работа %d", i + 1), 0, 1, false};
    *line = (struct subject_line){
        .subject = "Физика", .marks = marks, .mark_count = (size_t)work_count, .mean = 400, .lessons = 30};
    f->week.subjects = line;
    f->week.subject_count = 1;
}

/* All works with a weight of their own are named, or nothing is said of the rest. */
static void test_many_works(void **state)
{
    (void)state;
    struct set_sheet sheet;
    work_count = 24;
    set_sheet(&sheet, week_of_many_works);
    has(said_all(&sheet), "работа 23 ×2, работа 24 ×2, остальные ×1.");
    unset_sheet(&sheet);
    work_count = 25;
    set_sheet(&sheet, week_of_many_works);
    has(said_all(&sheet), "работа 24 ×2 и другие работы.");
    has_not(said_all(&sheet), "остальные");
    unset_sheet(&sheet);
}

static void week_without_a_reason(struct fixture *f, struct arena *arena)
{
    static const struct week_lesson lesson[] = {MISSED(1, "Музыка", "", "", REASON_ABSENT)};
    fixture_start(f, arena);
    fixture_days(f, (struct fixture_day[]){{.lessons = lesson, .count = 1}}, 1);
    fixture_absent(f, fixture_grid(f), day_of(2026, 11, 16), 5, REASON_ABSENT);
    f->week.of_week.count[REASON_ABSENT] = f->week.of_week.lessons = 1;
    f->week.of_term = f->week.of_week;
}

/* No reason is not a bad one: nothing is black. */
static void test_no_reason_is_no_bad_one(void **state)
{
    (void)state;
    struct set_sheet sheet;
    set_sheet(&sheet, week_without_a_reason);
    const char *text = said_all(&sheet);
    has(text, "пропуск, причина не указана");
    has(text, "За неделю пропущен 1 урок (причина не указана – 1).");
    has_not(text, "уважительной");
    for (size_t p = 0; p < sheet.page_count; p++)
        for (size_t i = 0; i < sheet.pages[p].item_count; i++)
            if (sheet.pages[p].items[i].kind == ITEM_RECT)
                assert_int_not_equal(sheet.pages[p].items[i].fill, 0);
    unset_sheet(&sheet);
}

static void test_empty(void **state)
{
    (void)state;
    struct set_sheet sheet;
    set_sheet(&sheet, week_empty);
    const char *front = said(&sheet, 0, 1);
    has(front, "Осенние каникулы: на этой неделе занятий нет.");
    has(front, "последняя неделя триместра");
    has(front, "Изменилось после прошлого листа");
    has(front, "родительское собрание");
    has(front, "образец");
    has_not(front, "лист №");
    has_not(front, "Понедельник");
    unset_sheet(&sheet);
}

static void test_first(void **state)
{
    (void)state;
    struct set_sheet sheet;
    set_sheet(&sheet, week_first);
    const char *all = said_all(&sheet);
    has(all, "Триместр до этого листа");
    has_not(all, "Изменилось после");
    has(all, "6–8 октября, все 15 уроков:");
    has(all, "пропуск по болезни");
    has_not(all, "отмечен");
    has(all, "9 октября, Русский язык, Математика (2 урока):");
    unset_sheet(&sheet);
}

/* A change as the sheet words it, without its marks of strength. */
static const char *change_text(struct arena *arena, struct change change)
{
    struct fixture f;
    week_design(&f, arena);
    change.day = day_of(2026, 11, 12);
    change.subject = "Химия";
    struct change *changes = arena_alloc(arena, sizeof *changes);
    *changes = change;
    f.week.changes = changes;
    f.week.change_count = 1;
    struct composer composer = {
        .arena = arena, .week = &f.week, .school = &f.school, .layout = &f.layout, .words = {arena, &f.layout}};
    return words_plain(arena, compose_change(&composer, &changes[0]));
}

static void test_changes(void **state)
{
    (void)state;
    struct arena *arena = arena_new();
#define MARK_CHANGE(kind_, was_, was_weight_, was_work_, now_, now_weight_, now_work_)                                 \
    change_text(arena, (struct change){.what = CHANGE_MARK,                                                            \
                                       .kind = kind_,                                                                  \
                                       .was = was_,                                                                    \
                                       .was_weight = was_weight_,                                                      \
                                       .was_work = was_work_,                                                          \
                                       .now = now_,                                                                    \
                                       .now_weight = now_weight_,                                                      \
                                       .now_work = now_work_})
    assert_string_equal(MARK_CHANGE(CHANGE_ADDED, NULL, 0, "", "5", 2000, "диктант"),
                        "добавлена отметка 5 (диктант" TEXT_NBSP "×2)");
    assert_string_equal(MARK_CHANGE(CHANGE_ADDED, NULL, 0, "", "5", 1000, ""), "добавлена отметка 5");
    assert_string_equal(MARK_CHANGE(CHANGE_WITHDRAWN, "2", 1000, "тест", NULL, 0, ""), "отметка 2 снята (тест)");
    assert_string_equal(MARK_CHANGE(CHANGE_CORRECTED, "3", 1000, "", "4", 1000, ""), "отметка 3 → 4");
    assert_string_equal(MARK_CHANGE(CHANGE_CORRECTED, "4", 1000, "тест", "4", 3000, "тест"),
                        "изменено у отметки 4 (тест, вес ×1 → ×3)");
    assert_string_equal(MARK_CHANGE(CHANGE_CORRECTED, "4", 1000, "", "4", 1000, "тест"),
                        "изменено у отметки 4 (без вида работы → тест)");
    assert_string_equal(MARK_CHANGE(CHANGE_CORRECTED, "4", 1000, "тест", "5", 2000, "диктант"),
                        "отметка 4 → 5 (тест" TEXT_NBSP "×1 → диктант" TEXT_NBSP "×2)");
    assert_string_equal(MARK_CHANGE(CHANGE_CORRECTED, ".", 1000, "эссе", "4", 1000, "эссе"),
                        "долг закрыт отметкой 4 (эссе)");
    assert_string_equal(MARK_CHANGE(CHANGE_ADDED, NULL, 0, "", ".", 1000, "эссе"), "долг, работа не сдана (эссе)");
    assert_string_equal(change_text(arena, (struct change){.what = CHANGE_ATTENDANCE,
                                                           .kind = CHANGE_CORRECTED,
                                                           .was_reason = REASON_UNEXCUSED,
                                                           .now_reason = REASON_ILL}),
                        "пропуск без уважительной причины → пропуск по болезни");
    arena_free(arena);
}

static void week_told_by_subject(struct fixture *f, struct arena *arena)
{
    week_report(f, arena);
    f->school.name = "";
    f->pupil.delivery = "post";
    struct change *changes = arena_alloc(arena, 2 * sizeof *changes);
    for (size_t i = 0; i < 2; i++)
        changes[i] = (struct change){.day = day_of(2026, 11, 12),
                                     .subject = i == 0 ? "Алгебра" : "Физика",
                                     .what = CHANGE_ATTENDANCE,
                                     .kind = CHANGE_ADDED,
                                     .now_reason = REASON_LATE};
    f->week.changes = changes;
    f->week.change_count = 2;
    for (size_t i = 0; i < f->week.grid_count; i++)
        ((struct grid_day *)f->week.grid)[i].lessons = 2;
}

/* The report knows of two lessons on that day, both late; the day had more. */
static void test_no_whole_day_by_subject(void **state)
{
    (void)state;
    struct set_sheet sheet;
    set_sheet(&sheet, week_told_by_subject);
    const char *front = said(&sheet, 0, 1);
    has(front, "12 ноября, Алгебра, Физика (2 урока):");
    has(front, "отмечено опоздание");
    has_not(front, "весь день");
    has(front, "Бумажный дневник");
    has(front, "Верните талон в школу");
    unset_sheet(&sheet);
}

static void test_stuffed(void **state)
{
    (void)state;
    struct set_sheet sheet;
    set_sheet(&sheet, week_stuffed);
    const char *all = said_all(&sheet);
    assert_true(sheet.page_count >= 3 && sheet.page_count <= 6);
    for (size_t i = 0; i < 18; i++)
        has(all, strchr(hard_subjects[i], ' ') == NULL ? hard_subjects[i] : "Физическая культура");
    has(all, "10 «Б»");
    has(all, "лабораторная");
    has(all, "×1,5");
    has(all, "работа не сдана");
    /* Nothing reaches over the paper's edge. */
    for (size_t p = 0; p < sheet.page_count; p++)
        for (size_t i = 0; i < sheet.pages[p].item_count; i++) {
            const struct item *item = &sheet.pages[p].items[i];
            if (item->kind == ITEM_TEXT && item->turn == 0)
                assert_true(item->x >= sheet.fixture.layout.margin_left - 1000 &&
                            item->x + item->w <= sheet.pages[p].width - sheet.fixture.layout.margin_right + 1000 &&
                            item->y <= sheet.pages[p].height);
        }
    unset_sheet(&sheet);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(test_head_slip_foot),
        cmocka_unit_test(test_days),
        cmocka_unit_test(test_back),
        cmocka_unit_test(test_without_marks),
        cmocka_unit_test(test_absences_without_marks_and_numbers),
        cmocka_unit_test(test_marks_of_one_work),
        cmocka_unit_test(test_by_subject),
        cmocka_unit_test(test_days_untold),
        cmocka_unit_test(test_ten_missed),
        cmocka_unit_test(test_many_works),
        cmocka_unit_test(test_no_reason_is_no_bad_one),
        cmocka_unit_test(test_empty),
        cmocka_unit_test(test_first),
        cmocka_unit_test(test_changes),
        cmocka_unit_test(test_stuffed),
        cmocka_unit_test(test_no_whole_day_by_subject),
        cmocka_unit_test(test_forecast),
        cmocka_unit_test(test_advice_words),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
