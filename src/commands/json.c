#include "commands/json.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "base/date.h"
#include "base/mem.h"

void json_start(void)
{
    json_set_alloc_funcs(mem_alloc, mem_free);
}

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

bool json_list_add(size_t *count, json_t *value)
{
    json_t *one = json_pack("[o]", value);
    char *text = json_dumps(one, JSON_INDENT(1) | JSON_REAL_PRECISION(15));
    bool ok = text != NULL;
    if (ok) /* without «[» and «\n]» */
        printf("%s%.*s", (*count)++ == 0 ? "[" : ",", (int)strlen(text) - 3, text + 1);
    free(text);
    json_decref(one);
    return ok;
}

void json_list_end(size_t count)
{
    fputs(count == 0 ? "[]\n" : "\n]\n", stdout);
}

void json_finish(json_t *value)
{
    json_print(value);
    json_decref(value);
}
