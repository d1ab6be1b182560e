#!/usr/bin/env bash
# Runs every check. `./test.sh quick` leaves the browser out.
# What the checks need beside Rust is installed where that is allowed: Chromium (CHROMIUM names another one), the
# Node packages of tests/browser, cargo-deny, an editor (Neovim), and what reads the downloads: poppler, Info-ZIP and the
# Python packages of tests/readers. Cargo's target folder lies in a cache outside the clone unless CARGO_TARGET_DIR is set; the Python
# packages and cargo-deny lie beside it.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

case "${1:-all}" in
  all | quick) scope="${1:-all}" ;;
  *)
    echo "Usage: ./test.sh [quick]" >&2
    exit 2
    ;;
esac

target="${CARGO_TARGET_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/casebook/target}"
mkdir -p "$target"
CARGO_TARGET_DIR="$(cd "$target" && pwd)"
export CARGO_TARGET_DIR
casebook="$CARGO_TARGET_DIR/release/casebook"
readers="$(dirname "$CARGO_TARGET_DIR")/readers"
tools="$(dirname "$CARGO_TARGET_DIR")/tools"
export PATH="$tools/bin:$PATH"

scratch="$(mktemp -d)"
step_name=""
on_exit() {
  local status=$?
  rm -rf "$scratch"
  if [ "$status" -ne 0 ] && [ -n "$step_name" ]; then
    printf '\nFailed at: %s\n' "$step_name" >&2
  fi
}
trap on_exit EXIT

# step NAME COMMAND...: says what runs, runs it, and says how long it took. The first that fails ends the run.
step() {
  local began=$SECONDS
  step_name="$1"
  shift
  printf '\n== %s\n' "$step_name"
  "$@"
  printf -- '-- %s: %s s\n' "$step_name" "$((SECONDS - began))"
  step_name=""
}

have() { command -v "$1" >/dev/null 2>&1; }

# Installs Debian or Ubuntu packages where this user may; says no otherwise.
apt_install() {
  local as_root=""
  have apt-get || return 1
  if [ "$(id -u)" -ne 0 ]; then
    sudo -n true 2>/dev/null || return 1
    as_root="sudo -n"
  fi
  $as_root apt-get update -qq || true
  $as_root env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends "$@" >/dev/null
}

need_rust() {
  have cargo || { echo "Rust is missing. Install it as https://rustup.rs says." >&2; return 1; }
  if ! { cargo fmt --version && cargo clippy --version; } >/dev/null 2>&1; then
    echo "rustfmt or clippy is missing. Run: rustup component add rustfmt clippy" >&2
    return 1
  fi
  cargo --version
}

node_fits() {
  have npm && node -e '
    const [major, minor] = process.versions.node.split(".").map(Number);
    process.exit(major > 22 || (major === 22 && minor >= 12) || (major === 20 && minor >= 19) ? 0 : 1);
  ' 2>/dev/null
}

need_node() {
  node_fits || { have node || apt_install nodejs npm; } || true
  node_fits || {
    echo "Node 20.19, 22.12 or newer is needed, with npm; found: $(node --version 2>/dev/null || echo none)." >&2
    echo "Install it from https://nodejs.org or with your system's packages." >&2
    return 1
  }
  echo "node $(node --version), npm $(npm --version)"
}

need_packages() {
  (
    cd tests/browser
    if cmp -s package-lock.json node_modules/.installed-lock; then
      echo "up to date"
    else
      npm ci --no-progress
      cp package-lock.json node_modules/.installed-lock
    fi
  )
}

need_chromium() {
  local find="tests/browser/chromium.mjs"
  if ! node "$find" >/dev/null; then
    apt_install chromium fonts-liberation || true
  fi
  node "$find" || {
    echo "Chromium is missing, and could not be installed here. One of these gives it:" >&2
    echo "  sudo apt-get install chromium                              (Debian)" >&2
    echo "  cd tests/browser && npx playwright-core install chromium   (anywhere else)" >&2
    echo "or set CHROMIUM to the path of a Chromium or Chrome that you have. Without a browser: ./test.sh quick" >&2
    return 1
  }
}

# Programs that read downloads, that workflows run or that people write in, and a place of their own for the Python packages that do.
need_readers() {
  local wanted="tests/readers/requirements.txt" missing=()
  have pdfinfo || missing+=(poppler-utils)
  have jq || missing+=(jq)
  have nvim || missing+=(neovim)
  have unzip || missing+=(unzip)
  have zip || missing+=(zip)
  python3 -c 'import ensurepip, venv' 2>/dev/null || missing+=(python3-venv)
  if [ "${#missing[@]}" -gt 0 ] && ! apt_install "${missing[@]}"; then
    echo "These are missing, and could not be installed here: ${missing[*]}" >&2
    return 1
  fi
  if cmp -s "$wanted" "$readers/installed.txt"; then
    echo "up to date"
  else
    rm -rf "$readers"
    python3 -m venv "$readers"
    "$readers/bin/pip" install --quiet --disable-pip-version-check --requirement "$wanted"
    cp "$wanted" "$readers/installed.txt"
  fi
}

# What checks licences, sources and bans of the crates.
need_deny() {
  have cargo-deny || cargo install --quiet --locked --version 0.20.2 --root "$tools" --target-dir "$scratch/deny" cargo-deny
  cargo deny --version
}

rust_tests() {
  node tests/browser/commonmark.mjs >"$scratch/commonmark.json"
  node tests/browser/yaml-suite.mjs >"$scratch/yaml-suite.json"
  CASEBOOK_COMMONMARK="$scratch/commonmark.json" CASEBOOK_YAML_SUITE="$scratch/yaml-suite.json" \
    cargo test --release -- --include-ignored
}

reader_tests() {
  node --test --test-reporter=spec src/search/js/
}

# Advisories need a database from the net: the workflow on GitHub asks for those.
deny() {
  cargo deny --log-level error check bans licenses sources
}

# The library of this repository, built elsewhere: public/ stays as it is.
build_content() {
  mkdir "$scratch/library"
  cp -R casebook.yaml content themes "$scratch/library/"
  "$casebook" fmt --check --root "$scratch/library"
  "$casebook" check --strict --root "$scratch/library"
  "$casebook" build --strict --root "$scratch/library"
}

# The downloads of that library, as programs that are not ours read them.
download_tests() {
  SITE="$scratch/library/public" CASEBOOK="$casebook" \
    "$readers/bin/python" -m unittest discover --start-directory tests/readers --buffer
}

browser_tests() {
  (
    cd tests/browser
    SITE="$scratch/library/public" CASEBOOK="$casebook" LIBRARY="$OLDPWD" npm test --silent
  )
}

step "Rust" need_rust
step "Node" need_node
step "Node packages" need_packages
step "readers of downloads" need_readers
step "cargo-deny" need_deny
[ "$scope" = quick ] || step "Chromium" need_chromium
step "cargo fmt" cargo fmt --check
step "cargo clippy" cargo clippy --all-targets --release -- -D warnings
step "cargo test" rust_tests
step "search reader" reader_tests
step "licences, bans and sources" deny
step "build of content/" build_content
step "downloads" download_tests
[ "$scope" = quick ] || step "browser tests" browser_tests
printf '\nEverything passed in %s s.\n' "$SECONDS"
