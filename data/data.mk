# Catalogues of messages: English is in the source, Russian in data/po/ru.po; gettext reads the compiled ones.
data: $(B)/locale/ru/LC_MESSAGES/paperdiary.mo $(B)/locale/en/LC_MESSAGES/paperdiary.mo

XGETTEXT := xgettext --from-code=UTF-8 --language=C --keyword=_ --keyword=N_ --keyword=ngettext:1,2 \
    --flag=_:1:pass-c-format --package-name=paperdiary --sort-by-file --add-location=file

$(B)/paperdiary.pot: $(SRC) src/main.c
	@mkdir -p $(@D)
	$(XGETTEXT) -o $@ $^

# Where a catalogue names its encoding, glibc opens a converter for it (from UTF-8 to UTF-8), and dies where memory fails it.
UNNAMED_CHARSET := sed '/^"Content-Type: /d'
MSGFMT = msgfmt -o $@ - 2>$@.log || { cat $@.log; exit 1; }

$(B)/locale/ru/LC_MESSAGES/paperdiary.mo: data/po/ru.po
	@mkdir -p $(@D)
	msgfmt --check -o /dev/null $<
	$(UNNAMED_CHARSET) $< | $(MSGFMT)

$(B)/locale/en/LC_MESSAGES/paperdiary.mo: $(B)/paperdiary.pot
	@mkdir -p $(@D)
	msgen $< | $(UNNAMED_CHARSET) | $(MSGFMT)

# After a change of messages: brings data/po/ru.po up to date and says what is not translated.
po: $(B)/paperdiary.pot
	msgmerge --quiet --update --backup=none --no-fuzzy-matching --sort-by-file --add-location=file data/po/ru.po $<
	msgattrib --no-obsolete --sort-by-file --add-location=file -o data/po/ru.po data/po/ru.po
	msgfmt --statistics -o /dev/null data/po/ru.po
.PHONY: po

# The schema becomes bytes of the binary.
CPPFLAGS += -I$(B)/gen

$(B)/gen/schema.h: data/schema.sql
	@mkdir -p $(@D)
	{ echo 'static const unsigned char schema_sql[] = {'; \
	  od -An -v -tx1 $< | sed 's/\([0-9a-f][0-9a-f]\)/0x\1,/g'; echo '0};'; } > $@.new
	mv $@.new $@

$(B)/src/store/open.o: $(B)/gen/schema.h

# Hyphenation: hyphen-ru's patterns as libhyphen reads them right (KOI8-R, lower case, no ё).
HYPHEN_RU ?= /usr/share/hyphen/hyph_ru_RU.dic
HYPHEN_SUBSTRINGS ?= /usr/share/libhyphen/substrings.pl

$(B)/hyphen/hyph_ru.dic: $(HYPHEN_RU) $(HYPHEN_SUBSTRINGS)
	@mkdir -p $(@D)
	tail -n +2 $(HYPHEN_RU) >$@.in
	perl $(HYPHEN_SUBSTRINGS) $@.in $@.tmp KOI8-R 2 2 >/dev/null
	mv $@.tmp $@ && rm -f $@.in

data: $(B)/hyphen/hyph_ru.dic
$(UNIT): | $(B)/hyphen/hyph_ru.dic
