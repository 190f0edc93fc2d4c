# paperdiary: weekly diary sheets on paper. `make demo` shows it, `make check` tests it.
B ?= build
PREFIX ?= /usr/local
VERSION := 1.0

CC ?= cc
OPT ?= -O2 -g
JOBS ?= $(shell nproc)
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion
CPPFLAGS += -Isrc -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -DPAPERDIARY_VERSION='"$(VERSION)"'
CFLAGS += -std=c17 $(OPT) $(WARN) $(SAN) -MMD -MP -pthread
LDLIBS += -lhpdf -lsqlite3 -lcsv -liniparser -lutf8proc -lhyphen -lharfbuzz -ljansson -lnettle -lz -lm

SRC := $(wildcard src/*/*.c)
OBJ := $(SRC:%.c=$(B)/%.o)
LIB := $(B)/libpaperdiary.a
UNIT := $(patsubst tests/unit/%.c,$(B)/tests/%,$(wildcard tests/unit/*_test.c))
REPLAY := $(patsubst tests/fuzz/%.c,$(B)/replay/%,$(wildcard tests/fuzz/fuzz_*.c))
FUZZ := $(patsubst tests/fuzz/%.c,$(B)/fuzz/%,$(wildcard tests/fuzz/fuzz_*.c))

BUILD_PACKAGES := gcc libc6-dev make libhpdf-dev libsqlite3-dev libcsv-dev libiniparser-dev libutf8proc-dev \
    libhyphen-dev hyphen-ru libharfbuzz-dev libharfbuzz-bin fonts-paratype libjansson-dev nettle-dev zlib1g-dev gettext
TEST_PACKAGES := libcmocka-dev bats poppler-utils qpdf mupdf-tools jq python3 sqlite3 procps sudo \
    cups-daemon cups-client cups-ipp-utils avahi-daemon dbus parallel

.DEFAULT_GOAL := all
all: program data manual
program: $(B)/paperdiary
data: # fonts, hyphenation and catalogues add themselves here

include fonts/fonts.mk data/data.mk tests/bench/bench.mk tests/quality.mk tests/torture/torture.mk

$(B)/paperdiary: $(B)/src/main.o $(LIB)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(LIB): $(OBJ)
	rm -f $@ && $(AR) rcs $@ $(OBJ)

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

$(B)/tests/%_test: tests/unit/%_test.c $(LIB)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $< $(LIB) $(LDLIBS) -lcmocka

# The manual page in both languages and the completion come from the program's own tables.
manual: $(B)/man/en/paperdiary.1 $(B)/man/ru/paperdiary.1 $(B)/completion
$(B)/man/%/paperdiary.1: $(B)/paperdiary $(B)/locale/%/LC_MESSAGES/paperdiary.mo
	@mkdir -p $(@D)
	$(B)/paperdiary --lang $* --manual > $@.new && mv $@.new $@
$(B)/completion: $(B)/paperdiary
	$(B)/paperdiary --completion > $@.new && mv $@.new $@

unit: $(UNIT)

# make fuzz: one program for each reader for libFuzzer (clang); make fuzz-afl: the same for AFL++ beside them.
# `tests/fuzz/run.sh SECONDS` runs them with their corpora.
$(B)/fuzz/%: tests/fuzz/%.c $(LIB)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -fsanitize=fuzzer -o $@ $< $(LIB) $(LDLIBS)

FUZZ_SAN := -fsanitize=address,undefined -fno-sanitize-recover=undefined
fuzz: quality-deps
	$(MAKE) B=$(B)/fuzzing CC=clang SAN="$(FUZZ_SAN) -fsanitize=fuzzer-no-link" fuzz-programs
fuzz-afl: fuzz
	AFL_QUIET=1 AFL_USE_ASAN=1 $(MAKE) B=$(B)/afl CC=afl-clang-fast SAN="$(FUZZ_SAN)" fuzz-programs
fuzz-programs: $(FUZZ) data

# The same without a fuzzer: `make check` runs the small corpus of tests/fuzz/corpus through them.
$(B)/replay/%: tests/fuzz/%.c tests/fuzz/replay.c $(LIB)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $< tests/fuzz/replay.c $(LIB) $(LDLIBS)

replay: $(REPLAY) data

# Installs what is missing, with sudo where not root.
ROOT := $(shell [ "$$(id -u)" = 0 ] || echo sudo)
install_missing = @missing=$$(for p in $(1); do dpkg-query -W -f='$${db:Status-Abbrev}' $$p 2>/dev/null | \
    grep -q '^ii' || echo $$p; done); [ -z "$$missing" ] || { $(ROOT) apt-get update -qq && \
    $(ROOT) env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $$missing; }
deps:
	$(call install_missing,$(BUILD_PACKAGES))
test-deps: deps
	$(call install_missing,$(TEST_PACKAGES))

demo: deps
	@$(MAKE) --no-print-directory -j$(JOBS) all
	@rm -rf $(B)/demo
	$(B)/paperdiary demo $(B)/demo

# Tests look at the plans of SQL statements through it.
$(B)/tests/plans.so: tests/cli/plans.c
	@mkdir -p $(@D)
	$(CC) $(WARN) -std=c17 -shared -fPIC -o $@ $<

check: test-deps
	@$(MAKE) --no-print-directory -j$(JOBS) all $(B)/tests/plans.so $(FAULT)
	@$(MAKE) --no-print-directory -j$(JOBS) B=$(B)/san OPT="-O1 -g" SAN="-fsanitize=address,undefined -fno-sanitize-recover=undefined" \
	    all unit replay
	@B=$(B) tests/run.sh

# Every figure as a ratio to something plain that runs in the same minute; the rules are in tests/bench/bench.mk.
bench: all

# After a change of typesetting: writes the traces anew; review the difference.
GOLDEN := sheets_golden_test sheets_term_test sheets_handout_test forecast_sheet_test
golden: all $(GOLDEN:%=$(B)/tests/%)
	set -e; for test in $^; do case $$test in */tests/*) UPDATE_GOLDEN=1 $$test ;; esac; done
	chmod 644 tests/golden/*.trace

install: all
	install -d $(DESTDIR)$(PREFIX)/bin $(DESTDIR)$(PREFIX)/share/paperdiary
	install -m 755 $(B)/paperdiary $(DESTDIR)$(PREFIX)/bin
	cd $(DESTDIR)$(PREFIX)/share/paperdiary && mkdir -p layouts profiles fonts hyphen examples/school/exports examples/district
	install -m 644 layouts/*.ini $(DESTDIR)$(PREFIX)/share/paperdiary/layouts
	install -m 644 data/profiles/*.ini $(DESTDIR)$(PREFIX)/share/paperdiary/profiles
	install -m 644 $(B)/fonts/*.ttf $(DESTDIR)$(PREFIX)/share/paperdiary/fonts
	install -m 644 $(B)/hyphen/hyph_ru.dic $(DESTDIR)$(PREFIX)/share/paperdiary/hyphen
	install -m 755 examples/district/district.sh $(DESTDIR)$(PREFIX)/share/paperdiary/examples/district
	install -m 644 examples/school/school.ini $(DESTDIR)$(PREFIX)/share/paperdiary/examples/school
	install -m 644 examples/school/exports/* $(DESTDIR)$(PREFIX)/share/paperdiary/examples/school/exports
	for l in ru en; do install -D -m 644 $(B)/locale/$$l/LC_MESSAGES/paperdiary.mo \
	    $(DESTDIR)$(PREFIX)/share/locale/$$l/LC_MESSAGES/paperdiary.mo; done
	install -D -m 644 $(B)/man/en/paperdiary.1 $(DESTDIR)$(PREFIX)/share/man/man1/paperdiary.1
	install -D -m 644 $(B)/man/ru/paperdiary.1 $(DESTDIR)$(PREFIX)/share/man/ru/man1/paperdiary.1
	install -D -m 644 $(B)/completion $(DESTDIR)$(PREFIX)/share/bash-completion/completions/paperdiary

format:
	clang-format -i $$(git ls-files 'src/*.[ch]' 'tests/*.[ch]')

clean:
	rm -rf $(B)

.PHONY: all program data manual unit fuzz fuzz-afl fuzz-programs replay deps test-deps demo check bench golden install format clean
-include $(OBJ:.o=.d) $(B)/src/main.d $(UNIT:=.d)
