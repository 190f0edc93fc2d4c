#include "base/i18n.h"

#include <locale.h>
#include <stdlib.h>

#include "base/mem.h"

/* gettext translates nothing in the locale "C", which is cron's; C.UTF-8 is built into glibc and lets $LANGUAGE decide.
 */
void i18n_start(const char *language, const char *folder)
{
    setlocale(LC_MESSAGES, "C.UTF-8");
    setenv("LANGUAGE", language, 1);
    bindtextdomain("paperdiary", folder);
    bind_textdomain_codeset("paperdiary", "UTF-8");
    bind_textdomain_codeset("libc", "UTF-8"); /* the reasons that strerror gives */
    textdomain("paperdiary");
    mem_last_words(_("out of memory; nothing was lost"));
}
