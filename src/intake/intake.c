#include "intake/intake.h"

#include <string.h>

#include "base/diag.h"
#include "base/err.h"
#include "base/file.h"
#include "base/i18n.h"
#include "base/mem.h"
#include "base/stopwatch.h"
#include "intake/decode.h"
#include "intake/gradebook.h"
#include "intake/netschool.h"
#include "intake/reader.h"
#include "intake/source.h"
#include "intake/table.h"
#include "intake/tables.h"

#define FILE_MOST ((size_t)1 << 30)

static void read_long(struct reader *reader)
{
    const struct kind *kind = NULL;
    if (!reader_header(reader, &kind))
        return;
    switch (kind->kind) {
    case EXPORT_GRADEBOOK:
        gradebook_read(reader);
        break;
    case EXPORT_PUPILS:
        pupils_read(reader);
        break;
    case EXPORT_FINALS:
        finals_read(reader);
        break;
    case EXPORT_TIMETABLE:
        timetable_read(reader);
        break;
    case EXPORT_ANNOUNCEMENTS:
        announcements_read(reader);
        break;
    case EXPORT_ACHIEVEMENTS:
        achievements_read(reader);
        break;
    case EXPORT_VISITS:
        visits_read(reader);
        break;
    case EXPORT_NONE:
        break;
    }
}

static const char *profile_name(const struct profile *profile, enum profile_shape shape)
{
    if (profile->name != NULL && profile->name[0] != '\0')
        return profile->name;
    return shape == SHAPE_NETSCHOOL_REPORT  ? "netschool-report"
           : shape == SHAPE_NETSCHOOL_TABEL ? "netschool-tabel"
                                            : "native";
}

static size_t known_columns(void *data, const struct row *row)
{
    return kinds_known(data, row);
}

static void read_text(struct reader *reader, const struct encoded *encoded)
{
    struct profile profile = *reader->profile;
    reader->rows =
        rows_open(reader->file, encoded, profile.delimiter, profile.skip_rows, known_columns, &profile, reader->diag);
    enum profile_shape shape = profile.shape == SHAPE_ANY ? netschool_shape(reader->rows) : profile.shape;
    reader->out->profile = profile_name(&profile, shape);
    if (shape == SHAPE_NETSCHOOL_REPORT)
        report_read(reader);
    else if (shape == SHAPE_NETSCHOOL_TABEL)
        tabel_read(reader);
    else
        read_long(reader);
    reader->refused = reader->refused || rows_broken(reader->rows);
    rows_free(reader->rows);
}

/* True where the export can be stored. */
static bool judge(const struct reader *reader, struct err *err)
{
    size_t errors = diag_count(reader->diag, DIAG_ERROR);
    const struct export *out = reader->out;
    bool storable = !reader->refused && (errors == 0 || (reader->school->skip_rejects && out->count > 0));
    if (storable && out->count == 0)
        diag_add(reader->diag, DIAG_WARNING, reader->file, 0, 0, _("the file has a header, but no rows to store"));
    if (storable)
        return true;
    return err_set(err, ERR_INPUT,
                   ngettext("%zu error in the file, nothing of it was stored",
                            "%zu errors in the file, nothing of it was stored", errors),
                   errors);
}

/* False: the bytes could not be read to their end; nothing that was told of them counts. */
static bool is_whole(const struct source *source, struct reader *reader, struct err *err)
{
    if (!source_failed(source))
        return true;
    diag_clear(reader->diag);
    const struct err *cause = source_error(source);
    if (cause != NULL)
        return err_set(err, cause->code, "%s", cause->text);
    reader_refuse(reader, 0, 0, _("the file was changed while it was read: try again when it is complete"));
    return true;
}

bool intake_read_source(struct arena *arena, const char *name, struct source *source, const struct school *school,
                        const struct profile *profile, int32_t today, struct export *out, struct diag *diag,
                        struct err *err)
{
    *out = (struct export){.file = arena_copy(arena, name), .profile = "native", .state = ""};
    enum stage before = stopwatch_enter(STAGE_DECODE);
    struct reader reader = {.arena = arena,
                            .file = out->file,
                            .school = school,
                            .profile = profile,
                            .today = today,
                            .diag = diag,
                            .out = out,
                            .table = table_new(arena),
                            .date_form = cells_date_form(profile->date_format)};
    struct encoded encoded;
    if (decode_survey(source, name, profile->encoding, &encoded, diag)) {
        reader.cp1251 = encoded.encoding == ENCODING_CP1251;
        stopwatch_enter(STAGE_CHECK);
        read_text(&reader, &encoded);
    } else {
        reader.refused = true;
    }
    source_sha256(source, out->sha256);
    out->symbols = table_texts(reader.table, arena, &out->symbol_count);
    bool ok = is_whole(source, &reader, err) && judge(&reader, err);
    table_free(reader.table);
    stopwatch_enter(before);
    return ok;
}

bool intake_read_bytes(struct arena *arena, const char *name, const char *bytes, size_t size,
                       const struct school *school, const struct profile *profile, int32_t today, struct export *out,
                       struct diag *diag, struct err *err)
{
    struct source *source = source_of_bytes(bytes, size, SOURCE_BLOCK);
    bool ok = intake_read_source(arena, name, source, school, profile, today, out, diag, err);
    source_free(source);
    return ok;
}

bool intake_read(struct arena *arena, const char *path, const struct school *school, const struct profile *profile,
                 int32_t today, struct export *out, struct diag *diag, struct err *err)
{
    *out = (struct export){.file = path, .profile = "native", .state = ""};
    struct source *source = NULL;
    enum stage before = stopwatch_enter(STAGE_READ);
    bool ok = source_open(path, FILE_MOST, SOURCE_BLOCK, &source, err);
    stopwatch_enter(before);
    if (!ok)
        return false;
    ok = intake_read_source(arena, path, source, school, profile, today, out, diag, err);
    source_free(source);
    return ok;
}
