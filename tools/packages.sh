#!/usr/bin/env bash
# Installs those system packages of the named groups (tools/system-packages.txt) that are missing.
#   tools/packages.sh run build test
# Where it may not install, it says what is missing and how to get it, and stops.
set -euo pipefail
cd "$(dirname "$0")/.."

missing=()
while IFS='|' read -r group package check; do
    group=${group// /} package=${package// /}
    [[ -z $group || $group == \#* || " $* " != *" $group "* ]] && continue
    check=${check:-}
    [[ -n ${check// /} ]] || check="dpkg-query -W -f '\${Status}' $package | grep -q 'ok installed'"
    bash -c "$check" </dev/null >/dev/null 2>&1 || missing+=("$package")
done <tools/system-packages.txt
((${#missing[@]})) || exit 0

as_root=()
if [[ $(id -u) != 0 ]]; then
    as_root=(sudo)
    # Without a terminal sudo cannot ask for a password; better to say so than to hang.
    [[ -t 0 ]] || as_root+=(-n)
fi
if ! command -v apt-get >/dev/null || ! { [[ $(id -u) == 0 ]] || sudo -n true 2>/dev/null || { [[ -t 0 ]] && sudo -v; }; }; then
    echo "These system packages are missing: ${missing[*]}" >&2
    echo "Install them, then run this again. On Debian or Ubuntu, as root:" >&2
    echo "    apt-get update && apt-get install --no-install-recommends ${missing[*]}" >&2
    exit 1
fi

# PostgreSQL and Redis are started by the tests themselves; the package must not leave a server running.
no_servers=/usr/sbin/policy-rc.d
if [[ ! -e $no_servers ]]; then
    trap '"${as_root[@]}" rm -f $no_servers' EXIT
    printf '#!/bin/sh\nexit 101\n' | "${as_root[@]}" tee $no_servers >/dev/null
    "${as_root[@]}" chmod +x $no_servers
fi
echo "Installing system packages: ${missing[*]}"
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get update -qq </dev/null
"${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
    -o Dpkg::Use-Pty=0 "${missing[@]}" </dev/null >/dev/null
