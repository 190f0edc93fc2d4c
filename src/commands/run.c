#include <stdarg.h>
#include <stdio.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "commands/command.h"
#include "commands/json.h"
#include "commands/rounds.h"
#include "commands/session.h"

void summary_line(struct summary *summary, bool bad, const char *format, ...)
{
    va_list args;
    va_start(args, format);
    buffer_format(bad ? &summary->bad : &summary->good, "%s\n",
                  arena_format_list(summary->session->arena, format, args));
    va_end(args);
    if (bad)
        summary->session->call->attention = true;
}

static void print_summary(struct summary *summary)
{
    const struct call *call = summary->session->call;
    if (call->json) {
        json_t *out = json_object();
        json_object_set(out, "inbox", summary->inbox);
        json_object_set(out, "issued", summary->issued);
        json_object_set(out, "overdue", summary->overdue);
        json_print(out);
        json_decref(out);
        return;
    }
    if (!call->quiet)
        fputs(summary->good.size > 0 ? summary->good.data : "", stdout);
    if (summary->bad.size > 0 && !call->quiet)
        fputs(_("Needs a person:\n"), stdout);
    if (summary->bad.size > 0)
        fputs(summary->bad.data, call->quiet ? stderr : stdout);
}

static bool rounds(struct session *session, struct err *err)
{
    struct summary summary = {
        .session = session, .inbox = json_array(), .issued = json_array(), .overdue = json_array()};
    struct err unprinted = {0};
    bool ok = rounds_take_inbox(&summary, err) && rounds_issue(&summary, err);
    bool printed = !ok || rounds_print(&summary, &unprinted);
    ok = ok && rounds_look_at_duties(&summary, err);
    print_summary(&summary);
    if (ok && !printed)
        ok = err_set(err, unprinted.code, "%s", unprinted.text);
    if (ok && summary.refused > 0 && summary.refused == summary.file_count && summary.sheets == 0)
        ok = err_set(err, ERR_INPUT,
                     ngettext("the file of the inbox was refused; nothing was changed",
                              "all %zu files of the inbox were refused; nothing was changed", summary.refused),
                     summary.refused);
    buffer_free(&summary.good);
    buffer_free(&summary.bad);
    json_decref(summary.inbox);
    json_decref(summary.issued);
    json_decref(summary.overdue);
    return ok;
}

static bool run(struct call *call, struct err *err)
{
    return session_run(call, true, rounds, err);
}

static const struct flag flags[] = {
    {"print", NULL, N_("hand what was issued to the printer"), 0},
    {NULL, NULL, NULL, 0},
};

const struct command command_run = {
    .name = "run",
    .right = RIGHT_OFFICE,
    .operands = "",
    .summary = N_("the cron job: take the inbox, issue what is due, say what needs a person"),
    .options = flags,
    .run = run,
};
