#include "base/err.h"

#include <stdarg.h>
#include <stdio.h>
#include <string.h>

bool err_set(struct err *err, enum err_code code, const char *format, ...)
{
    if (err->code != ERR_NONE)
        return false;
    va_list args;
    va_start(args, format);
    vsnprintf(err->text, sizeof err->text, format, args);
    va_end(args);
    err->code = code;
    return false;
}

bool err_add(struct err *err, const char *format, ...)
{
    char old[sizeof err->text + 2] = ": ";
    memcpy(old + 2, err->text, sizeof err->text);
    va_list args;
    va_start(args, format);
    int length = vsnprintf(err->text, sizeof err->text, format, args);
    va_end(args);
    size_t used = length < 0 ? 0 : (size_t)length, left = sizeof err->text - 1;
    size_t size = strlen(old);
    if (used < left)
        memcpy(err->text + used, old, size < left - used ? size : left - used);
    err->text[used + size < left ? used + size : left] = '\0';
    return false;
}
