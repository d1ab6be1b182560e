#!/usr/bin/env bash
# What downloads cost: CASEBOOK=target/release/casebook benches/downloads/measure.sh [PACKS] [CASE_STUDIES]
# Copies of this repository's own pack and case study, each under a title of its own, built with and without downloads.
# Nothing else may run beside it. It writes to memory where there is /dev/shm.
set -euo pipefail
root="$(cd "$(dirname "${BASH_SOURCE[0]}")/../.." && pwd)"
casebook="$(realpath "${CASEBOOK:-$root/target/release/casebook}")"
packs="${1:-200}"
studies="${2:-2000}"
scratch="$(mktemp -d --tmpdir="$([ -d /dev/shm ] && echo /dev/shm || echo "${TMPDIR:-/tmp}")")"
trap 'rm -rf "$scratch"' EXIT

# library NAME: the library of this repository, to add copies to.
library() {
  mkdir "$scratch/$1"
  cp -R "$root/casebook.yaml" "$root/content" "$root/themes" "$scratch/$1/"
  cd "$scratch/$1"
}

# took NAME ARGUMENT...: one build, its seconds, its processor time and its memory.
took() {
  local name="$1"
  shift
  /usr/bin/time -f "$name: %e s, %U s of processor time, %M KB" "$casebook" build --quiet "$@"
}

# measure: each library from nothing and again; what is made for the one build must not help the other.
measure() {
  took "$1, without, first" --no-downloads
  for _ in 1 2 3; do took "$1, without, again" --no-downloads; done
  rm -rf public .public.casebook .casebook
  took "$1, with, first"
  for _ in 1 2 3; do took "$1, with, again"; done
}

library packs
for number in $(seq 2 "$packs"); do
  cp -R content/packs/care-leavers-week-2027 "content/packs/copy-$number"
  sed -i "s/^title: .*/title: Pack copy $number/" "content/packs/copy-$number/index.md"
done
measure "$packs packs"

library studies
for number in $(seq 2 "$studies"); do
  sed "s/^title: .*/title: Case study copy $number/" content/case-studies/luton-mentoring.md > "content/case-studies/copy-$number.md"
done
measure "$studies case studies"

library one
"$casebook" build --quiet
for line in one two three; do
  echo "Line $line." >> content/packs/care-leavers-week-2027/index.md
  "$casebook" build --verbose 2>&1 | sed -n 's/^ *publish/one pack changed, publish:/p'
done
