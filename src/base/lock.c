#include "base/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/err.h"
#include "base/i18n.h"

/* The first line of the lock file. */
static void read_holder(int fd, char out[LOCK_HOLDER])
{
    const struct timespec moment = {.tv_nsec = 50000000};
    ssize_t length = pread(fd, out, LOCK_HOLDER - 1, 0);
    if (length <= 0) { /* it holds the lock already and has not said so yet */
        nanosleep(&moment, NULL);
        length = pread(fd, out, LOCK_HOLDER - 1, 0);
    }
    out[length < 0 ? 0 : length] = '\0';
    out[strcspn(out, "\n")] = '\0';
}

/* Only for the one who waits to read: a disk too full for it does no harm. */
static void write_holder(int fd, const char *holder)
{
    char line[LOCK_HOLDER + 1];
    snprintf(line, sizeof line, "%.*s\n", LOCK_HOLDER - 2, holder);
    ssize_t length = (ssize_t)strlen(line);
    if (pwrite(fd, line, (size_t)length, 0) != length || ftruncate(fd, length) != 0)
        errno = 0;
}

bool lock_holder(const char *path, char out[LOCK_HOLDER])
{
    int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
    bool held = fd >= 0 && flock(fd, LOCK_SH | LOCK_NB) != 0 && errno == EWOULDBLOCK;
    if (held)
        read_holder(fd, out);
    if (fd >= 0)
        close(fd);
    return held;
}

bool lock_take(const char *path, const char *holder, void (*waiting)(void *context, const char *other), void *context,
               int *lock, struct err *err)
{
    *lock = -1;
    int fd = open(path, O_RDWR | O_CREAT | O_CLOEXEC | O_NOFOLLOW, 0600);
    if (fd < 0)
        return err_set(err, ERR_MACHINE, _("%s can't be opened: %s"), path, strerror(errno));
    bool held = flock(fd, LOCK_EX | LOCK_NB) == 0;
    if (!held && errno == EWOULDBLOCK) {
        char other[LOCK_HOLDER];
        read_holder(fd, other);
        waiting(context, other);
        do
            held = flock(fd, LOCK_EX) == 0;
        while (!held && errno == EINTR);
    }
    if (!held) {
        err_set(err, ERR_MACHINE, _("%s can't be locked: %s"), path, strerror(errno));
        close(fd);
        return false;
    }
    write_holder(fd, holder);
    *lock = fd;
    return true;
}

void lock_free(int lock)
{
    if (lock >= 0)
        close(lock);
}
