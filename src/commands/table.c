#include "commands/command.h"

extern const struct command command_init, command_demo, command_check, command_import, command_weekly, command_summary,
    command_pupils, command_opt_out, command_opt_in, command_register;

const struct command *const commands[] = {
    &command_init,
    &command_demo,
    &command_check,
    &command_import,
    &command_weekly,
    &command_summary,
    &command_pupils,
    &command_opt_out,
    &command_opt_in,
    &command_register,
    NULL,
};
