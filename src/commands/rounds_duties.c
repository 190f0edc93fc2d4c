#include <string.h>

#include "base/i18n.h"
#include "base/mem.h"
#include "base/stopwatch.h"
#include "commands/command.h"
#include "commands/duties.h"
#include "commands/rounds.h"
#include "commands/session.h"
#include "gradebook/duties.h"

/* Duties of one kind, period and day: of several classes in one line of the summary. */
static bool is_like(const struct duty *a, const struct duty *b)
{
    return a->kind == b->kind && a->state == b->state && a->due == b->due && strcmp(a->period, b->period) == 0;
}

static bool is_told(const struct duty *duties, size_t at)
{
    for (size_t i = 0; i < at; i++)
        if (is_like(&duties[i], &duties[at]))
            return true;
    return false;
}

/* «2.6 weekly sheets, 2026-W46: overdue by 1 day, due 2026-11-20: 3А, 2 pupils»; who they are, status says. */
static void say_overdue(struct summary *summary, const struct duty *duties, size_t count, size_t at)
{
    struct buffer forms = {0};
    size_t pupils = 0, form_count = 0;
    for (size_t i = at; i < count; i++) {
        if (!is_like(&duties[i], &duties[at]))
            continue;
        if (form_count++ < MOST_FORMS)
            buffer_format(&forms, "%s%s", form_count == 1 ? "" : ", ", duties[i].form);
        pupils += duties[i].pupil_count;
    }
    if (form_count > MOST_FORMS)
        buffer_text(&forms, " …");
    const char *who =
        pupils == 0 ? ""
                    : arena_format(summary->session->arena, ngettext(", %zu pupil", ", %zu pupils", pupils), pupils);
    summary_line(summary, true, "%s %s: %s: %s%s", duty_point(duties[at].kind),
                 duty_title(summary->session, &duties[at]), duty_state_text(summary->session, &duties[at]), forms.data,
                 who);
    buffer_free(&forms);
}

static json_t *overdue_json(const struct duty *duty)
{
    json_t *out = json_object();
    json_object_set_new(out, "point", json_string(duty_point(duty->kind)));
    json_object_set_new(out, "duty", json_string(duty_kind_key(duty->kind)));
    json_object_set_new(out, "class", json_string(duty->form));
    json_object_set_new(out, "period", json_string(duty->period));
    json_object_set_new(out, "days", json_integer(duty->days));
    json_object_set_new(out, "pupils", json_integer((json_int_t)duty->pupil_count));
    return out;
}

/* Classes whose export of the week that is over has not come yet, though there is still time: in one line. */
static void say_waiting(struct summary *summary, const struct duty *duties, size_t count)
{
    struct buffer forms = {0};
    const char *period = "";
    for (size_t i = 0; i < count; i++) {
        if (duties[i].kind != DUTY_EXPORT || duties[i].state != DUTY_OPEN ||
            (forms.size > 0 && strcmp(period, duties[i].period) != 0))
            continue;
        period = duties[i].period;
        buffer_format(&forms, "%s%s", forms.size == 0 ? "" : ", ", duties[i].form);
    }
    if (forms.size > 0)
        summary_line(summary, false, _("%s waits for its export: %s"), period, forms.data);
    buffer_free(&forms);
}

bool rounds_look_at_duties(struct summary *summary, struct err *err)
{
    struct session *session = summary->session;
    struct duty_facts facts = {0};
    size_t count = 0, told = 0, more = 0;
    if (!session_facts(session, &facts, err))
        return false;
    enum stage before = stopwatch_enter(STAGE_DUTIES);
    const struct duty *duties = duties_find(session->arena, &facts, &count);
    say_waiting(summary, duties, count);
    for (size_t i = 0; i < count; i++) {
        if (duties[i].state != DUTY_OVERDUE)
            continue;
        json_array_append_new(summary->overdue, overdue_json(&duties[i]));
        if (is_told(duties, i))
            continue;
        if (told++ < MOST_OVERDUE)
            say_overdue(summary, duties, count, i);
        else
            more++;
    }
    if (more > 0)
        summary_line(summary, true,
                     ngettext("and %zu more obligation is overdue; see paperdiary status",
                              "and %zu more obligations are overdue; see paperdiary status", more),
                     more);
    stopwatch_enter(before);
    return true;
}
