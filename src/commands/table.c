#include "commands/command.h"

extern const struct command command_init, command_demo, command_check, command_import, command_run, command_weekly,
    command_term, command_forecast, command_summary, command_reprint, command_returned, command_register,
    command_status, command_pupils, command_opt_out, command_opt_in, command_leave, command_remind, command_purge,
    command_audit;

/* clang-format off: one a line */
const struct command *const commands[] = {
    &command_init,    &command_demo,     &command_check,
    &command_import,  &command_run,      &command_weekly,
    &command_term,    &command_forecast, &command_summary,
    &command_reprint, &command_returned, &command_register,
    &command_status,  &command_pupils,   &command_opt_out,
    &command_opt_in,  &command_leave,    &command_remind,
    &command_purge,   &command_audit,    NULL,
};
/* clang-format on */
