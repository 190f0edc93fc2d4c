#include "commands/duties.h"

#include "base/date.h"
#include "base/diag.h"
#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/stopwatch.h"
#include "commands/command.h"
#include "commands/session.h"
#include "issue/facts.h"
#include "settings/layout.h"

bool session_facts(struct session *session, struct duty_facts *out, struct err *err)
{
    struct layout layout = {0};
    struct diag *diag = diag_new();
    enum stage before = stopwatch_enter(STAGE_DUTIES);
    bool ok = layout_load(session->arena, session->folder, session->call->places.layouts, "weekly", &layout, diag, err);
    session_report(session->call, diag);
    diag_free(diag);
    ok = ok && facts_load(session->store, session->arena, &session->school, session->call->today, out, err);
    if (ok)
        out->forecast_printed = facts_forecast_printed(&layout);
    stopwatch_enter(before);
    return ok;
}

static const struct {
    const char *key, *title;
} kinds[DUTY_KINDS] = {
    [DUTY_SERVICE] = {"service", N_("first sheet of a family on paper")},
    [DUTY_REMOVAL] = {"removal", N_("removal of the data of pupils who left")},
    [DUTY_WEEKLY] = {"weekly", N_("weekly sheets")},
    [DUTY_FORECAST] = {"forecast", N_("forecast on the weekly sheets")},
    [DUTY_FINALS] = {"finals", N_("final marks on a term sheet")},
    [DUTY_EXPORT] = {"export", N_("export of the gradebook")},
    [DUTY_SLIPS] = {"slips", N_("slips that never come back")},
};

const char *duty_kind_key(enum duty_kind kind)
{
    return kinds[kind].key;
}

const char *duty_state_key(enum duty_state state)
{
    static const char *const keys[] = {
        [DUTY_OVERDUE] = "overdue", [DUTY_OPEN] = "open", [DUTY_NOTED] = "noted", [DUTY_DONE] = "done"};
    return keys[state];
}

const char *duty_title(const struct session *session, const struct duty *duty)
{
    const char *title = _(kinds[duty->kind].title);
    return duty->period[0] == '\0' ? title : arena_format(session->arena, "%s, %s", title, duty->period);
}

const char *duty_state_text(const struct session *session, const struct duty *duty)
{
    struct arena *arena = session->arena;
    char day[DATE_TEXT];
    unsigned long days = (unsigned long)duty->days;
    switch (duty->state) {
    case DUTY_OVERDUE:
        return arena_format(arena, ngettext("overdue by %d day, due %s", "overdue by %d days, due %s", days),
                            (int)duty->days, date_format(day, duty->due));
    case DUTY_OPEN:
        return arena_format(arena, _("due by %s"), date_format(day, duty->due));
    case DUTY_DONE:
        if (duty->days > 0)
            return arena_format(arena, ngettext("done %s, %d day late", "done %s, %d days late", days),
                                date_format(day, duty->done), (int)duty->days);
        return arena_format(arena, _("done %s"), date_format(day, duty->done));
    case DUTY_NOTED:
        break;
    }
    int32_t missed = session->school.slips_missed;
    return arena_format(arena, ngettext("the last %d slip", "the last %d slips in a row", (unsigned long)missed),
                        (int)missed);
}
