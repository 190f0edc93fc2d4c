# Catalogues of messages: English is in the source, Russian in data/po/ru.po; gettext reads the compiled ones.
data: $(B)/locale/ru/LC_MESSAGES/paperdiary.mo $(B)/locale/en/LC_MESSAGES/paperdiary.mo

XGETTEXT := xgettext --from-code=UTF-8 --language=C --keyword=_ --keyword=N_ --keyword=ngettext:1,2 \
    --flag=_:1:pass-c-format --package-name=paperdiary --sort-by-file --add-location=file

$(B)/paperdiary.pot: $(SRC) src/main.c
	@mkdir -p $(@D)
	$(XGETTEXT) -o $@ $^

$(B)/locale/ru/LC_MESSAGES/paperdiary.mo: data/po/ru.po
	@mkdir -p $(@D)
	msgfmt --check -o $@ $<

$(B)/locale/en/LC_MESSAGES/paperdiary.mo: $(B)/paperdiary.pot
	@mkdir -p $(@D)
	msgen $< | sed 's/charset=CHARSET/charset=UTF-8/' | msgfmt -o $@ -

# After a change of messages: brings data/po/ru.po up to date and says what is not translated.
po: $(B)/paperdiary.pot
	msgmerge --quiet --update --backup=none --no-fuzzy-matching --sort-by-file --add-location=file data/po/ru.po $<
	msgfmt --statistics -o /dev/null data/po/ru.po
.PHONY: po
