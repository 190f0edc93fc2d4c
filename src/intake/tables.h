/* The other tables in long form. Each reads the rows under the header into the export. */
#ifndef PAPERDIARY_INTAKE_TABLES_H
#define PAPERDIARY_INTAKE_TABLES_H

struct reader;

void pupils_read(struct reader *reader);
void finals_read(struct reader *reader);
void timetable_read(struct reader *reader);
void announcements_read(struct reader *reader);
void achievements_read(struct reader *reader);
void visits_read(struct reader *reader);

#endif
