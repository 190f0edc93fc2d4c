/* The group of [access] in school.ini, whose members may read the school's files. */
#ifndef PAPERDIARY_COMMANDS_GROUP_H
#define PAPERDIARY_COMMANDS_GROUP_H

#include <stdbool.h>

struct err;
struct session;

/* Gives the school folder, what init made in it and the store to the group, folders 0750 and files 0640; what is made
 * below them later follows (base/file.h). Where the school folder is not the group's yet, all below it is given; where
 * school.ini names none any more, all that is 0750 and 0640 becomes 0700 and 0600 again. ERR_INPUT where the computer
 * has no such group or the account may not hand files to it. */
bool group_grant(const struct session *session, struct err *err);

#endif
