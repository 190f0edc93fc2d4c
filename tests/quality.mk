# What a maintainer runs beside make check; each wants packages of its own (QUALITY_PACKAGES).
QUALITY_PACKAGES := clang libclang-rt-dev clang-format cppcheck gcovr shellcheck valgrind afl++

quality-deps: test-deps
	$(call install_missing,$(QUALITY_PACKAGES))

# Clang's analyser and cppcheck over the program: any finding fails.
analyse: quality-deps $(B)/gen/schema.h
	@for file in src/main.c $(SRC); do clang --analyze --analyzer-output text $(CPPFLAGS) -std=c17 $$file || exit 1; done \
	    >$(B)/analyser.log 2>&1; cat $(B)/analyser.log; ! grep -q 'warning:' $(B)/analyser.log
	cppcheck --quiet --error-exitcode=1 --std=c11 --enable=warning,performance,portability --inline-suppr \
	    --suppress=varFuncNullUB --suppress=internalAstError $(CPPFLAGS) src
	shellcheck -x --severity=warning --exclude=SC2034,SC2154 tests/run.sh tests/*/*.sh examples/*/*.sh

# Unit tests and the whole demo under valgrind: an error, or memory that is lost, fails.
VALGRIND := valgrind --quiet --error-exitcode=9 --leak-check=full --errors-for-leak-kinds=definite --show-leak-kinds=definite
valgrind: quality-deps all $(UNIT)
	set -e; for test in $(UNIT); do echo $$test; PAPERDIARY_SHORT=1 $(VALGRIND) $$test >$(B)/valgrind.log 2>&1 || \
	    { cat $(B)/valgrind.log; exit 1; }; done
	rm -rf $(B)/valgrind-demo && $(VALGRIND) $(B)/paperdiary -q demo $(B)/valgrind-demo

# Sheets made by several threads under the thread sanitizer.
tsan: test-deps
	$(MAKE) B=$(B)/tsan OPT="-O1 -g" SAN="-fsanitize=thread" data $(B)/tsan/tests/issue_test $(B)/tsan/tests/press_job_test
	$(B)/tsan/tests/issue_test && $(B)/tsan/tests/press_job_test

# Lines and branches that all tests together reach; the summary is by folder.
coverage: quality-deps
	$(MAKE) B=$(B)/coverage OPT="-O0 -g" SAN="--coverage" all unit
	find $(B)/coverage -name '*.gcda' -delete
	B=$(B)/coverage tests/run.sh
	gcovr --root . --object-directory $(B)/coverage --filter src/ --exclude-throw-branches --print-summary \
	    --html-details $(B)/coverage/report.html --csv $(B)/coverage/report.csv
	@awk -F, 'NR > 1 { split($$1, part, "/"); lines[part[2]] += $$2; hit[part[2]] += $$3 } \
	    END { for (f in lines) printf "%-12s %5.1f %% of %d lines\n", f, 100 * hit[f] / lines[f], lines[f] }' \
	    $(B)/coverage/report.csv | sort

.PHONY: quality-deps analyse valgrind tsan coverage
