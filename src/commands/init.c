#include <string.h>

#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "commands/command.h"
#include "commands/json.h"
#include "commands/session.h"
#include "commands/setup.h"
#include "settings/school.h"
#include "store/store.h"

bool school_folder_make(struct arena *arena, const char *folder, const char *settings, struct err *err)
{
    static const char *const inside[] = {"layouts", "inbox", "inbox/done", "inbox/refused", "out"};
    const char *ini = file_join(arena, folder, "school.ini"), *db = file_join(arena, folder, "paperdiary.db");
    if (file_exists(ini) || file_exists(db))
        return err_set(err, ERR_USAGE, _("%s is a school folder already; nothing was changed"), folder);
    for (size_t i = 0; i < sizeof inside / sizeof *inside; i++)
        if (!file_keep_folder(file_join(arena, folder, inside[i]), false, err))
            return false;
    return store_create(db, false, err) && file_write(ini, settings, strlen(settings), false, err);
}

static bool run(struct call *call, struct err *err)
{
    const char *folder = call->operands[0];
    if (!school_folder_make(call->arena, folder, school_template(call->arena), err))
        return false;
    if (call->json) {
        json_t *out = json_object();
        json_object_set_new(out, "school", json_string(folder));
        json_finish(out);
        return true;
    }
    session_say(call,
                _("The school folder %s is ready. Next: fill in %s/school.ini, then paperdiary --school %s import "
                  "FILE…"),
                folder, folder, folder);
    return true;
}

const struct command command_init = {
    .name = "init",
    .operands = "DIR",
    .summary = N_("a new school folder with a commented school.ini"),
    .least = 1,
    .most = 1,
    .right = RIGHT_SETUP,
    .run = run,
};
