/* Layouts: the installed file, the school's own over it, and what is refused. */
#include "settings_fixture.h"

#include "settings/layout.h"

static char *specimen(const char *name)
{
    struct buffer text = {0};
    struct err err = {0};
    char path[128];
    snprintf(path, sizeof path, "tests/data/settings/%s", name);
    if (!file_read(path, 1 << 20, &text, &err))
        fail_msg("%s (run from the repository's root)", err.text);
    return text.data;
}

static bool load(struct fixture *fixture, const char *installed, const char *own, struct layout *out)
{
    fixture_again(fixture);
    fixture_text(fixture, "installed/weekly.ini", installed);
    if (own != NULL)
        fixture_text(fixture, "school/layouts/weekly.ini", own);
    return layout_load(fixture->arena, file_join(fixture->arena, fixture->folder, "school"),
                       file_join(fixture->arena, fixture->folder, "installed"), "weekly", out, fixture->diag,
                       &fixture->err);
}

static void accept(struct fixture *fixture, const char *own, struct layout *out)
{
    char *installed = specimen("installed.ini");
    if (!load(fixture, installed, own, out))
        fail_msg("refused: %s %s", fixture->err.text,
                 diag_lookup(fixture->diag, 0) == NULL ? "" : diag_lookup(fixture->diag, 0)->text);
    mem_free(installed);
}

static void refuse(struct fixture *fixture, const char *own, int32_t line, int32_t column, const char *words)
{
    struct layout layout = {0};
    char *installed = specimen("installed.ini");
    assert_false(load(fixture, installed, own, &layout));
    mem_free(installed);
    fixture_expect(fixture, line, column, words);
    assert_non_null(strstr(diag_lookup(fixture->diag, 0)->file, "school/layouts"));
}

static void installed_alone(void **state)
{
    struct fixture *fixture = *state;
    struct layout layout = {0};
    accept(fixture, NULL, &layout);
    assert_string_equal(layout.name, "weekly");
    assert_int_equal(layout.page_width, 595276);
    assert_int_equal(layout.page_height, 841890);
    assert_int_equal(layout.margin_top, 31181);
    assert_int_equal(layout.margin_right, 34016);
    assert_int_equal(layout.margin_bottom, 28346);
    assert_int_equal(layout.margin_left, 51024);
    assert_int_equal(layout.largest_body, 10500);
    assert_int_equal(layout.style_count, 3);
    assert_string_equal(layout.styles[0].name, "body");
    assert_int_equal(layout.styles[0].face, FACE_SANS);
    assert_int_equal(layout.styles[0].leading, 11532);
    assert_int_equal(layout.styles[0].grey, 0);
    const struct style *note = &layout.styles[layout_style(&layout, "note")];
    assert_string_equal(note->name, "note");
    assert_int_equal(note->face, FACE_NARROW);
    assert_int_equal(note->leading, 12000);
    assert_int_equal(note->grey, 69); /* #454545: 255 less 73 % of it */
    assert_int_equal(note->spacing, 600);
    assert_int_equal(layout_style(&layout, "none"), 0);
    assert_int_equal(layout.front_count, 3);
    assert_string_equal(layout.front[2], "changes");
    assert_int_equal(layout.back_count, 2);
    assert_string_equal(layout_word(&layout, "slip.title"), "Отрывной талон");
    assert_string_equal(layout_word(&layout, "head.left"), "до конца триместра {days}; ещё {weeks}");
    assert_string_equal(layout_word(&layout, "foot.empty"), "");
    assert_string_equal(layout_word(&layout, "none"), "");
}

static void own_over_installed(void **state)
{
    struct fixture *fixture = *state;
    struct layout layout = {0};
    char *own = specimen("own.ini");
    accept(fixture, own, &layout);
    mem_free(own);
    assert_int_equal(layout.page_width, 419528);
    assert_int_equal(layout.margin_left, 70866);
    assert_int_equal(layout.margin_top, 31181);
    assert_int_equal(layout.styles[0].size, 11000);
    assert_int_equal(layout.styles[0].leading, 13640); /* the installed factor */
    assert_int_equal(layout.largest_body, 11000);      /* never below the body */
    assert_int_equal(layout.front_count, 2);
    assert_string_equal(layout.front[0], "days");
    assert_string_equal(layout.back[1], "changes");
    assert_string_equal(layout_word(&layout, "slip.title"), "Талон \"туда и обратно\"");
    assert_string_equal(layout_word(&layout, "head.left"), "осталось {weeks}");
    assert_string_equal(layout_word(&layout, "foot.empty"), "");
    accept(fixture, "[page]\nwidth = 200 mm\n", &layout);
    assert_int_equal(layout.page_width, 566929);
    assert_int_equal(layout.page_height, 841890);
    accept(fixture, "[page]\nsize = Letter\n", &layout);
    assert_int_equal(layout.page_width, 612000);
}

static void wrong_own(void **state)
{
    struct fixture *fixture = *state;
    refuse(fixture, "[words]\nslip.titel = x\n", 2, 1,
           "no sheet prints a word 'slip.titel'; did you mean 'slip.title'?");
    refuse(fixture, "[words]\nhead.left = ещё {day}\n", 2, 13, "'{day}' can't be filled in");
    refuse(fixture, "[words]\nhead.left = ещё {days\n", 2, 13, "'{days' can't be filled in");
    refuse(fixture, "[words]\nslip.title = a; b\n", 2, 15, "; and # end a value");
    refuse(fixture, "[style notes]\nsize = 9 pt\n", 1, 0, "has no [style notes]; did you mean 'style note'?");
    refuse(fixture, "[style note]\nfase = sans\n", 2, 1, "did you mean 'face'?");
    refuse(fixture, "[style note]\nface = sanz\n", 2, 8, "there is no face 'sanz'; did you mean 'sans'?");
    refuse(fixture, "[style note]\nsize = 9\n", 2, 8, "'9' is no length");
    refuse(fixture, "[style note]\nsize = 1 pt\n", 2, 8, "from 4 to 150 pt");
    refuse(fixture, "[style note]\nleading = 12 pt\n", 2, 11, "is no leading");
    refuse(fixture, "[style note]\ngrey = 73\n", 2, 8, "for example 73 %");
    refuse(fixture, "[style note]\ngrey = 101 %\n", 2, 8, "for example 73 %");
    refuse(fixture, "[style note]\nspacing = -1 pt\n", 2, 11, "is no length");
    refuse(fixture, "[page]\nsize = A3\n", 2, 8, "'A3' is no page size");
    refuse(fixture, "[page]\nsize = A5\nwidth = 100 mm\n", 3, 9, "keep one of the two");
    refuse(fixture, "[page]\nmargin_left = 180 mm\n", 2, 15, "leave no room");
    refuse(fixture, "[page]\nmargin = 18 mm\n", 2, 1, "there is no key 'margin' in [page]; did you mean 'margin_top'?");
    refuse(fixture, "[blocks]\nfront = head, dais\n", 2, 15, "there is no block 'dais'; did you mean 'days'?");
    refuse(fixture, "[blocks]\nfront = head, head\n", 2, 15, "twice");
    refuse(fixture, "[blocks]\nback = marks, head\n", 2, 8, "'head' stands on the front and on the back");
}

/* Windows of the school's own beside the installed ones, from the top; one without a width is none. */
static void windows(void **state)
{
    struct fixture *fixture = *state;
    struct layout layout = {0};
    char *plain = specimen("installed.ini");
    const char *installed = arena_format(
        fixture->arena, "%s\n[window dl]\nleft=119 mm\ntop=50 mm\nwidth=70 mm\nheight=29 mm\nfold=99 mm\n", plain);
    mem_free(plain);
    assert_true(load(fixture, installed,
                     "[window c4]\nleft = 20 mm\ntop = 10 mm\nwidth = 80 mm\nheight = 40 mm\n"
                     "[window dl]\ntop = 60 mm\n",
                     &layout));
    assert_int_equal(layout.window_count, 2);
    assert_string_equal(layout.windows[0].name, "c4");
    assert_int_equal(layout.windows[0].left, 56693);
    assert_int_equal(layout.windows[0].fold, 0);
    assert_string_equal(layout.windows[1].name, "dl");
    assert_int_equal(layout.windows[1].top, 170079);
    assert_int_equal(layout.windows[1].width, 198425);
    assert_false(load(fixture, installed, "[window c4]\nleft = 20 mm\ntop = 10 mm\nheight = 40 mm\n", &layout));
    fixture_expect(fixture, 2, 0, "[window c4] has no 'width'");
    assert_false(load(fixture, installed, "[window dl]\nwidth = 0\n", &layout));
    fixture_expect(fixture, 2, 9, "no window is left");
    assert_true(load(fixture, installed, "[window dl]\nfold = 20 mm\n", &layout));
    assert_true(load(fixture, installed, "[window dl]\nfold = 0\n", &layout));
    assert_false(load(fixture, installed, "[window dl]\nfold = 0.001 pt\n", &layout));
    fixture_expect(fixture, 2, 8, "give at least 20 mm");
}

static void wrong_installed(void **state)
{
    struct fixture *fixture = *state;
    struct layout layout = {0};
    const char *page = "[page]\nsize=A4\nmargin_top=1mm\nmargin_right=1mm\nmargin_bottom=1mm\nmargin_left=1mm\n";
    assert_true(load(fixture, arena_format(fixture->arena, "%s[style body]\nsize=9pt\n[blocks]\nfront=a\n", page), NULL,
                     &layout));
    assert_int_equal(layout.largest_body, 9000);
    assert_string_equal(layout_word(&layout, "any"), "");
    assert_false(load(fixture, arena_format(fixture->arena, "%s[style body]\nsize=9pt\n", page), NULL, &layout));
    fixture_expect(fixture, 0, 0, "[blocks] has no 'front'");
    assert_false(load(fixture, "[page]\nsize=A4\n", NULL, &layout));
    assert_true(diag_count(fixture->diag, DIAG_ERROR) >= 5);
    const char *front = arena_format(fixture->arena, "%s[style body]\nsize=9pt\n[blocks]\nfront=a, b, slip\n", page);
    assert_false(load(fixture, front, "[blocks]\nfront = a\nback = b\n", &layout));
    fixture_expect(fixture, 3, 8, "a front only; put the block 'b' there");
    assert_false(load(fixture, arena_format(fixture->arena, "%sback=\n", front),
                      "[blocks]\nback = b, slip\nfront = a\n", &layout));
    fixture_expect(fixture, 2, 11, "the slip stands on the front only");
}

static void names(void **state)
{
    struct fixture *fixture = *state;
    struct layout layout = {0};
    accept(fixture, NULL, &layout);
    const char *school = file_join(fixture->arena, fixture->folder, "school");
    const char *installed = file_join(fixture->arena, fixture->folder, "installed");
    static const char *const wrong[] = {"weakly", "", "../installed/weekly", ".", "/etc/passwd"};
    for (size_t i = 0; i < sizeof wrong / sizeof wrong[0]; i++) {
        fixture_again(fixture);
        assert_false(layout_load(fixture->arena, school, installed, wrong[i], &layout, fixture->diag, &fixture->err));
        assert_int_equal(fixture->err.code, ERR_INPUT);
        assert_non_null(strstr(fixture->err.text, "weekly"));
    }
    fixture_again(fixture);
    assert_true(layout_load(fixture->arena, NULL, installed, "weekly", &layout, fixture->diag, &fixture->err));
    /* A layout of one's own name says which one it changes. */
    fixture_text(fixture, "school/layouts/large.ini", "[layout]\nbase = weekly\n[style body]\nsize = 12 pt\n");
    assert_true(layout_load(fixture->arena, school, installed, "large", &layout, fixture->diag, &fixture->err));
    assert_string_equal(layout.name, "large");
    assert_string_equal(layout.kind, "weekly");
    assert_int_equal(layout.styles[0].size, 12000);
    fixture_text(fixture, "school/layouts/large.ini", "[style body]\nsize = 12 pt\n");
    assert_false(layout_load(fixture->arena, school, installed, "large", &layout, fixture->diag, &fixture->err));
    assert_non_null(strstr(fixture->err.text, "base = weekly"));
    fixture_again(fixture);
    fixture_text(fixture, "school/layouts/large.ini", "[layout]\nbase = weakly\n");
    assert_false(layout_load(fixture->arena, school, installed, "large", &layout, fixture->diag, &fixture->err));
    fixture_expect(fixture, 2, 8, "there is no layout 'weakly'; did you mean 'weekly'?");
    fixture_again(fixture);
    char *act = specimen("installed.ini");
    fixture_text(fixture, "installed/act.ini", act);
    mem_free(act);
    fixture_text(fixture, "school/layouts/weekly.ini", "[layout]\nbase = act\n");
    assert_false(layout_load(fixture->arena, school, installed, "weekly", &layout, fixture->diag, &fixture->err));
    fixture_expect(fixture, 2, 8, "'act' is another kind of paper than 'weekly'");
}

/* The layouts that are shipped are right. */
static void shipped(void **state)
{
    struct fixture *fixture = *state;
    const char **files = NULL;
    size_t count = 0;
    if (!file_exists("layouts"))
        skip();
    assert_true(file_list(fixture->arena, "layouts", &files, &count, &fixture->err));
    for (size_t i = 0; i < count; i++) {
        char *name = arena_copy(fixture->arena, files[i]);
        struct layout layout = {0};
        char *suffix = strstr(name, ".ini");
        if (suffix == NULL)
            continue;
        *suffix = '\0';
        if (!layout_load(fixture->arena, NULL, "layouts", name, &layout, fixture->diag, &fixture->err))
            fail_msg("%s: %s", name,
                     diag_lookup(fixture->diag, 0) == NULL ? fixture->err.text : diag_lookup(fixture->diag, 0)->text);
    }
}

/* What the school's file said, over the installed layout of now. */
static void recalled(void **state)
{
    struct fixture *fixture = *state;
    struct layout layout = {0}, again = {0};
    char then[65], now[65], *own = specimen("own.ini");
    accept(fixture, own, &layout);
    mem_free(own);
    const char *installed = file_join(fixture->arena, fixture->folder, "installed");
    assert_true(layout_recall(fixture->arena, layout.own, installed, "weekly", &again));
    layout_digest(&layout, then);
    layout_digest(&again, now);
    assert_string_equal(now, then);
    assert_string_equal(layout_word(&again, "slip.title"), "Талон \"туда и обратно\"");
    assert_true(layout_recall(fixture->arena, "", installed, "weekly", &again));
    layout_digest(&again, now);
    assert_string_not_equal(now, then);
    assert_false(layout_recall(fixture->arena, "[words] no.such = x\n", installed, "weekly", &again));
    assert_false(layout_recall(fixture->arena, "", installed, "monthly", &again));
    assert_true(layout_recall(fixture->arena, "[layout] base = weekly\n", installed, "monthly", &again));
}

int main(void)
{
    const struct CMUnitTest tests[] = {
        FIXTURE_TEST(installed_alone), FIXTURE_TEST(own_over_installed),
        FIXTURE_TEST(wrong_own),       FIXTURE_TEST(wrong_installed),
        FIXTURE_TEST(names),           FIXTURE_TEST(shipped),
        FIXTURE_TEST(recalled),        FIXTURE_TEST(windows),
    };
    return cmocka_run_group_tests(tests, NULL, NULL);
}
