#!/bin/sh
# Makes .venv with exactly what requirements.txt pins, or says in one line why it cannot.
set -eu
cd "$(dirname "$0")/.."

fail() {
  echo "setup: $1" >&2
  exit 1
}

new_enough() {
  "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

# The one search path: the tree that the environment stands in, by a path relative to it, and the harness of problems/.
find_packages() {
  for packages in .venv/lib/python3.*/site-packages; do
    printf '../../../..\n../../../../problems\n' >"$packages/miaotui.pth"
  done
}

stamp=.venv/.requirements
if [ -f "$stamp" ] && cmp -s requirements.txt "$stamp"; then
  [ -f "$(echo .venv/lib/python3.*/site-packages/miaotui.pth)" ] || find_packages
  exit 0
fi

for python in "${PYTHON:-python3}" python3.14 python3.13 python3.12 python3.11 none; do
  [ "$python" != none ] || fail "no Python 3.11 or newer was found; install one, or name it: make PYTHON=/path/to/python3"
  if new_enough "$python"; then break; fi
done

echo "setup: making .venv with $("$python" --version) (about a minute, once)"
rm -rf .venv
log=$(mktemp)
trap 'rm -f "$log"' EXIT
"$python" -m venv .venv >"$log" 2>&1 || fail "the virtual environment could not be made ($(tail -n 1 "$log")); on Debian: apt-get install python3-venv"
if ! .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r requirements.txt >"$log" 2>&1; then
  rm -rf .venv
  fail "the packages of requirements.txt could not be installed ($(grep -i error "$log" | head -n 1 | cut -c1-160)); is there a network?"
fi
find_packages
cp requirements.txt "$stamp"
echo "setup: done"
