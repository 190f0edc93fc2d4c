#include "base/date.h"

#include <stdio.h>
#include <string.h>
#include <time.h>

static const int32_t month_days[] = {31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

static bool leap(int32_t year)
{
    return (year % 4 == 0 && year % 100 != 0) || year % 400 == 0;
}

/* Source of both conversions: the proleptic Gregorian calendar counted in eras of 400 years from 1 March. */
int32_t date_from_civil(int32_t year, int32_t month, int32_t day)
{
    if (year < 1 || year > 9999 || month < 1 || month > 12 || day < 1)
        return DATE_NONE;
    if (day > month_days[month - 1] + (month == 2 && leap(year) ? 1 : 0))
        return DATE_NONE;
    int32_t y = year - (month <= 2 ? 1 : 0);
    int32_t era = y / 400, of_era = y % 400;
    int32_t of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
    return era * 146097 + of_era * 365 + of_era / 4 - of_era / 100 + of_year - 719468;
}

struct civil date_to_civil(int32_t date)
{
    int32_t z = date + 719468;
    int32_t era = (z >= 0 ? z : z - 146096) / 146097;
    int32_t day = z - era * 146097;
    int32_t year = (day - day / 1460 + day / 36524 - day / 146096) / 365;
    int32_t of_year = day - (365 * year + year / 4 - year / 100);
    int32_t month = (5 * of_year + 2) / 153;
    struct civil out = {.day = of_year - (153 * month + 2) / 5 + 1, .month = month < 10 ? month + 3 : month - 9};
    out.year = year + era * 400 + (out.month <= 2 ? 1 : 0);
    return out;
}

int32_t date_weekday(int32_t date)
{
    int32_t since = (date + 3) % 7; /* day 0 was a Thursday */
    return (since < 0 ? since + 7 : since) + 1;
}

struct iso_week date_iso_week(int32_t date)
{
    int32_t thursday = date - date_weekday(date) + 4;
    int32_t year = date_to_civil(thursday).year;
    return (struct iso_week){.year = year, .week = (thursday - date_from_civil(year, 1, 1)) / 7 + 1};
}

int32_t date_of_week(struct iso_week week, int32_t weekday)
{
    int32_t fourth = date_from_civil(week.year, 1, 4);
    if (fourth == DATE_NONE || week.week < 1 || week.week > 53)
        return DATE_NONE;
    int32_t monday = fourth - date_weekday(fourth) + 1 + (week.week - 1) * 7;
    if (date_iso_week(monday).year != week.year)
        return DATE_NONE;
    return monday + weekday - 1;
}

bool date_parse(const char *text, int32_t *out)
{
    int32_t part[3] = {0};
    static const size_t length[3] = {4, 2, 2};
    for (size_t i = 0; i < 3; i++) {
        for (size_t k = 0; k < length[i]; k++, text++) {
            if (*text < '0' || *text > '9')
                return false;
            part[i] = part[i] * 10 + (*text - '0');
        }
        if (*text != (i < 2 ? '-' : '\0'))
            return false;
        text++;
    }
    int32_t date = date_from_civil(part[0], part[1], part[2]);
    if (date == DATE_NONE)
        return false;
    *out = date;
    return true;
}

const char *date_format(char out[DATE_TEXT], int32_t date)
{
    struct civil civil = date_to_civil(date);
    char text[40];
    snprintf(text, sizeof text, "%04d-%02d-%02d", (int)civil.year, (int)civil.month, (int)civil.day);
    memcpy(out, text, DATE_TEXT - 1);
    out[DATE_TEXT - 1] = '\0';
    return out;
}

int32_t date_leading(const char *text)
{
    char head[DATE_TEXT] = "";
    int32_t day = DATE_NONE;
    for (size_t i = 0; i < DATE_TEXT - 1 && text[i] != '\0'; i++)
        head[i] = text[i];
    return date_parse(head, &day) ? day : DATE_NONE;
}

int32_t date_now(void)
{
    time_t now = time(NULL);
    struct tm local = {0};
    localtime_r(&now, &local);
    return date_from_civil(local.tm_year + 1900, local.tm_mon + 1, local.tm_mday);
}

void date_stamp(char out[20], int32_t today)
{
    time_t now = time(NULL);
    struct tm local = {0};
    localtime_r(&now, &local);
    date_format(out, today);
    strftime(out + DATE_TEXT - 1, 20 - (DATE_TEXT - 1), " %H:%M:%S", &local);
}
