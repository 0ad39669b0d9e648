# SPDX-License-Identifier: MIT
#
# Every verb of Abacus. `make help` lists them.
#
# Variables of a user: LAB, TEST, IMPL, SUBMISSION, BACKFILL=1 (what a lab needs
# of earlier ones comes from solutions/), CC (gcc or clang), NO_INSTALL=1,
# NO_COLOR=1, PLAIN=1 (text without colours and columns).

SHELL := /bin/sh
.DELETE_ON_ERROR:
.SUFFIXES:
MAKEFLAGS += --no-builtin-rules --no-print-directory
ifeq ($(MAKELEVEL),0)
MAKEFLAGS += -j$(shell nproc)
endif

VERSION := 0.1.0

# ---- packages: the one list -------------------------------------------------

PACKAGES_grade := libcriterion-dev libnanopb-dev libjansson-dev libyaml-dev \
    libarchive-dev libc-bin libdw-dev libelf-dev libcapstone-dev libseccomp-dev \
    nettle-dev \
    libdeflate-dev bubblewrap binutils gcc
PACKAGES_debug := $(PACKAGES_grade)
PACKAGES_bench := libjansson-dev gcc hyperfine
PACKAGES_plots := gnuplot-nox fonts-dejavu-core
# An editor's, and a debugger: nothing is graded with them.
PACKAGES_editor := clangd gdb

# What a service is spoken to and watched with: lab 08 is graded with Prometheus,
# and the handouts of labs 06 and 08 use all three.
PACKAGES_service := curl netcat-openbsd prometheus

# The client that asks on a schedule, in the suite http.
PACKAGES_curl := libcurl4-openssl-dev

# The clients that the suites render, http and peers compare with.
PACKAGES_peers := golang-go golang-github-prometheus-client-golang-dev g++ \
    prometheus-cpp-dev cargo librust-prometheus-dev nginx-light wrk perl \
    python3-prometheus-client $(PACKAGES_curl) $(if $(shell command -v npm),,nodejs npm)
PROM_CLIENT := prom-client@15.1.3

# ---- <teacher> what students do not get: solutions/handout.sh ----
# The teacher's part of `grade`.
CLASS_C := $(wildcard tests/grader/class/*.c)
CLASS_LIBS := -lsqlite3 -lyaml
PACKAGES_class := parallel sqlite3 libsqlite3-dev similarity-tester \
    util-linux
PACKAGES_slurm := slurm-wlm munge iproute2
PACKAGES_clang := clang libclang-rt-dev
PACKAGES_grade += $(PACKAGES_class) patch
PACKAGES_lint := clang-format shellcheck $(PACKAGES_curl) $(PACKAGES_clang) $(PACKAGES_grade)
PACKAGES_slides := chromium fonts-dejavu-core \
    $(if $(shell command -v npm),,nodejs npm) $(PACKAGES_plots) $(PACKAGES_grade)
PACKAGES_demo := $(PACKAGES_service) gcc libdeflate-dev $(if $(shell command -v npm),,nodejs npm)
PACKAGES_live := gcc libdeflate-dev $(if $(shell command -v node),,nodejs)
UPLOT := uplot@1.6.32
MARP := @marp-team/marp-cli@4.5.1
PACKAGES_test := $(PACKAGES_grade) $(PACKAGES_editor) $(PACKAGES_lint) $(PACKAGES_bench) \
    $(PACKAGES_plots) $(PACKAGES_slides) perl zip xz-utils \
    python3-jsonschema util-linux iproute2 $(PACKAGES_service) python3-prometheus-client
# ---- </teacher>

need = @tests/support/packages.sh $(1) $(PACKAGES_$(1))

# ---- help -------------------------------------------------------------------

.PHONY: help
help: ## this list
	@echo 'Abacus $(VERSION): a teaching lab in C. The verbs:'
	@awk -F ':.*## ' '/^[a-z._-]+:.*## / { printf "  make %-22s %s\n", $$1, $$2 }' \
	    Makefile
	@echo 'With LAB=01, TEST=name, IMPL=labs|solutions|folder, SUBMISSION=path,'
	@echo 'CC=gcc|clang. NO_INSTALL=1 never installs a package.'

.DEFAULT_GOAL := help

# ---- what is built ----------------------------------------------------------

# `make CC=clang` is told apart from make's own default, cc.
ifeq ($(origin CC),default)
CC := gcc
endif
ifeq ($(filter gcc clang,$(CC)),)
$(error CC is "$(CC)": it may be gcc or clang)
endif

OPTIMIZED := -O2 -g1
CFLAGS := -std=c11 -D_GNU_SOURCE $(OPTIMIZED) -Wall -Wextra -Werror \
    -Ilabs/include -Itests -MMD -MP
LABS := $(notdir $(patsubst %/manifest,%,$(wildcard tests/suites/*/manifest)))

DRIVER_C := $(wildcard tests/driver/*.c tests/wire/*.c tests/suites/*/scenarios.c \
    tests/support/expo*.c)
JUDGE_C := $(wildcard tests/judge/*.c tests/wire/*.c tests/support/*.c)
GRADER_C := $(wildcard tests/grader/*.c tests/support/*.c)
SUITE_C := $(wildcard tests/suites/*/contract.c tests/suites/*/hidden.c)
CONTRACT := $(wildcard labs/include/met/*.h)

# One object a source and a build: build/obj/plain-gcc/tests/driver/play.o
SANITIZE_plain :=
# With frame pointers: else the stack of an allocation lacks who asked for it.
SANITIZE_memory := -fsanitize=address,undefined -fno-sanitize-recover=all \
    -fno-omit-frame-pointer
SANITIZE_races := -fsanitize=thread

define build_rules
build/obj/$(1)-$(2)/%.o: %.c Makefile
	@mkdir -p $$(@D)
	@$(2) $$(CFLAGS) $$(SANITIZE_$(1)) -c -o $$@ $$<

build/driver/$(1)-$(2): $$(DRIVER_C:%.c=build/obj/$(1)-$(2)/%.o)
	@mkdir -p $$(@D)
	@$(2) $$(SANITIZE_$(1)) -pthread -o $$@ $$^ -lseccomp -lm \
	    -Wl,--export-dynamic-symbol='__wrap_*'
endef
$(foreach b,plain memory races,$(foreach c,gcc clang,\
    $(eval $(call build_rules,$(b),$(c)))))

OBJ := build/obj/plain-gcc
# Where the drivers look for a locale whose decimal point is a comma.
LOCALE := build/driver/locale/comma/LC_NUMERIC
$(LOCALE): tests/driver/comma.locale
	@mkdir -p $(@D)
	@localedef -c --no-archive -i $< $(@D) 2>/dev/null || test -f $@

drivers = $(foreach b,plain memory races,build/driver/$(b)-$(1)) $(LOCALE)

build/bin/grade: $(patsubst %.c,$(OBJ)/%.o,$(GRADER_C) $(CLASS_C))
	@mkdir -p $(@D)
	@gcc -o $@ $^ -ljansson -larchive -lelf -lcapstone -lnettle -lm \
	    $(CLASS_LIBS)

# The strict checker of exposition pages, as a command.
build/bin/expocheck: $(patsubst %.c,$(OBJ)/%.o,$(wildcard \
    tests/support/expo*.c tests/support/expocheck/*.c))
	@mkdir -p $(@D)
	@gcc -o $@ $^ -lm

# The judge of a lab is Criterion's runner with that lab's suites. Criterion
# is linked from its archive, so that lean.c can leave libgit2 out.
CRITERION := -l:libcriterion.a -lboxfort -l:libprotobuf-nanopb.a -lnanomsg \
    -lffi
# gunzip, for tests of a server.
JUDGE_LIBS := $(CRITERION) -l:libjansson.a -l:libyaml.a -l:libseccomp.a -l:libdeflate.a -lm

# A lab may use the suites of earlier ones again: their tests are then called
# counter_NAME. So are lists of scenarios: il_counter.
reused = $(shell sed -n 's/^suites *//p' tests/suites/$(1)/manifest)
called = $(shell echo '$(1)' | sed 's/^[0-9]*-//')
reused_o = $(foreach r,$(call reused,$(1)),$(patsubst %.c,build/obj/reused/%.o,\
    $(filter tests/suites/$(r)/%,$(SUITE_C))))
build/obj/reused/tests/suites/%.o: tests/suites/%.c Makefile
	@mkdir -p $(@D)
	@gcc $(CFLAGS) -DREUSED=$(call called,$(notdir $(patsubst %/,%,$(dir $*)))) \
	    -c -o $@ $<

define judge_rules
build/judge/$(1): $$(patsubst %.c,$$(OBJ)/%.o,$$(JUDGE_C) \
    $$(filter tests/suites/$(1)/%,$$(SUITE_C))) $(call reused_o,$(1))
	@mkdir -p $$(@D)
	@gcc -o $$@ $$^ $$(JUDGE_LIBS)
endef
$(foreach l,$(LABS),$(eval $(call judge_rules,$(l))))

# What a score depends on, for the digest of the results.
build/judge/sources: $(wildcard tests/*/*.[ch] tests/wire/*.def \
    tests/suites/*/*.[ch] tests/suites/*/manifest tests/interleave/redirect.syms \
    tests/interleave/build.sh tests/grader/watched.sh) $(CONTRACT) Makefile
	@mkdir -p $(@D)
	@LC_ALL=C sha256sum $(sort $(filter-out tests/self/% tests/attacks/%,$^)) \
	    >$@

# The schedule explorer: the library, and each lab's scenarios.
BUILD_EXPLORER := tests/interleave/build.sh
define explore_rules
build/explore/library-$(1).a: $(wildcard tests/interleave/*.[chs]) \
    tests/interleave/redirect.syms $$(BUILD_EXPLORER)
	@mkdir -p $$(@D)/$(1)
	@IL_CACHE=$$(@D)/$(1) $$(BUILD_EXPLORER) -l -c $(1) -o $$@

build/explore/%-$(1).o: tests/suites/%/explore.c $$(CONTRACT) \
    tests/interleave/interleave.h tests/interleave/redirect.syms \
    $$(BUILD_EXPLORER)
	@mkdir -p $$(@D)
	@$$(BUILD_EXPLORER) -r -c $(1) -I labs/include -o $$@ $$<
endef
# explore_again LAB COMPILER REUSED: one object of its list and of theirs.
define explore_again
build/explore/$(1)-$(2).o: $$(patsubst %,tests/suites/%/explore.c,$(1) $(3)) \
    $$(CONTRACT) tests/interleave/interleave.h tests/interleave/redirect.syms \
    $$(BUILD_EXPLORER) tests/suites/$(1)/manifest
	@mkdir -p $$(@D)/$(1)-$(2)
	@for l in $(1) $(3); do name=il_scenarios; \
	    test $$$$l = $(1) || name=il_$$$${l#*-}; \
	    $$(BUILD_EXPLORER) -r -c $(2) -I labs/include -D il_scenarios=$$$$name \
	        -o $$(@D)/$(1)-$(2)/$$$$l.o tests/suites/$$$$l/explore.c || exit 1; \
	done
	@ld -r -o $$@ $$(patsubst %,$$(@D)/$(1)-$(2)/%.o,$(1) $(3))
endef
$(foreach c,gcc clang,$(eval $(call explore_rules,$(c)))\
    $(foreach l,$(LABS),$(if $(call reused,$(l)),$(eval \
    $(call explore_again,$(l),$(c),$(call reused,$(l)))))))
explorers = build/explore/library-$(1).a $(patsubst tests/suites/%/explore.c,\
    build/explore/%-$(1).o,$(wildcard tests/suites/*/explore.c))

tools_of = $(call drivers,$(1)) $(call explorers,$(1))
GRADE := build/bin/grade build/bin/expocheck build/judge/sources $(LABS:%=build/judge/%) \
    $(call tools_of,$(CC))

first_build = $(if $(wildcard build/bin/grade),,@echo 'Building the grader,\
    once: a minute or two ...')

.PHONY: build
build: ## builds the grader, the judges and the drivers
	$(call need,grade)
	$(first_build)
	@$(MAKE) -s $(GRADE)
	@echo 'The grader is build/bin/grade.'

# ---- grade ------------------------------------------------------------------

LAB_OPTIONS := $(if $(LAB),--lab '$(LAB)') $(if $(TEST),--test '$(TEST)') \
    --cc $(CC) $(if $(BACKFILL),--backfill)
# Which trees, and what they are called: a submission, one tree, or both.
ifneq ($(SUBMISSION),)
TREES := submission
PATH_submission := $(SUBMISSION)
REPEAT_submission := make grade SUBMISSION=$(SUBMISSION)
else ifneq ($(IMPL),)
TREES := $(notdir $(patsubst %/,%,$(IMPL)))
PATH_$(TREES) := $(IMPL)
REPEAT_$(TREES) := make grade IMPL=$(IMPL)
else
TREES := $(filter labs solutions,$(wildcard labs solutions))
PATH_labs := labs
PATH_solutions := solutions
REPEAT_labs := make grade IMPL=labs
REPEAT_solutions := make grade IMPL=solutions
endif
results = build/grade/$(1)/results.json
kept = build/grade/$(1)/kept
quiet := $(if $(word 2,$(TREES)),--quiet)
# Without Prometheus most tests of lab 08 have no result: no reason to stop.
want_service := $(if $(or $(filter 08%,$(LAB)),$(if $(LAB),,all)),\
    tests/support/packages.sh service $(PACKAGES_service) || true,:)

.PHONY: grade
grade: ## grades labs/ and solutions/, or IMPL=, or SUBMISSION=; LAB=, TEST=
	$(call need,grade)
	@$(want_service)
	$(first_build)
	@$(MAKE) -s $(GRADE)
	@$(foreach t,$(TREES),mkdir -p build/grade/$(t) && \
	    $(if $(quiet),echo 'grading $(PATH_$(t)) ...' &&) \
	    build/bin/grade lab '$(PATH_$(t))' $(LAB_OPTIONS) $(quiet) --name \
	    $(t) --repeat '$(REPEAT_$(t))' --json $(call results,$(t)) \
	    --keep $(call kept,$(t)) &&) :
	@build/bin/grade board $(foreach t,$(TREES),$(call results,$(t)))
	@$(foreach t,$(TREES),echo '  $(call results,$(t))' &&) :
	@$(if $(quiet),echo '  What failed: make grade IMPL=labs')

# ---- at work -----------------------------------------------------------------

AT_WORK = '$(ONE_IMPL)' --lab '$(LAB)' --cc $(CC) $(if $(BACKFILL),--backfill) \
    --repeat 'make grade $(if $(SUBMISSION),SUBMISSION,IMPL)=$(ONE_IMPL)'

.PHONY: watch
watch: known-lab ## grades a lab each time you save: LAB=03; Ctrl-C ends it
	$(call need,grade)
	$(first_build)
	@$(MAKE) -s $(GRADE)
	@exec build/bin/grade watch $(AT_WORK)

.PHONY: hint
hint: known-lab ## one more step of help for the first test that fails: LAB=03
	$(call need,grade)
	@$(MAKE) -s $(GRADE)
	@build/bin/grade hint $(AT_WORK)

.PHONY: progress
progress: ## your points in each lab, and what is next
	$(call need,grade)
	@$(MAKE) -s $(GRADE)
	@build/bin/grade progress $(call kept,$(notdir $(ONE_IMPL:%/=%))) \
	    '$(ONE_IMPL)'

# What a student's verbs need, the container's packages, too.
STUDENT_VERBS := grade service bench plots editor

.PHONY: doctor
doctor: ## what is missing on this machine, and the command that brings it
	@tests/support/doctor.sh $(foreach v,$(STUDENT_VERBS),$(v): $(PACKAGES_$(v)))

.PHONY: packages
packages: ## installs what all verbs of a student need
	@tests/support/packages.sh packages $(sort $(foreach v,$(STUDENT_VERBS),\
	    $(PACKAGES_$(v))))

# For clangd and other editors. The explorer's scenarios and the programs of
# bench/ are compiled by scripts, with other folders for their headers.
EDITED_C := $(wildcard labs/*/*.c solutions/*/*.c tests/*/*.c tests/*/*/*.c \
    bench/*/*.c bench/designs/*/*.c)
EDITOR_FLAGS := $(filter-out -Werror -MMD -MP,$(CFLAGS)) -pthread

.PHONY: compile_commands.json
compile_commands.json: ## tells an editor (clangd) how each file is compiled
	@for file in $(EDITED_C); do echo "$$file"; done | awk -v flags='$(EDITOR_FLAGS)' \
	    -v folder='$(CURDIR)' -f tests/support/compile_commands.awk >$@
	@echo '  $@: $(words $(EDITED_C)) files'

# ---- explore ----------------------------------------------------------------

.PHONY: explore
explore: ## tries the schedules: LAB=01 IMPL=labs SCENARIO=, or EXAMPLE=name
	$(call need,grade)
	@$(MAKE) -s $(if $(EXAMPLE),explore-example,explore-lab)

.PHONY: explore-lab
explore-lab: known-lab $(GRADE)
	@build/bin/grade explore '$(ONE_IMPL)' --lab '$(LAB)' --cc $(CC) \
	    $(if $(BACKFILL),--backfill) \
	    --repeat 'make replay LAB=$(LAB) $(if $(SUBMISSION),SUBMISSION,IMPL)=$(ONE_IMPL)' \
	    $(if $(SCENARIO),--scenario '$(SCENARIO)') $(if $(TOKEN),--token '$(TOKEN)')

.PHONY: explore-example
explore-example: build/explore/library-$(CC).a
	@test -f 'tests/interleave/examples/$(EXAMPLE).c' || { echo 'The examples' \
	    'are: $(basename $(notdir $(wildcard tests/interleave/examples/*.c)))' \
	    >&2; exit 2; }
	@$(BUILD_EXPLORER) -c $(CC) -L build/explore/library-$(CC).a \
	    -o build/explore/example 'tests/interleave/examples/$(EXAMPLE).c'
	@build/explore/example --again 'make explore EXAMPLE=$(EXAMPLE)' \
	    $(if $(TOKEN),--replay '$(TOKEN)') $(SCENARIO) || test $$? = 1

.PHONY: replay
replay: ## shows one schedule again: LAB=01 IMPL= SCENARIO=name TOKEN=token
	$(call need,grade)
	@test -n '$(SCENARIO)' && test -n '$(TOKEN)' || \
	    { echo 'Say SCENARIO= and TOKEN=, as the report does' >&2; exit 2; }
	@$(MAKE) -s explore-lab

# ---- measure ----------------------------------------------------------------

SUITE := counter
RESULT ?= build/bench/results/$(SUITE)
export QUICK TERM_PLOT SHARDED

.PHONY: bench
bench: ## measures: SUITE=counter (bench/README.md lists them) QUICK=1 IMPL="labs solutions"
	$(call need,bench)
	@$(if $(filter commands render http,$(SUITE)),$(MAKE) -s $(GRADE))
	@$(if $(filter render http peers,$(SUITE)),tests/support/packages.sh peers \
	    $(PACKAGES_peers) || true)
	@IMPL='$(IMPL)' ARGS='$(ARGS)' PROM_CLIENT=$(PROM_CLIENT) bench/run.sh $(SUITE) $(if $(filter \
	    commands,$(SUITE)),verdict-of-a-lab 'build/bin/grade lab $(lastword \
	    $(TREES)) --lab 01 --quiet' gcc-O2-c 'gcc -O2 -c -Ilabs/include -o \
	    /dev/null $(lastword $(TREES))/01-counter/counter.c')

.PHONY: bench-compare
bench-compare: ## what two recorded results resolve: A=folder B=folder ANYWAY=1
	$(call need,bench)
	@test -n '$(A)' && test -n '$(B)' || \
	    { echo 'Say A= and B=, two folders of results' >&2; exit 2; }
	@SUITES=compare OUT=build/bench/compare bench/build.sh
	@build/bench/compare/bench-compare $(if $(ANYWAY),--anyway) '$(A)' '$(B)'

.PHONY: plots
plots: ## draws the newest result, or RESULT=folder; TERM_PLOT=1 as text
	$(call need,plots)
	@bench/plots/plots.sh $(RESULT)

# ---- run and debug -----------------------------------------------------------

# One lab and one tree: LAB=00, IMPL=labs unless said otherwise.
LAB_DIR = $(firstword $(filter $(LAB)-% 0$(LAB)-%,$(LABS)) $(filter $(LAB),$(LABS)) \
    $(filter %-$(LAB),$(LABS)))
ONE_IMPL := $(or $(SUBMISSION),$(IMPL),labs)
ONE_DIR = $(firstword $(wildcard $(ONE_IMPL)/$(LAB_DIR)) $(ONE_IMPL))
# What a lab needs of earlier ones, by its manifest.
NEEDS = $(addprefix $(if $(BACKFILL),solutions,$(ONE_IMPL))/,$(shell sed -n \
    's/^needs *//p' tests/suites/$(LAB_DIR)/manifest))
LINKS = $(addprefix -l,$(shell sed -n 's/^links *//p' \
    tests/suites/$(LAB_DIR)/manifest))
WRAP := -Wl,--wrap=malloc,--wrap=calloc,--wrap=realloc,--wrap=aligned_alloc \
    -Wl,--wrap=posix_memalign,--wrap=strdup \
    -Wl,--wrap=clock_gettime,--wrap=timespec_get,--wrap=gettimeofday,--wrap=time \
    -Wl,--wrap=fopen,--wrap=opendir,--wrap=stat,--wrap=free

.PHONY: known-lab
known-lab:
	@test -n '$(LAB_DIR)' || { echo 'Say which lab: LAB=01. The labs are:' \
	    '$(LABS)' >&2; exit 2; }

THREADS := 2
ROUNDS := 1000000
CHILDREN := 3
PORT := 8000
RATE := 2
SEED := 1
RUN_ARGUMENTS = $(or $(if $(filter 06-%,$(LAB_DIR)),$(PORT)),$(if $(filter \
    08-%,$(LAB_DIR)),--port $(PORT) --rate $(RATE) --seed $(SEED)),$(THREADS) \
    $(ROUNDS) $(if $(filter 04-%,$(LAB_DIR)),$(CHILDREN)))

# The program may be running in another window: it is replaced, not written to.
.PHONY: run
run: known-lab ## runs a lab's main.c: LAB=00 THREADS=2 ROUNDS=1000000 IMPL=; LAB=04 CHILDREN=1000; LAB=06 PORT=8000; LAB=08 PORT=8000 RATE=2
	@test -f '$(ONE_DIR)/main.c' || \
	    { echo 'There is no $(ONE_DIR)/main.c' >&2; exit 2; }
	@mkdir -p build/run
	@$(CC) -std=c11 -D_GNU_SOURCE -O2 -g -Wall -Wextra -Ilabs/include -pthread \
	    -o build/run/$(LAB_DIR).$$PPID $(wildcard $(ONE_DIR)/*.c) $(NEEDS) -lm \
	    $(LINKS) && mv build/run/$(LAB_DIR).$$PPID build/run/$(LAB_DIR)
	@exec build/run/$(LAB_DIR) $(RUN_ARGUMENTS)

DIRECT_C := $(wildcard tests/direct/*.c) tests/judge/expect.c \
    tests/judge/steps.c tests/support/text.c tests/support/box.c $(wildcard \
    tests/judge/http*.c tests/judge/room*.c tests/judge/texts.c \
    tests/judge/yaml.c) tests/wire/pass.c \
    tests/wire/frame.c $(addprefix tests/driver/,\
    theirs.c scenario.c memory.c clock.c files.c reach.c)
define direct_rules
build/direct/$(1): $(LOCALE) $$(patsubst %.c,$$(OBJ)/%.o,$$(DIRECT_C) \
    $$(filter tests/suites/$(1)/%,$$(SUITE_C)) tests/suites/$(1)/scenarios.c \
    $(foreach r,$(call reused,$(1)),tests/suites/$(r)/scenarios.c) \
    $$(wildcard tests/support/expo*.c)) $(call reused_o,$(1))
	@mkdir -p $$(@D)
	@gcc -pthread -o $$@ $$(filter %.o,$$^) -lcriterion -ljansson -lyaml -ldeflate -lm \
	    -Wl,--export-dynamic-symbol='__wrap_*'
endef
$(foreach l,$(LABS),$(eval $(call direct_rules,$(l))))

.PHONY: debug
debug: known-lab ## runs one test in one process, in gdb: LAB=01 TEST=name IMPL=
	$(call need,debug)
	@test -n '$(TEST)' || { echo 'Say which test: TEST=name' >&2; exit 2; }
	@$(MAKE) -s build/direct/$(LAB_DIR)
	@gcc -std=c11 -D_GNU_SOURCE -O0 -g3 -fPIC -shared -pthread -Ilabs/include \
	    $(WRAP) -o build/direct/$(LAB_DIR).so \
	    $(filter-out %/main.c,$(wildcard $(ONE_DIR)/*.c)) $(NEEDS) -lm \
	    $(LINKS)
	@export LOCPATH=build/driver/locale; set -- build/direct/$(LAB_DIR) build/direct/$(LAB_DIR).so '$(TEST)' '$(ONE_DIR)'; \
	if ! command -v gdb >/dev/null; then \
	    echo 'There is no gdb here: the test runs by itself.'; "$$@"; \
	elif [ -t 0 ]; then \
	    gdb -q -ex 'set breakpoint pending on' -ex run --args "$$@"; \
	else \
	    gdb -q -batch -x tests/direct/batch.gdb --args "$$@"; \
	fi

# ---- <teacher> ----

# ---- a class -----------------------------------------------------------------

ENGINE := parallel
.PHONY: class
class: ## grades a class: ROSTER=roster.csv SUBMISSIONS=folder OUT=folder LAB=, see tests/grader/README.md
	@test -n '$(ROSTER)' && test -n '$(SUBMISSIONS)' && test -n '$(OUT)' || \
	    { echo 'Say ROSTER=, SUBMISSIONS= and OUT=' >&2; exit 2; }
	$(call need,grade)
	$(if $(filter slurm,$(ENGINE)),$(call need,slurm))
	@$(MAKE) -s $(GRADE)
	@build/bin/grade class '$(SUBMISSIONS)' --roster '$(ROSTER)' --out \
	    '$(OUT)' --engine $(ENGINE) --cc $(CC) $(if $(LAB),--lab '$(LAB)') \
	    $(if $(BACKFILL),--backfill) $(ARGS)

.PHONY: gradescope
gradescope: known-lab ## what you upload to Gradescope: LAB=03
	@tests/grader/remote/pack.sh gradescope $(LAB_DIR) build/remote

.PHONY: autolab
autolab: known-lab ## what you upload to Autolab: LAB=03
	@tests/grader/remote/pack.sh autolab $(LAB_DIR) build/remote

# ---- other clients -----------------------------------------------------------

.PHONY: peers
peers: ## updates beside other clients in one run: build/bench/results/peers QUICK=1
	@$(MAKE) bench SUITE=peers
	@$(MAKE) plots SUITE=peers

# ---- report ------------------------------------------------------------------

# All recorded results, or those you name.
RESULTS := $(patsubst %/summary.csv,%,$(wildcard bench/results/*/summary.csv))
.PHONY: report
report: ## one HTML page over the recorded results: build/report/index.html RESULTS="folders"
	$(call need,plots)
	@bench/report/report.sh build/report/index.html $(RESULTS)

# ---- model -------------------------------------------------------------------

# The scalability law is fitted to the newest result, or to the recorded one.
MEASURED = $(if $(wildcard $(RESULT)/summary.csv),$(RESULT),$(SAMPLE))
.PHONY: model
model: ## past the cores at hand, a MODEL: build/bench/model/ TOPOLOGY="8 64" RESULT=folder
	$(call need,bench)
	$(call need,plots)
	@TOPOLOGY='$(TOPOLOGY)' bench/models/model.sh build/bench/model $(MEASURED)

# ---- slides ------------------------------------------------------------------

SAMPLE := bench/results/sample

.PHONY: slides
slides: ## slides for the lecture hall: build/slides/*.html and *.pdf
	$(call need,slides)
	@$(MAKE) -s $(GRADE) build/explore/library-gcc.a
	@bench/plots/plots.sh $(SAMPLE) build/slides/plots >/dev/null
	@bench/plots/plots.sh bench/results/http build/slides/plots >/dev/null
	@SAMPLE=$(SAMPLE) slides/build.sh $(MARP) $(DECKS)

# ---- the demo ----------------------------------------------------------------

# The reference, with what it needs of all labs.
build/live/service: $(filter-out %/main.c,$(wildcard solutions/0[1-68]-*/*.c)) \
    solutions/08-monitoring/main.c $(CONTRACT)
	@mkdir -p $(@D)
	@gcc -std=c11 -D_GNU_SOURCE -O2 -g -Wall -Wextra -Ilabs/include -pthread \
	    -o $@ $(filter %.c,$^) -lm -ldeflate

.PHONY: demo
demo: ## a service with traffic, Prometheus and a dashboard page; DEMO_SECONDS=20 ends by itself
	@tests/support/packages.sh demo $(PACKAGES_demo) || true
	@$(MAKE) -s build/live/service
	@exec bench/live/demo.sh $(UPLOT)

# Threads of the harness, and the reference for /metrics.
build/live/hammer: $(filter-out %/main.c,$(wildcard bench/live/*.c \
    solutions/0[1-6]-*/*.c)) $(patsubst %,bench/harness/%.c,\
    clock cpus fail heat load number peer recorder trial waits) \
    $(CONTRACT) $(wildcard bench/live/*.h bench/harness/*.h)
	@mkdir -p $(@D)
	@gcc -std=c11 -D_GNU_SOURCE -O2 -g -Wall -Wextra -Ilabs/include \
	    -Ibench/harness -pthread -o $@ $(filter %.c,$^) -lm -ldl -ldeflate

.PHONY: live
live: ## threads hammer a counter design that a key picks; THREADS=, LIVE_SECONDS=20 ends by itself
	@tests/support/packages.sh live $(PACKAGES_live) || true
	@$(MAKE) -s build/live/hammer build/explore/library-gcc.a
	@SUITES=counter bench/build.sh
	@exec bench/live/live.sh

# ---- self tests -------------------------------------------------------------

# The wire's own tests: the same judge and driver, with another contract.
PROBE_FLAGS := -DWIRE_TABLE='"self/wire/probe.def"' \
    -DWIRE_HEADER='"self/wire/probe.h"'
PROBE_OBJ := build/obj/probe
$(PROBE_OBJ)/%.o: %.c Makefile
	@mkdir -p $(@D)
	@gcc $(CFLAGS) $(PROBE_FLAGS) -c -o $@ $<

build/self/wire/driver: $(patsubst %.c,$(PROBE_OBJ)/%.o,\
    $(filter-out tests/suites/%,$(DRIVER_C)))
	@mkdir -p $(@D)
	@gcc -pthread -o $@ $^ -lseccomp -lm -Wl,--export-dynamic-symbol='__wrap_*'

build/self/wire/judge: $(patsubst %.c,$(PROBE_OBJ)/%.o,$(JUDGE_C) \
    tests/self/wire/fine.c tests/self/wire/hostile.c)
build/self/wire/busy: $(patsubst %.c,$(PROBE_OBJ)/%.o,$(JUDGE_C) \
    tests/self/wire/busy.c)
build/self/wire/judge build/self/wire/busy:
	@mkdir -p $(@D)
	@gcc -o $@ $^ $(JUDGE_LIBS)

build/self/wire/verdicts: $(OBJ)/tests/self/wire/verdicts.o
	@mkdir -p $(@D)
	@gcc -o $@ $^ -ljansson

build/self/wire/sub.so: $(addprefix tests/,self/wire/probe.c \
    self/wire/probe.h self/wire/probe.def wire/frame.c wire/frame.h)
	@mkdir -p $(@D)
	@gcc $(filter-out -MMD -MP,$(CFLAGS)) $(PROBE_FLAGS) -fPIC -shared -nostartfiles -pthread \
	    -o $@ $(filter %.c,$^)

SELF := $(addprefix build/self/wire/,driver judge busy verdicts sub.so)

# Pages of random registries, and numbers, by the reference.
EXPO_C := $(addprefix tests/self/exposition/,pages.c numbers.c)
define expo_rules
build/self/exposition/$(1): $(OBJ)/tests/self/exposition/$(1).o \
    $$(patsubst %.c,$(OBJ)/%.o,$$(filter-out %/main.c,$$(wildcard \
    $$(foreach l,01 02 03 04 05,solutions/$$(l)-*/*.c))))
	@mkdir -p $$(@D)
	@gcc -pthread -o $$@ $$^ -lm
endef
$(foreach p,$(basename $(notdir $(EXPO_C))),$(eval $(call expo_rules,$(p))))
SELF += $(EXPO_C:tests/%.c=build/%)

# Four at once, which keeps two processors busy; the longest first. What one of
# them measures is a ratio, interleaved.
LONGEST := $(addprefix tests/self/,judges/judges.t grader/result.t \
    course/handout.t course/commands.t slides/slides.t course/lint.t \
    bench/suites.t bench/run.t grader/repeat.t live/live.t live/demo.t \
    grader/watch.t grader/finding.t)
SELF_TESTS := $(LONGEST) tests/interleave/self/run.sh \
    $(filter-out $(LONGEST),$(sort $(wildcard tests/self/*/*.t)))
ONLY := $(SELF_TESTS)

# Packages that only some tests need may be missing: those tests are skipped,
# and say so; with CI=true that is a failure.
.PHONY: test
test: ## runs the tests, of mutants and attacks a few; ONLY=tests/self/wire/wire.t runs one of them
	$(call need,grade)
	@tests/support/packages.sh test $(PACKAGES_test) || true
	@$(MAKE) -s $(GRADE) $(SELF) build/bin/judges
	@$(MAKE) -s CC=clang tools-of-clang
	@SUITES=compare OUT=build/tests/bench bench/build.sh
	@prove --timer -j4 $(ONLY)

# The drivers for clang, where there is a clang.
.PHONY: tools-of-clang
tools-of-clang: $(if $(shell command -v clang),$(call tools_of,clang))

.PHONY: test-long
test-long: ## the same with large counts: many runs, by hand before a release
	@$(MAKE) test ABACUS_LONG=1
export ABACUS_LONG

# ---- lint -------------------------------------------------------------------

# Mutants and attacks are wrong on purpose, and some attack the compiler: only
# their format is looked at.
OURS_C := $(sort $(CLASS_C) $(filter-out tests/attacks/%,$(wildcard labs/*/*.c \
    solutions/*/*.c tests/*/*.c tests/suites/*/*.c tests/self/*/*.c \
    tests/alternatives/*/*.c)))
ALL_C := $(sort $(OURS_C) $(wildcard bench/*/*.c bench/designs/*/*.c bench/peers/*/*.c \
    tests/interleave/*/*.c tests/mutants/*/*.c tests/attacks/*.c tests/self/bench/impl/*/*.c))
ALL_H := $(sort $(CONTRACT) $(wildcard tests/*/*.h tests/*/*/*.h \
    bench/*/*.h bench/designs/*/*.h))
ALL_SH := $(sort $(shell find tests slides solutions $(wildcard bench) -name '*.sh' -o -name '*.t') .ci/run)
PROBE_ONLY := $(addprefix tests/self/wire/,fine.c hostile.c busy.c probe.c)

# What only lint compiles: for warnings, and without an object. Those of gcc about
# the flow of values need its optimizer; clang finds its own before.
CHECK_gcc := -g0 -S -o /dev/null
CHECK_clang := -fsyntax-only
OPTIMIZE_gcc := -O2
OPTIMIZE_clang := -O0
define lint_rules
build/lint/$(1)/%.ok: %.c Makefile
	@mkdir -p $$(@D)
	@$(1) $$(CFLAGS) $(CHECK_$(1)) -MT $$@ -MF $$(@:.ok=.d) $$<
	@touch $$@
# An alternative stands for one file of a lab; its headers lie in the solution.
$(foreach l,$(LABS),$$(eval build/lint/$(1)/tests/alternatives/$(l)/%.ok: \
    CFLAGS += -Isolutions/$(l)))
# The fuzzer takes the request parser of lab 06.
build/lint/$(1)/tests/self/server/%.ok: CFLAGS += -Isolutions/06-server
endef
$(foreach c,gcc clang,$(eval $(call lint_rules,$(c))))
LINT_C := $(filter-out $(PROBE_ONLY) tests/self/bench/% %/explore.c,$(OURS_C)) \
    tests/interleave/explore.c
# What is built with the same warnings has been looked at already.
BUILT_gcc := $(DRIVER_C) $(JUDGE_C) $(GRADER_C) $(CLASS_C) $(SUITE_C) $(JUDGES_C)
BUILT_clang := $(DRIVER_C)
linted = $(BUILT_$(1):%.c=build/obj/plain-$(1)/%.o) build/explore/library-$(1).a \
    $(patsubst %.c,build/lint/$(1)/%.ok,$(filter-out $(BUILT_$(1)) \
    $(wildcard tests/interleave/*.c),$(LINT_C)))

build/lint/bench-%.ok: $(shell find bench -type f -name '*.[ch]') \
    $(wildcard solutions/*/*.[ch]) $(CONTRACT) bench/build.sh Makefile
	@mkdir -p $(@D)
	@export CC=$* OUT=build/lint/bench-$* BENCH_OPTIMIZE=$(OPTIMIZE_$*); \
	    bench/build.sh && SUITES=open-loop bench/build.sh
	@touch $@
build/lint/format.ok: $(ALL_C) $(ALL_H) .clang-format Makefile
	@mkdir -p $(@D)
	@clang-format --dry-run -Werror $(ALL_C) $(ALL_H)
	@touch $@
build/lint/scripts.ok: $(ALL_SH) Makefile
	@mkdir -p $(@D)
	@shellcheck -x -S warning $(ALL_SH)
	@touch $@

# First what takes long by itself.
.PHONY: lint
lint: ## format, warnings of both compilers, shellcheck
	$(call need,lint)
	@$(MAKE) -s build/lint/format.ok $(foreach c,gcc clang,build/lint/bench-$(c).ok) \
	    build/lint/scripts.ok $(foreach c,gcc clang,$(call linted,$(c)))
	@echo 'Format, warnings and scripts: nothing to say about'\
	    '$(words $(ALL_C) $(ALL_H) $(ALL_SH)) files.'

# ---- the course -------------------------------------------------------------

STARTERS := $(patsubst solutions/%,labs/%,$(foreach e,[ch] yml txt json,\
    $(wildcard solutions/*/*.$(e))))

.PHONY: starters
starters: ## cuts labs/ from the marked regions of solutions/
	@$(foreach s,$(STARTERS),mkdir -p $(dir $(s)) && \
	    awk -f solutions/cut.awk $(s:labs/%=solutions/%) >$(s).new && \
	    mv $(s).new $(s) && echo '  $(s)' &&) :

.PHONY: handout
handout: ## the archive for students: build/handout/abacus-VERSION.tar.gz
	@solutions/handout.sh $(VERSION) build/handout

# All that a release promises is run, the long things last; then it is packed.
.PHONY: release
release: ## tests all that a release promises, and packs it: build/release/
	@tests/support/release.sh check $(VERSION)
	@CI=true $(MAKE) -s test
	@$(MAKE) -s judge-the-judges
	@$(MAKE) -s slides
	@tests/support/release.sh pack $(VERSION) build/release

# ---- who judges the judges --------------------------------------------------

JUDGES_C := $(filter-out %/slow.c,$(wildcard tests/self/judges/*.c))

build/bin/judges: $(JUDGES_C:%.c=$(OBJ)/%.o)
	@mkdir -p $(@D)
	@gcc -o $@ $^ -ljansson

.PHONY: judge-the-judges
judge-the-judges: ## mutants, alternatives and attacks, with gcc and clang
	$(call need,grade)
	$(call need,clang)
	@$(MAKE) -s $(GRADE) $(call tools_of,gcc) $(call tools_of,clang) \
	    build/bin/judges
	@build/bin/judges $(if $(filter command line,$(origin CC)),--cc $(CC))

# ---- </teacher>

.PHONY: clean
clean: ## removes build/, also kept points and results
	@rm -rf build
	@echo 'build/ is gone.'

-include $(shell find build/obj build/lint -name '*.d' 2>/dev/null)
