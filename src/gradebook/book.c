#include "gradebook/book.h"

#include "base/date.h"

static bool within(int32_t day, int32_t from, int32_t until)
{
    return (from == DATE_NONE || day >= from) && (until == DATE_NONE || day <= until);
}

bool pupil_on_paper(const struct pupil *pupil, int32_t day)
{
    return pupil->paper_from != DATE_NONE && within(day, pupil->paper_from, pupil->paper_until) &&
           within(day, pupil->enrolled, pupil->left);
}

struct pupil_row pupil_row_blank(void)
{
    return (struct pupil_row){.code = "",
                              .name = "",
                              .form = "",
                              .enrolled = DATE_NONE,
                              .left = DATE_NONE,
                              .ground = "",
                              .consent = DATE_NONE,
                              .paper_from = DATE_NONE,
                              .paper_until = DATE_NONE,
                              .delivery = "",
                              .recipient = "",
                              .address = ""};
}
