#!/bin/sh
# Makes .venv with exactly what requirements.txt pins, or says in one line why it cannot.
set -eu
cd "$(dirname "$0")/.."

fail() {
  echo "setup: $1" >&2
  exit 1
}

supported() {
  "$1" -c 'import sys; sys.exit(not (3, 11) <= sys.version_info[:2] <= (3, 13))' 2>/dev/null
}

# The one search path: the tree that the environment stands in, by a path relative to it, and the harness of problems/.
find_packages() {
  for packages in .venv/lib/python3.*/site-packages; do
    printf '../../../..\n../../../../problems\n' >"$packages/miaotui.pth"
  done
}

# Whether .venv has what is pinned, and the Python that it was made with is still there and still of that version.
made() {
  { cmp -s requirements.txt .venv/.requirements && .venv/bin/python -c 'import yaml'; } 2>/dev/null
}

install() {
  .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes "$@" >"$log" 2>&1
}

# What is half made goes, and what was there before comes back.
leave() {
  rm -f "$log"
  [ "$done" = yes ] || rm -rf .venv
  if [ "$done" != yes ] && { [ -e "$before" ] || [ -L "$before" ]; }; then mv "$before" .venv; fi
  rm -rf "$before"
}

if made; then
  [ -f "$(echo .venv/lib/python3.*/site-packages/miaotui.pth)" ] || find_packages
  exit 0
fi

for python in "${PYTHON:-python3}" python3.13 python3.12 python3.11 none; do
  [ "$python" != none ] || fail "no Python 3.11 to 3.13 was found; install one, or name it: make PYTHON=/path/to/python3"
  if supported "$python"; then break; fi
done

# Two at once would take each other's environment away: the second waits, and finds it made. The lock ends with this
# process, however that ends.
if [ "${1:-}" != locked ]; then
  mkdir -p .cache
  exec "$python" -c 'import fcntl, os, sys
lock = os.open(".cache/setup.lock", os.O_RDWR | os.O_CREAT)
fcntl.flock(lock, fcntl.LOCK_EX)
os.set_inheritable(lock, True)
os.execv("/bin/sh", ["/bin/sh", sys.argv[1], "locked"])' "scripts/$(basename "$0")"
fi

echo "setup: making .venv with $("$python" --version) (about a minute, once)"
log=$(mktemp) before=.cache/venv-before done=no
trap leave EXIT
trap 'exit 130' HUP INT TERM
rm -rf "$before"
if [ -e .venv ] || [ -L .venv ]; then mv .venv "$before"; fi
"$python" -m venv .venv >"$log" 2>&1 || fail "the virtual environment could not be made ($(tail -n 1 "$log")); on Debian: apt-get install python3-venv"
if ! install -r requirements.txt; then
  fail "the packages of requirements.txt could not be installed ($(grep -i error "$log" | head -n 1 | cut -c1-160)); is there a network?"
fi
find_packages
cp requirements.txt .venv/.requirements
done=yes
echo "setup: done"
