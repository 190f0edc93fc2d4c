#include "commands/workshop.h"

#include <stdio.h>

#include "base/diag.h"
#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "commands/command.h"
#include "commands/session.h"
#include "issue/made.h"
#include "press/press.h"
#include "typeset/metrics.h"
#include "typeset/set.h"

bool workshop_open(const struct session *session, const char *layout, struct workshop *out, struct err *err)
{
    const struct places *places = &session->call->places;
    struct diag *diag = diag_new();
    struct arena *arena = session->arena;
    *out = (struct workshop){.school = &session->school,
                             .school_folder = session->folder,
                             .layout_folder = places->layouts,
                             .standing = standing_new()};
    bool ok = layout_load(arena, session->folder, places->layouts, layout, &out->layout, diag, err) &&
              layout_load(arena, session->folder, places->layouts, "register", &out->register_layout, diag, err) &&
              layout_load(arena, session->folder, places->layouts, "envelope", &out->envelope_layout, diag, err);
    session_report(session->call, diag);
    diag_free(diag);
    ok = ok && made_note(arena, &session->school, &out->layout, places->fonts, places->hyphens, &out->made, err) &&
         metrics_open(places->fonts, &out->metrics, err) && hyphens_open(places->hyphens, &out->hyphens, err) &&
         press_open(out->metrics, &out->press, err);
    if (!ok)
        workshop_close(out);
    return ok;
}

void workshop_close(struct workshop *shop)
{
    standing_free(shop->standing);
    press_free(shop->press);
    hyphens_free(shop->hyphens);
    metrics_free(shop->metrics);
    *shop = (struct workshop){0};
}

static void show_progress(void *context, const char *form)
{
    session_progress(context, form);
}

const char *workshop_missing(struct arena *arena, const struct batch_result *result)
{
    const size_t kept = sizeof result->missing / sizeof *result->missing;
    struct buffer list = {0};
    for (size_t i = 0; i < result->missing_count && i < kept; i++)
        buffer_format(&list, " U+%04X", (unsigned)result->missing[i]);
    const char *text =
        result->missing_count == 0
            ? ""
            : arena_format(arena, "%s%s%s", _("characters that no font has were printed as a framed question mark:"),
                           list.data, result->missing_count > kept ? " …" : "");
    buffer_free(&list);
    return text;
}

void workshop_warn(struct session *session, const struct batch_result *result)
{
    const char *missing = workshop_missing(session->arena, result);
    for (size_t i = 0; i < result->warning_count; i++) {
        if (!session_sees(session, result->warnings[i].form))
            continue;
        fprintf(stderr, _("warning: %s\n"), result->warnings[i].text);
        session->call->attention = true;
    }
    if (missing[0] != '\0')
        fprintf(stderr, _("warning: %s\n"), missing);
}

void workshop_order(struct session *session, struct batch_order *order)
{
    order->store = session->store;
    order->folder = file_join(session->arena, session->folder, "out");
    order->today = session->call->today;
    order->stamp = session->stamp;
    order->account = session->account;
    order->print = call_has(session->call, "print");
    order->progress = show_progress;
    order->context = session->call;
}

bool workshop_issue_week(struct session *session, const struct workshop *shop, struct iso_week week,
                         struct batch_order *order, struct batch_result *result, struct err *err)
{
    workshop_order(session, order);
    order->period = week_text(session->arena, week);
    return weekly_issue(session->arena, shop, order, week, result, err);
}
