#!/bin/sh
# SPDX-License-Identifier: MIT
#
# packages.sh VERB PACKAGE... - are the Debian packages of a verb installed?
#
# Missing ones are named, and installed as root or through sudo; no server of
# theirs is started. With NO_INSTALL=1 they are only named. Status 0: all are
# there; 1: some are not.
set -u
verb=$1
shift

if ! command -v dpkg-query >/dev/null 2>&1; then
    echo "make $verb: no dpkg here, so the packages are not checked. Needed: $*"
    exit 0
fi

missing=''
# While another package is being installed, one that is there may have triggers
# that wait.
there=$(dpkg-query -W -f='${db:Status-Status} ${Package}\n' "$@" 2>/dev/null |
    sed 's/^triggers-[a-z]* /installed /')
for package; do
    case "
$there
" in
    *"
installed $package
"*) ;;
    *) missing="$missing $package" ;;
    esac
done
[ -z "$missing" ] && exit 0

echo "make $verb: these packages are missing:$missing"
if [ -n "${NO_INSTALL:-}" ]; then
    echo "NO_INSTALL is set. Install them with: apt-get install$missing"
    exit 1
fi

as_root=''
if [ "$(id -u)" != 0 ]; then
    if ! command -v sudo >/dev/null 2>&1; then
        echo "You are not root and there is no sudo. As root: apt-get install$missing"
        exit 1
    fi
    as_root='sudo'
fi

log=$(mktemp)
policy=''
# shellcheck disable=SC2317  # called by trap
clean_up() {
    rm -f "$log"
    [ -z "$policy" ] || $as_root rm -f "$policy"
}
trap clean_up EXIT
trap 'exit 1' HUP INT TERM

# A package such as prometheus brings a server. It is not started: Debian's
# maintainer scripts ask policy-rc.d, and 101 means no.
if [ ! -e /usr/sbin/policy-rc.d ]; then
    policy=/usr/sbin/policy-rc.d
    printf '#!/bin/sh\nexit 101\n' | $as_root tee "$policy" >/dev/null
    $as_root chmod 755 "$policy"
fi
install() {
    $as_root env DEBIAN_FRONTEND=noninteractive \
        apt-get -o DPkg::Lock::Timeout=600 install -y \
        --no-install-recommends "$@" >"$log" 2>&1
}

echo "make $verb: installing them ..."
# shellcheck disable=SC2086  # one word a package
if install $missing; then
    echo "make $verb: installed."
    exit 0
fi
# The list of packages may be old, or was never fetched.
$as_root apt-get update >"$log" 2>&1
# One that cannot be had must not keep the others away.
cannot=''
for package in $missing; do
    install "$package" || {
        cannot="$cannot $package"
        tail -n 2 "$log"
    }
done
if [ -n "$cannot" ]; then
    echo "make $verb: could not be installed:$cannot"
    exit 1
fi
echo "make $verb: installed."
