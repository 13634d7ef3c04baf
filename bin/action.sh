#!/usr/bin/env bash
# The check of action.yml: verdicts into the job's summary, reports into a folder, exit code by fail-on.
# Inputs come as HOLDFAST_* variables and are never read as commands.
set -euo pipefail

folder="${RUNNER_TEMP:-$(mktemp -d)}/holdfast"
mkdir -p "$folder"

case "${HOLDFAST_FAIL_ON:-undecided}" in
  broken | undecided | never) ;;
  *)
    echo "holdfast: fail-on is '$HOLDFAST_FAIL_ON'; expected broken, undecided or never." >&2
    exit 2
    ;;
esac

# Split at blanks and line ends, without expanding what stands in them.
set -f
# shellcheck disable=SC2206
paths=(${HOLDFAST_PATHS:-.})
set +f

options=(--bounds "${HOLDFAST_BOUNDS:-small}")
[[ -z "${HOLDFAST_FAULTS:-}" ]] || options+=(--faults "$HOLDFAST_FAULTS")
[[ -z "${HOLDFAST_REQUIRE:-}" ]] || options+=(--require "$HOLDFAST_REQUIRE")
[[ -z "${HOLDFAST_ACCEPT:-}" ]] || options+=(--accept "$HOLDFAST_ACCEPT")
[[ "${HOLDFAST_REPAIR:-true}" == true ]] || options+=(--no-repair)

code=0
node "$HOLDFAST_HOME/bin/holdfast.js" check "${options[@]}" \
  --json "$folder/results.json" --junit "$folder/junit.xml" --sarif "$folder/holdfast.sarif" \
  --markdown "$folder/summary.md" --report "$folder/report.html" -- "${paths[@]}" || code=$?

case $code in
  0) verdict=holds ;;
  1) verdict=broken ;;
  3) verdict=undecided ;;
  *) exit "$code" ;; # The sentence that says why was printed already.
esac

if [[ -n "${GITHUB_STEP_SUMMARY:-}" ]]; then cat "$folder/summary.md" >>"$GITHUB_STEP_SUMMARY"; fi
if [[ -n "${GITHUB_OUTPUT:-}" ]]; then
  printf 'verdict=%s\nfolder=%s\n' "$verdict" "$folder" >>"$GITHUB_OUTPUT"
fi

case "$verdict-${HOLDFAST_FAIL_ON:-undecided}" in
  broken-broken | broken-undecided) exit 1 ;;
  undecided-undecided) exit 3 ;;
esac
