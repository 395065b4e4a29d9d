#!/usr/bin/env bash
# Installs what the tests need, then builds and runs every test. Ends with one line: N passed, N failed, N skipped.
set -euo pipefail
cd "$(dirname "$0")/.."

command -v dotnet >/dev/null || { echo "Det behövs .NET 10 SDK: https://dotnet.microsoft.com/download" >&2; exit 1; }

command -v npm >/dev/null || { echo "Det behövs Node med npm, för webbplatsens stilmall: https://nodejs.org" >&2; exit 1; }

# Chromium is what the web tests look at the pages with, and what draws the figures on sheets. Where it can't be installed
# those tests are skipped and say so.
missing=()
command -v chromium-headless-shell >/dev/null || [ -n "${FINSAM_CHROMIUM:-}" ] || missing+=(chromium-headless-shell)
if [ "${#missing[@]}" -gt 0 ] && command -v apt-get >/dev/null && [ "$(id -u)" = 0 ]; then
  install() { DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null; }
  # The shell is the lighter; where the system has none of its own, the whole browser does.
  apt-get update -qq && { install "${missing[@]}" || install chromium; }
fi

results=$(mktemp -d)
trap 'rm -rf "$results"' EXIT

# What is run a few times only isn't worth being profiled: without that a fifth of the processor time is left.
export DOTNET_TieredPGO=0

dotnet restore FinsamOutcomes.sln
dotnet build FinsamOutcomes.sln --no-restore -c Release
status=0
dotnet test FinsamOutcomes.sln --no-build -c Release --logger "trx" --results-directory "$results" "$@" || status=$?

# The sums over all test projects, read from their result files.
sum() { cat "$results"/*.trx 2>/dev/null | grep -o "<Counters [^>]*" | grep -o " $1=\"[0-9]*\"" | grep -o '[0-9]*' | awk '{ s += $1 } END { print s + 0 }'; }
total=$(sum total) passed=$(sum passed) failed=$(sum failed)
[ "$total" -gt 0 ] || { echo "Inga tester kördes." >&2; exit 1; }

# Which failed, and why, is said again at the end, where it is read.
if [ "$failed" -gt 0 ]; then
  for result in "$results"/*.trx; do
    awk '/<UnitTestResult / { told = /outcome="Failed"/ } told && !/<StackTrace>/ { print } /<StackTrace>/ { told = 0 }' "$result"
  done | sed -e 's/<UnitTestResult .*testName="\([^"]*\)".*/FAILED \1/' -e 's/<[^>]*>//g' -e 's/&quot;/"/g; s/&lt;/</g; s/&gt;/>/g; s/&amp;/\&/g' | grep -v '^ *$'
fi
echo "$passed passed, $failed failed, $((total - passed - failed)) skipped"
exit "$status"
