#!/usr/bin/env bash
# Makes this checkout ready; safe to repeat, and quick when nothing has changed.
#   tools/setup.sh             for `make run` and `make check`
#   tools/setup.sh test        also PostgreSQL, Redis, Chromium and readers of PDF, for `make test`
#   tools/setup.sh production  without the tools of developers, for the Dockerfile
set -euo pipefail
cd "$(dirname "$0")/.."
purpose=${1:-run}

# Each step leaves the hash of what it was made from; the same hash means that there is nothing to do.
is_current() { [[ -f $1 && $(<"$1") == "$2" ]]; }
hash_of() { cat "$@" | sha256sum | cut -d ' ' -f 1; }

system_packages() {
    local groups=(run build)
    [[ $purpose == test ]] && groups+=(test)
    tools/packages.sh "${groups[@]}"
}

python_packages() {
    local locked=requirements-dev.txt stamp=.venv/made-from now
    [[ $purpose == production ]] && locked=requirements.txt
    python3 -c 'import sys; sys.exit(sys.version_info < (3, 11))' || {
        echo "python3 is $(python3 --version 2>&1); the portal needs Python 3.11 or newer." >&2
        exit 1
    }
    now="$(hash_of $locked) $(python3 --version)"
    is_current $stamp "$now" && return
    echo "Installing Python packages ($locked)"
    [[ -x .venv/bin/python ]] || python3 -m venv .venv
    .venv/bin/python -m pip install --quiet --disable-pip-version-check --require-hashes -r $locked
    echo "$now" >$stamp
}

front_end() {
    local stamp=static_build/made-from now
    if ! is_current node_modules/made-from "$(hash_of package.json package-lock.json)"; then
        echo "Installing front-end packages"
        npm ci --silent --ignore-scripts
        hash_of package.json package-lock.json >node_modules/made-from
    fi
    now=$(hash_of package.json package-lock.json isaf_portal/assets/*)
    is_current $stamp "$now" && return
    npm run --silent build
    echo "$now" >$stamp
}

catalogues() {
    local source compiled
    for source in locale/*/LC_MESSAGES/*.po; do
        compiled=${source%.po}.mo
        [[ -f $source && ! $compiled -nt $source ]] || continue
        msgfmt --check-format --output-file "$compiled" "$source"
    done
}

system_packages
python_packages
front_end
catalogues
