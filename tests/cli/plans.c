/* LD_PRELOAD: writes the plan of every statement that paperdiary prepares to the file $PLANS, a line a step:
 * «SCAN sheet<tab>SELECT …». */
#define _GNU_SOURCE
#include <dlfcn.h>
#include <sqlite3.h>
#include <stdio.h>
#include <stdlib.h>

typedef int prepare_v3(sqlite3 *, const char *, int, unsigned, sqlite3_stmt **, const char **);

static void explain(sqlite3 *db, prepare_v3 *prepare, const char *sql)
{
    FILE *out = fopen(getenv("PLANS"), "a");
    sqlite3_stmt *plan = NULL;
    char *query = sqlite3_mprintf("EXPLAIN QUERY PLAN %s", sql);
    if (out != NULL && prepare(db, query, -1, 0, &plan, NULL) == SQLITE_OK)
        while (sqlite3_step(plan) == SQLITE_ROW)
            fprintf(out, "%s\t%s\n", (const char *)sqlite3_column_text(plan, 3), sql);
    sqlite3_finalize(plan);
    sqlite3_free(query);
    if (out != NULL)
        fclose(out);
}

int sqlite3_prepare_v3(sqlite3 *db, const char *sql, int size, unsigned flags, sqlite3_stmt **out, const char **tail)
{
    prepare_v3 *prepare = NULL;
    *(void **)&prepare = dlsym(RTLD_NEXT, "sqlite3_prepare_v3");
    if (getenv("PLANS") != NULL)
        explain(db, prepare, sql);
    return prepare(db, sql, size, flags, out, tail);
}
