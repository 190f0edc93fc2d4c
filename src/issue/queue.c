#include "issue/queue.h"

#include <errno.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>

#include "base/err.h"
#include "base/i18n.h"
#include "base/mem.h"

extern char **environ;

enum { MOST_WORDS = 64 };

bool queue_print(const char *command, const char *options, const char *path, struct err *err)
{
    char *words[MOST_WORDS + 3] = {0}, *copy = mem_copy(options), *rest = NULL;
    char *name = mem_copy(command), *file = mem_copy(path);
    size_t count = 0;
    words[count++] = name;
    for (char *word = strtok_r(copy, " ", &rest); word != NULL && count <= MOST_WORDS;
         word = strtok_r(NULL, " ", &rest))
        words[count++] = word;
    words[count++] = file;
    pid_t child = 0;
    int status = 0, failure = posix_spawnp(&child, name, NULL, NULL, words, environ);
    bool ok = failure == 0;
    while (ok && waitpid(child, &status, 0) < 0)
        ok = errno == EINTR;
    if (!ok)
        err_set(err, ERR_MACHINE,
                _("the printing command «%s» can't be run: %s; nothing is lost: call again with --print, or print the "
                  "files"),
                command, strerror(failure != 0 ? failure : errno));
    else if (!WIFEXITED(status) || WEXITSTATUS(status) != 0)
        ok =
            err_set(err, ERR_MACHINE,
                    _("the printing command «%s» failed; nothing is lost: call again with --print, or print the files"),
                    command);
    mem_free(name);
    mem_free(file);
    mem_free(copy);
    return ok;
}
