/* What goes along with the sheets (регламент 2.9, 3.1): the register to sign and the page with an address, against
 * tests/golden/NAME.trace; UPDATE_GOLDEN=1 writes the traces anew. */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "sheets/envelope.h"
#include "sheets/register.h"
#include "sheets_golden.h"
#include "store/store.h"

static void start(struct set_sheet *sheet, const char *layout)
{
    *sheet = (struct set_sheet){0};
    struct fixture *f = &sheet->fixture;
    fixture_start(f, arena_new());
    struct diag *diag = diag_new();
    struct err err = {0};
    if (!layout_load(f->arena, NULL, "layouts", layout, &f->layout, diag, &err))
        fail_msg("%s", err.text);
    diag_free(diag);
}

/* What a row needs to be printed. */
static struct sheet_row row(struct arena *arena, const char *period, int number, const char *name, const char *way,
                            int copies)
{
    return (struct sheet_row){.number = arena_format(arena, "%s-3А-%02d", period, number),
                              .name = name,
                              .form = "3А",
                              .period = period,
                              .running = number,
                              .issue = 1,
                              .pages = 2,
                              .copies = copies,
                              .delivery = way};
}

static void register_of_a_week(void **state)
{
    (void)state;
    struct set_sheet sheet;
    start(&sheet, "register");
    struct fixture *f = &sheet.fixture;
    struct sheet_row rows[] = {
        row(f->arena, "2026-W47", 1, "Артеев Михаил Андреевич", "hand", 1),
        row(f->arena, "2026-W47", 7, "Вокуева Дарья Ивановна", "", 2),
        row(f->arena, "2026-W47", 7, "Вокуева Дарья Ивановна", "hand", 1),
        row(f->arena, "2026-W47", 3, "Кузнецова-Белоголовская Александра Константиновна", "office", 1),
        row(f->arena, "2026-W47", 2, "Рочева Анна Викторовна", "post", 1)};
    rows[2].number = "2026-W47-3А-07-2";
    register_compose(f->arena, &f->school, &f->layout, rows, COUNT(rows),
                     (struct span){day_of(2026, 11, 16), day_of(2026, 11, 21)}, &sheet.document);
    set_document_of(&sheet);
    assert_int_equal(sheet.page_count, 1);
    check_golden(&sheet, "register-week");
    unset_sheet(&sheet);
}

/* A full class goes on to a second page, with the heading again; the signature does not stand alone. */
static void register_of_a_term(void **state)
{
    (void)state;
    struct set_sheet sheet;
    struct sheet_row rows[33];
    start(&sheet, "register");
    struct fixture *f = &sheet.fixture;
    for (int i = 0; i < 33; i++)
        rows[i] = row(f->arena, "2026-T1", i + 1, arena_format(f->arena, "Фамилия%d Имя Отчество", i + 1), "hand", 1);
    school_defaults(f->arena, &f->school);
    f->school.class_teachers = fixture_teachers;
    f->school.class_teacher_count = COUNT(fixture_teachers) / 2;
    register_compose(f->arena, &f->school, &f->layout, rows, COUNT(rows), f->year.term[0], &sheet.document);
    set_document_of(&sheet);
    assert_int_equal(sheet.page_count, 2);
    check_golden(&sheet, "register-term");
    unset_sheet(&sheet);
}

/* Two children of one family in one envelope. */
static void envelope_of_a_family(void **state)
{
    (void)state;
    struct set_sheet sheet;
    start(&sheet, "envelope");
    struct fixture *f = &sheet.fixture;
    f->pupil.recipient = "Вокуева Елена Петровна";
    f->pupil.address = "ул. Коммунистическая, д. 14, кв. 5, г. Сыктывкар, Республика Коми, 167000";
    struct sheet_row rows[] = {row(f->arena, "2026-W47", 7, "Вокуева Дарья Ивановна", "post", 1),
                               row(f->arena, "2026-W47", 8, "Вокуев Егор Иванович", "post", 2)};
    envelope_compose(f->arena, &f->school, &f->layout, &f->pupil, rows, COUNT(rows), &sheet.document);
    set_document_of(&sheet);
    assert_int_equal(sheet.page_count, 1);
    assert_true(envelope_fits(&f->layout, sheet.pages, sheet.page_count));
    check_golden(&sheet, "envelope-family");
    unset_sheet(&sheet);
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        cmocka_unit_test(register_of_a_week),
        cmocka_unit_test(register_of_a_term),
        cmocka_unit_test(envelope_of_a_family),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
