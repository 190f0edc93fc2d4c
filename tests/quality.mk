# What a maintainer runs beside make check; each wants packages of its own (QUALITY_PACKAGES).
QUALITY_PACKAGES := clang libclang-rt-dev clang-format cppcheck gcovr shellcheck valgrind afl++

quality-deps: test-deps
	$(call install_missing,$(QUALITY_PACKAGES))

# Clang's analyser and cppcheck over the program: any finding fails. A file is looked at again when it or a header changed.
ANALYSED := $(patsubst %.c,$(B)/analysed/%.log,src/main.c $(SRC))
analyse: quality-deps
	@$(MAKE) --no-print-directory -j$(JOBS) $(ANALYSED)
	@cat $(ANALYSED); ! grep -q 'warning:' $(ANALYSED)
	cppcheck --quiet --error-exitcode=1 --std=c11 --enable=warning,performance,portability --inline-suppr \
	    --suppress=varFuncNullUB --suppress=internalAstError $(CPPFLAGS) src
	shellcheck -x --severity=warning --exclude=SC2034,SC2154 tests/run.sh tests/*/*.sh examples/*/*.sh

$(B)/analysed/%.log: %.c $(wildcard src/*/*.h) $(B)/gen/schema.h
	@mkdir -p $(@D)
	@clang --analyze --analyzer-output text $(CPPFLAGS) -std=c17 $< >$@.new 2>&1 || { cat $@.new; exit 1; }
	@mv $@.new $@

# Unit tests and the whole demo under valgrind: an error, or memory that is lost, fails.
VALGRIND := valgrind --quiet --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite --show-leak-kinds=definite
valgrind: quality-deps all $(UNIT)
	set -e; for test in $(UNIT); do echo $$test; PAPERDIARY_SHORT=1 $(VALGRIND) $$test >$(B)/valgrind.log 2>&1 || \
	    { cat $(B)/valgrind.log; exit 1; }; done
	rm -rf $(B)/valgrind-demo && $(VALGRIND) $(B)/paperdiary -q demo $(B)/valgrind-demo

# And the command line's tests: half an hour on two cores.
valgrind-commands: quality-deps all
	printf '#!/bin/sh\nexec %s "%s" "$$@"\n' 'valgrind --quiet --error-exitcode=9' '$(abspath $(B)/paperdiary)' >$(B)/under-valgrind
	chmod +x $(B)/under-valgrind
	PAPERDIARY=$(B)/under-valgrind bats --jobs $(JOBS) --no-parallelize-within-files tests/cli

# Sheets made by several threads under the thread sanitizer.
tsan: test-deps
	$(MAKE) B=$(B)/tsan OPT="-O1 -g" SAN="-fsanitize=thread" data $(B)/tsan/tests/issue_test $(B)/tsan/tests/press_job_test \
	    $(B)/tsan/tests/issue_shelf_test
	$(B)/tsan/tests/issue_test && $(B)/tsan/tests/press_job_test && $(B)/tsan/tests/issue_shelf_test

# Lines and branches that all tests together reach, by folder; fails where a folder that must not go wrong is below 90 % of
# its lines. Counters are atomic: sheets are made by several threads.
COVERED := $(B)/coverage
coverage: quality-deps $(B)/tests/plans.so
	$(MAKE) B=$(COVERED) OPT="-O0 -g" SAN="--coverage -fprofile-update=atomic" all unit $(COVERED)/torture/fault.so
	find $(COVERED) -name '*.gcda' -delete
	B=$(COVERED) tests/run.sh
	gcovr --root . --object-directory $(COVERED) --filter src/ --exclude-throw-branches \
	    --html-details $(COVERED)/report.html --csv $(COVERED)/report.csv
	@awk -F, -f tests/coverage.awk $(COVERED)/report.csv

.PHONY: quality-deps analyse valgrind valgrind-commands tsan coverage
