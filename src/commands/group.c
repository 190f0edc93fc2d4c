#include "commands/group.h"

#include <grp.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "commands/session.h"

static bool give(const char *path, gid_t gid)
{
    struct stat info;
    if (stat(path, &info) != 0)
        return true;
    mode_t mode = S_ISDIR(info.st_mode) ? 0750 : 0640;
    if (info.st_gid == gid && (info.st_mode & 07777) == mode)
        return true;
    return chown(path, (uid_t)-1, gid) == 0 && chmod(path, mode) == 0;
}

bool group_grant(const struct session *session, struct err *err)
{
    static const char *const inside[] = {"",      "school.ini", "paperdiary.db", "layouts",
                                         "inbox", "inbox/done", "inbox/refused", "out"};
    if (!session->school.group_readable)
        return true;
    const char *name = session->school.group;
    const struct group *group = getgrnam(name);
    if (group == NULL)
        return err_set(err, ERR_INPUT, _("school.ini names the group «%s», but this computer has no such group"), name);
    gid_t gid = group->gr_gid;
    for (size_t i = 0; i < sizeof inside / sizeof *inside; i++)
        if (!give(file_join(session->arena, session->folder, inside[i]), gid))
            return err_set(err, ERR_INPUT,
                           _("the school's files can't be given to the group «%s» of school.ini: the account «%s» must "
                             "own them and belong to the group"),
                           name, session->account);
    return true;
}
