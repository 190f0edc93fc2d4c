#include "commands/json.h"

#include <stdio.h>

#include "base/date.h"

json_t *json_day(int32_t day)
{
    char text[DATE_TEXT];
    return day == DATE_NONE ? json_null() : json_string(date_format(text, day));
}

json_t *json_decimal(int64_t value, int64_t divisor)
{
    return value % divisor == 0 ? json_integer(value / divisor) : json_real((double)value / (double)divisor);
}

void json_print(const json_t *value)
{
    json_dumpf(value, stdout, JSON_INDENT(1) | JSON_REAL_PRECISION(15));
    putchar('\n');
}

void json_finish(json_t *value)
{
    json_print(value);
    json_decref(value);
}
