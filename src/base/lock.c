#include "base/lock.h"

#include <errno.h>
#include <fcntl.h>
#include <string.h>
#include <sys/file.h>
#include <time.h>
#include <unistd.h>

#include "base/err.h"
#include "base/i18n.h"

static void tell(int fd, void (*waiting)(void *context, const char *other), void *context)
{
    char other[200] = "";
    const struct timespec moment = {.tv_nsec = 50000000};
    ssize_t length = pread(fd, other, sizeof other - 1, 0);
    if (length <= 0) { /* it holds the lock already and has not said so yet */
        nanosleep(&moment, NULL);
        length = pread(fd, other, sizeof other - 1, 0);
    }
    other[length < 0 ? 0 : length] = '\0';
    waiting(context, other);
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
        tell(fd, waiting, context);
        do
            held = flock(fd, LOCK_EX) == 0;
        while (!held && errno == EINTR);
    }
    if (!held) {
        err_set(err, ERR_MACHINE, _("%s can't be locked: %s"), path, strerror(errno));
        close(fd);
        return false;
    }
    /* Only for the one who waits to read: a disk too full for it does no harm. */
    if (pwrite(fd, holder, strlen(holder), 0) < 0 || ftruncate(fd, (off_t)strlen(holder)) != 0)
        errno = 0;
    *lock = fd;
    return true;
}

void lock_free(int lock)
{
    if (lock >= 0)
        close(lock);
}
