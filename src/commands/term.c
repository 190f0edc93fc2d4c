#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/text.h"
#include "commands/command.h"
#include "commands/issued.h"
#include "commands/json.h"
#include "commands/session.h"
#include "commands/workshop.h"
#include "issue/term.h"
#include "store/term.h"

/* «1» … «4», «year», of the school year of `day`; «2026-T1», «2026-Y» of any. */
static bool parse_term(struct session *session, const char *text, int32_t day, struct term_choice *out)
{
    int32_t year = school_year_of(&session->school, session->arena, day)->year;
    char *rest = NULL;
    if (strlen(text) >= 6 && text[4] == '-') {
        year = (int32_t)strtol(text, &rest, 10);
        if (rest != text + 4 || year < 1900)
            return false;
        text += text[5] == 'Y' || text[5] == 'y' ? 5 : text[5] == 'T' || text[5] == 't' ? 6 : 0;
        if (text[0] == '\0')
            return false;
    }
    if (strcmp(text, "year") == 0 || strcmp(text, "год") == 0 || strcmp(text, "Y") == 0 || strcmp(text, "y") == 0)
        out->term = 0;
    else if (text[0] >= '1' && text[0] <= '0' + SCHOOL_TERMS && text[1] == '\0')
        out->term = text[0] - '0';
    else
        return false;
    out->year = school_year_of(&session->school, session->arena, date_from_civil(year, 10, 1));
    return true;
}

static bool given_term(struct session *session, const char *text, struct term_choice *out, struct err *err)
{
    int32_t day = out->as_of == DATE_NONE ? session->call->today : out->as_of;
    if (!parse_term(session, text, day, out))
        return err_set(err, ERR_USAGE,
                       _("--term «%s» is no term; write 1, 2, 3, 4 or year, or 2026-T1 or 2026-Y for a school year"),
                       text_printable(session->arena, text));
    if (out->term > out->year->terms)
        return err_set(err, ERR_USAGE, _("--term %d: the school year has %d terms"), (int)out->term,
                       (int)out->year->terms);
    if ((out->term > 0 ? out->year->term[out->term - 1] : out->year->whole).from > day)
        return err_set(err, ERR_USAGE, _("--term %s: the period has not begun yet"),
                       text_printable(session->arena, text));
    return true;
}

/* The newest term for which finals are stored. */
static bool newest_term(struct session *session, struct term_choice *out, struct err *err)
{
    struct final_kind *kinds = NULL;
    size_t count = 0;
    if (!store_final_kinds(session->store, session->arena, &kinds, &count, err))
        return false;
    if (count == 0)
        return err_set(err, ERR_INPUT,
                       _("no finals are stored yet; import them, or name the term: --term 1, 2, 3, 4 or year"));
    out->year = school_year_of(&session->school, session->arena, date_from_civil(kinds[0].year, 10, 1));
    out->term = kinds[0].period > out->year->terms ? 0 : kinds[0].period;
    return true;
}

static bool choose(struct session *session, struct term_choice *choice, struct batch_order *order, struct err *err)
{
    const struct call *call = session->call;
    const char *given = call_option(call, "term");
    const char **classes = NULL;
    struct import_info info = {0};
    if (!call_date(call, "as-of", &choice->as_of, err))
        return false;
    if (!(given != NULL ? given_term(session, given, choice, err) : newest_term(session, choice, err)) ||
        !session_classes(session, &classes, &order->class_count, err) ||
        !session_pupils(session, &order->pupils, &order->pupil_count, err))
        return false;
    order->classes = classes;
    order->period = term_period(session->arena, choice->year->year, choice->term);
    order->aside = call_has(call, "preview") ? "preview" : NULL;
    if (choice->as_of == DATE_NONE)
        return true;
    char day[DATE_TEXT] = "";
    date_format(day, choice->as_of);
    order->aside = arena_format(session->arena, "as-of-%s", day);
    if (!store_import_on(session->store, session->arena, choice->as_of, &info, err))
        return err_set(err, ERR_USAGE, _("--as-of %s: nothing was imported on or before that day"), day);
    choice->import = info.import;
    return true;
}

static void say(const struct session *session, const struct batch_order *order, const struct term_result *result)
{
    if (result->batch.issued > 0 || result->batch.standing > 0 || result->waiting == 0)
        issued_say(session, order, &result->batch);
    if (result->waiting > 0)
        fprintf(stderr,
                ngettext("%s: %zu pupil on paper has no finals of this period yet and gets no sheet before they are "
                         "imported.\n",
                         "%s: %zu pupils on paper have no finals of this period yet and get no sheet before they are "
                         "imported.\n",
                         result->waiting),
                order->period, result->waiting);
}

static bool term(struct session *session, struct err *err)
{
    const struct call *call = session->call;
    struct batch_order order = {0};
    struct term_choice choice = {.as_of = DATE_NONE};
    struct term_result result = {0};
    struct workshop shop = {0};
    if (!choose(session, &choice, &order, err))
        return false;
    workshop_order(session, &order);
    bool ok =
        workshop_open(session, "term", &shop, err) && term_issue(session->arena, &shop, &order, &choice, &result, err);
    if (ok)
        workshop_warn(session, &result.batch);
    if (ok && call->json) {
        json_t *out = issued_json(&order, &result.batch);
        json_object_set_new(out, "waiting", json_integer((json_int_t)result.waiting));
        json_finish(out);
    } else if (ok) {
        say(session, &order, &result);
    }
    ok = ok && (!call_has(call, "print") || issued_print(session, &shop, &order, &result.batch, err));
    workshop_close(&shop);
    return ok;
}

static bool run(struct call *call, struct err *err)
{
    return session_run(call, true, term, err);
}

static const struct flag flags[] = {
    {"term", "T", N_("1, 2, 3, 4 or year; 2026-T1 or 2026-Y of another school year; default: the newest with finals"),
     0},
    {"class", "C", N_("only this class; may be repeated"), 0},
    {"pupil", "P", N_("only this pupil: an id, or a unique part of the name; may be repeated"), 0},
    {"as-of", "DATE", N_("a copy without a number that shows what was known on that day"), 0},
    {"preview", NULL, N_("write the PDF without issuing: no number, no register row"), 0},
    {"print", NULL, N_("hand what is not printed yet to the printer"), 0},
    {NULL, NULL, NULL, 0},
};

const struct command command_term = {
    .name = "term",
    .right = RIGHT_CLASS,
    .operands = "",
    .summary = N_("issue the sheets of a term or the year"),
    .options = flags,
    .run = run,
};
