#include "commands/group.h"

#include <grp.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "commands/session.h"

/* Who may read: the members of a group, or none but the account. */
struct readers {
    bool group;
    gid_t gid;
};

static mode_t shared_mode(const struct stat *info)
{
    return S_ISDIR(info->st_mode) ? 0750 : 0640;
}

static bool is_shared(const struct stat *info, const struct readers *readers)
{
    return (info->st_mode & 07777) == shared_mode(info) && (!readers->group || info->st_gid == readers->gid);
}

static bool give(const char *path, const struct stat *info, const struct readers *readers)
{
    if (!readers->group)
        return !is_shared(info, readers) || chmod(path, shared_mode(info) & 0700) == 0;
    return is_shared(info, readers) ||
           (chown(path, (uid_t)-1, readers->gid) == 0 && chmod(path, shared_mode(info)) == 0);
}

/* Links, and what belongs to another account, stay as they are, and so does the lock: it holds nothing to be read. */
static bool give_below(const char *folder, const struct readers *readers, struct err *err)
{
    struct arena *arena = arena_new();
    const char **names = NULL;
    size_t count = 0;
    bool ok = file_list(arena, folder, &names, &count, err);
    for (size_t i = 0; ok && i < count; i++) {
        struct stat info;
        const char *path = file_join(arena, folder, names[i]);
        if (strcmp(names[i], ".lock") == 0 || lstat(path, &info) != 0 ||
            !(S_ISDIR(info.st_mode) || S_ISREG(info.st_mode)) || (info.st_uid != geteuid() && geteuid() != 0))
            continue;
        ok = give(path, &info, readers) && (!S_ISDIR(info.st_mode) || give_below(path, readers, err));
    }
    arena_free(arena);
    return ok;
}

/* The school folder itself comes last: as long as it is not right, all below it is looked at. */
static bool give_all(const struct session *session, const struct readers *readers, struct err *err)
{
    static const char *const inside[] = {"school.ini", "paperdiary.db", "layouts", "inbox",
                                         "inbox/done", "inbox/refused", "out"};
    struct stat info;
    if (stat(session->folder, &info) != 0)
        return true;
    if (is_shared(&info, readers) != readers->group)
        return give_below(session->folder, readers, err) && give(session->folder, &info, readers);
    bool ok = true;
    for (size_t i = 0; readers->group && ok && i < sizeof inside / sizeof *inside; i++) {
        const char *path = file_join(session->arena, session->folder, inside[i]);
        ok = stat(path, &info) != 0 || give(path, &info, readers);
    }
    return ok;
}

bool group_grant(const struct session *session, struct err *err)
{
    struct readers readers = {.group = session->school.group_readable};
    const char *name = session->school.group;
    const struct group *group = readers.group ? getgrnam(name) : NULL;
    if (readers.group && group == NULL)
        return err_set(err, ERR_INPUT, _("school.ini names the group «%s», but this computer has no such group"), name);
    readers.gid = group == NULL ? 0 : group->gr_gid;
    if (give_all(session, &readers, err) || err->code != ERR_NONE)
        return err->code == ERR_NONE;
    if (!readers.group)
        return err_set(err, ERR_INPUT,
                       _("school.ini names no group, but the school's files can't be taken back from one: the account "
                         "«%s» must own them"),
                       session->account);
    return err_set(err, ERR_INPUT,
                   _("the school's files can't be given to the group «%s» of school.ini: the account «%s» must "
                     "own them and belong to the group"),
                   name, session->account);
}
