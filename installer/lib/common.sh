# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Words and small helps for ./run and ./test; sourced after ROOT is set.

readonly DIST="$ROOT/target/dist"

say() {
    printf '%s\n' "$*" >&2
}

fail() {
    say "$*"
    exit 1
}

# Whether the user at the terminal says yes. Nobody there: no.
confirm() {
    local answer
    [[ -t 0 && -t 2 ]] || return 1
    read -r -p "$1 [Y/n] " answer || return 1
    [[ -z $answer || $answer == [Yy]* ]]
}

have() {
    type -P "$1" >/dev/null
}
