#!/usr/bin/env bash
# A bounded run of one libFuzzer program: first its corpus, then new inputs for CONVOKE_FUZZ_SECONDS (default 10).
# The seed is fixed, so that what one run finds the next one finds too; CONVOKE_FUZZ_SEED=0 takes a random one.
# New inputs go to a throw-away folder; a crash leaves its input beside the build and fails the test.
set -euo pipefail
program=$1 corpus=$2
scratch=$(mktemp -d)
trap 'rm -rf "$scratch"' EXIT
"$program" -max_total_time="${CONVOKE_FUZZ_SECONDS:-10}" -seed="${CONVOKE_FUZZ_SEED:-1}" -timeout=10 -rss_limit_mb=2048 -max_len=65536 \
  -print_final_stats=1 "$scratch" "$corpus"
