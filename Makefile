# paperdiary: weekly diary sheets on paper. `make demo` shows it, `make check` tests it.
B ?= build
PREFIX ?= /usr/local
VERSION := 1.0

CC ?= cc
OPT ?= -O2 -g
WARN := -Wall -Wextra -Wpedantic -Wshadow -Wconversion
CPPFLAGS += -Isrc -D_POSIX_C_SOURCE=200809L -D_DEFAULT_SOURCE -DPAPERDIARY_VERSION='"$(VERSION)"'
CFLAGS += -std=c17 $(OPT) $(WARN) $(SAN) -MMD -MP -pthread
LDLIBS += -lhpdf -lsqlite3 -lcsv -liniparser -lutf8proc -lhyphen -lharfbuzz -ljansson -lmd -lm

SRC := $(wildcard src/*/*.c)
OBJ := $(SRC:%.c=$(B)/%.o)
LIB := $(B)/libpaperdiary.a
UNIT := $(patsubst tests/unit/%.c,$(B)/tests/%,$(wildcard tests/unit/*_test.c))

all: $(B)/paperdiary

$(B)/paperdiary: $(B)/src/main.o $(LIB)
	$(CC) $(CFLAGS) $(LDFLAGS) -o $@ $^ $(LDLIBS)

$(LIB): $(OBJ)
	rm -f $@ && $(AR) rcs $@ $(OBJ)

$(B)/%.o: %.c
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) -c -o $@ $<

# A unit test links with the library; make $(B)/tests/NAME_test builds one.
$(B)/tests/%_test: tests/unit/%_test.c $(LIB)
	@mkdir -p $(@D)
	$(CC) $(CPPFLAGS) $(CFLAGS) $(LDFLAGS) -o $@ $< $(LIB) $(LDLIBS) -lcmocka

include $(wildcard fonts/fonts.mk data/data.mk)

clean:
	rm -rf $(B)

.PHONY: all clean
-include $(OBJ:.o=.d) $(B)/src/main.d
