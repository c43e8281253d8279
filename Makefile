# make test runs everything that CI runs. make help lists the rest.

EVAL     ?= ../shared/eval
FUZZTIME ?= 60s

tool := go tool -modfile=tools/go.mod
lint := github.com/golangci/golangci-lint/v2/cmd/golangci-lint@v2.15.0

# Without a C compiler there is no race detector.
race := $(if $(filter 1,$(shell go env CGO_ENABLED)),-race)

.DEFAULT_GOAL := help
.NOTPARALLEL:
.PHONY: help build test format vet staticcheck race-test unraced-test short-fuzz check-base vulnerabilities bench-vet lint fuzz eval bench state-bench fit cover

help: ## list what can be made
	@awk -F':.*## ' '/^[a-z-]+:.*## / {printf "  make %-16s %s\n", $$1, $$2}' Makefile

build: ## build the program into build/
	go build -trimpath -o build/summitbot ./bot

test: format vet staticcheck race-test unraced-test short-fuzz check-base bench-vet vulnerabilities ## run everything that CI runs
	@echo; echo "== all passed"

format: ## find files that gofmt would change
	@echo; echo "== format"
	@unformatted=$$(gofmt -l .); if [ -n "$$unformatted" ]; then echo "gofmt -w would change:"; echo "$$unformatted"; exit 1; fi

vet: ## run go vet
	@echo; echo "== vet"
	go vet ./...

staticcheck: ## run staticcheck
	@echo; echo "== staticcheck"
	$(tool) staticcheck ./...

race-test: ## run all tests, with the race detector and a Postgres of their own
	@echo; echo "== tests"
	@$(if $(race),,echo "race detector: did not run: no C compiler")
	go run ./bot/state/throwaway/run go test $(race) ./...

unraced-test: ## run the tests that the race detector leaves out
	@echo; echo "== tests without the race detector"
	go test -run '^(TestNext|TestNextAnswers|TestGroupsApart|TestAllocations)$$' ./facts
	go test -run '^TestFlood$$' ./bot # with ten times the events

short-fuzz: ## run each fuzz target for five seconds
	@echo; echo "== fuzz"
	@$(MAKE) --no-print-directory fuzz FUZZTIME=5s

check-base: ## check the shipped facts and run their tests
	@echo; echo "== check"
	go run ./bot check

bench-vet: ## vet the benchmark module
	@echo; echo "== bench module"
	cd facts/bench && go vet ./...

# The exit code of govulncheck is 3 when it found something and 1 when it
# could not look, as without a network.
vulnerabilities: ## look for known vulnerabilities
	@echo; echo "== govulncheck"
	@out=$$($(tool) govulncheck ./... 2>&1); code=$$?; \
	case "$$code:$$out" in \
	0:*) echo "$$out" ;; \
	*:*"fetching vulnerabilities"*) echo "govulncheck: did not run: database not reachable" ;; \
	*) echo "$$out"; exit 1 ;; \
	esac

lint: ## run golangci-lint, which takes a minute to build at first
	go run $(lint) run

# Making an interesting input smaller takes up to a minute by default, in which
# nothing is tried, and fails when the time is over meanwhile.
fuzz: ## run each fuzz target for a minute (FUZZTIME=10m for longer)
	@grep -rl --include='*_test.go' '^func Fuzz' bot commands facts | sort | while read -r file; do \
		sed -n 's/^func \(Fuzz[A-Za-z0-9_]*\).*/\1/p' "$$file" | while read -r target; do \
			echo "$$target, $(FUZZTIME)"; \
			go test -run='^$$' -fuzz="^$$target\$$" -fuzztime=$(FUZZTIME) -fuzzminimizetime=10x "./$$(dirname "$$file")" || exit 1; \
		done || exit 1; \
	done

eval: ## score the engine on the question sets in EVAL
	@if [ ! -d "$(EVAL)" ]; then echo "eval: did not run: there is no folder $(EVAL); name it with EVAL="; \
	elif ! command -v python3 >/dev/null; then echo "eval: did not run: there is no python3"; \
	else \
		dir=$$(mktemp -d) && trap 'rm -rf "$$dir"' EXIT && \
		go build -o "$$dir/summitbot" ./bot && \
		echo "== summit" && python3 "$(EVAL)/summit.py" "$$dir/summitbot" "$(EVAL)/summit/questions.jsonl" && \
		echo "== tasks" && python3 "$(EVAL)/tasks.py" "$$dir/summitbot" "$(EVAL)"; \
	fi

bench: ## time the engine against its peers, and the bot against a floor
	cd facts/bench && go run .
	go run ./bot/bench

state-bench: ## time the databases with a million questions and votes
	go run ./bot/state/throwaway/run go test -count=1 -v -timeout=30m -run='^TestSpeed$$' ./bot/state -rows=1000000

fit: ## fit the weights of confidence to the tasks in EVAL
	go run ./facts/fit "$(EVAL)"

cover: ## measure how much the tests run
	go test -coverprofile=cover.out ./...
	go tool cover -func=cover.out | tail -1
