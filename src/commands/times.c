#include "commands/times.h"

#include <inttypes.h>
#include <stdio.h>

#include "base/i18n.h"
#include "base/stopwatch.h"

static const char *const names[STAGES] = {
    [STAGE_READ] = N_("read"),       [STAGE_DECODE] = N_("decode"),     [STAGE_CHECK] = N_("check"),
    [STAGE_STORE] = N_("store"),     [STAGE_LOAD] = N_("load"),         [STAGE_COMPUTE] = N_("compute"),
    [STAGE_COMPOSE] = N_("compose"), [STAGE_TYPESET] = N_("typeset"),   [STAGE_PRESS] = N_("press"),
    [STAGE_WRITE] = N_("write"),     [STAGE_REGISTER] = N_("register"), [STAGE_DUTIES] = N_("obligations"),
    [STAGE_OTHER] = N_("other"),
};

void times_print(void)
{
    int64_t all = 0;
    stopwatch_enter(STAGE_NONE);
    for (int i = STAGE_NONE + 1; i < STAGES; i++)
        all += stopwatch_spent((enum stage)i);
    if (all == 0)
        return;
    fprintf(stderr, _("time, ms: %" PRId64), (all + 500) / 1000);
    for (int i = STAGE_NONE + 1; i < STAGES; i++) {
        int64_t spent = (stopwatch_spent((enum stage)i) + 500) / 1000;
        if (spent > 0)
            fprintf(stderr, ", %s %" PRId64, _(names[i]), spent);
    }
    fputc('\n', stderr);
}
