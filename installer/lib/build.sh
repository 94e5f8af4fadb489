# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Builds target/dist: bin/ (launchers), lib/ (engine and command line), lib/gui/ (window, complete in itself). Sourced by ./run and ./test.
#
# target/dist is a link to target/builds/N. Every build makes a new folder and then turns the link, so that the jars of
# a running program never change under it. Builds that a program still runs from are kept; it holds a lock on .in-use.

# Whether the build in target/dist is missing or older than a source. Looks at src folders and build files only: the
# folders around them change with every Maven run.
needs_build() {
    local newer
    [[ -e $DIST/.stamp ]] || return 0
    newer=$(find "$ROOT/pom.xml" "$ROOT"/engine/pom.xml "$ROOT"/{engine/*,gui}/{pom.xml,src/main} "$ROOT"/installer/{launchers,helper,system} \
        "$ROOT/.mvn" -newer "$DIST/.stamp" -print -quit 2>/dev/null || true)
    [[ -n $newer ]]
}

# Builds if needed. Two at once: the second waits for the first and takes its result.
build_if_needed() {
    needs_build || return 0
    require jdk maven flock
    mkdir -p "$ROOT/target/builds"
    (
        if ! flock --nonblock 8; then
            say "Waiting for the build that is running in this folder ..."
            flock 8
        fi
        if needs_build; then
            # The descriptor of the lock must not reach what the build starts.
            build_dist 8>&-
        fi
    ) 8>"$ROOT/target/.build-lock"
}

# Runs in a subshell, for its trap.
build_dist() {
    local started=$SECONDS log
    build=$(mktemp -d "$ROOT/target/builds/$(date +%Y%m%d-%H%M%S).XXXXXX")
    # Nothing half-built stays, whatever happens.
    trap 'rm -rf "$build" "$build.log"' EXIT
    chmod 755 "$build"
    # What changes from here on is newer than this build.
    touch "$build/.stamp"
    log=$build.log
    if [[ -e $DIST ]]; then
        say "Building: sources have changed ..."
    else
        say "Building Cramdisk for the first time; this takes a few minutes while Maven fetches libraries ..."
    fi
    if ! (cd "$ROOT" && JAVA_HOME="$JDK" mvn -B -q package -Dmaven.test.skip=true -Dspotless.check.skip=true \
        -pl engine/daemon,engine/cli,engine/helper,gui -am) </dev/null >"$log" 2>&1; then
        cat "$log" >&2
        fail "The build failed; the messages are above."
    fi

    mkdir -p "$build"/{bin,lib/gui,lib/cds,helper/lib}
    copy_class_path engine/daemon "$build/lib"
    copy_class_path engine/cli "$build/lib"
    copy_class_path gui "$build/lib/gui" "$build/lib"
    # What installer/install-helper copies to a directory of root.
    copy_class_path engine/helper "$build/helper/lib"
    install -m 644 "$ROOT"/installer/helper/* "$ROOT/engine/docs/helper-protocol.md" "$build/helper"
    install -m 755 "$ROOT/installer/system/cramdisk-zram" "$build/helper"
    install -m 644 "$ROOT/installer/launchers/gui-logging.properties" "$build/lib/gui/logging.properties"
    install -m 755 "$ROOT"/installer/launchers/cramdisk{,-engine,-gui} "$build/bin"
    install -m 644 "$ROOT/installer/launchers/launch.sh" "$build/lib"
    : >"$build/.in-use"
    train_class_data_sharing "$build"

    local link="$DIST.new.$$"
    ln -sfn "builds/${build##*/}" "$link"
    mv -T "$link" "$DIST"
    trap 'rm -f "$build.log"' EXIT
    remove_old_builds "$build"
    say "Built in $((SECONDS - started)) s."
}

# Copies the jar of module $1 and of everything it needs at run time to $2; what is in folder $3 already becomes a link.
copy_class_path() {
    local module=$ROOT/$1 to=$2 besides=${3:-} own='' jar jars
    # The newest, should the jar of an earlier version lie there too.
    for jar in "$module/target/cramdisk-${1##*/}"-*.jar; do
        [[ $jar == *-sources.jar || $jar == *-javadoc.jar || $jar -ot $own ]] || own=$jar
    done
    # read reports the end of the file, for the line has no newline.
    IFS=: read -r -a jars <"$module/target/runtime.classpath" || [[ ${#jars[@]} -gt 0 ]]
    for jar in "$own" "${jars[@]}"; do
        if [[ -n $besides && -e $besides/${jar##*/} ]]; then
            ln "$besides/${jar##*/}" "$to/"
        else
            cp -p "$jar" "$to/"
        fi
    done
}

# Runs the command line and the engine once, in private folders, so that they leave archives of their loaded classes
# (start-up takes about half the time with them), or with CRAMDISK_CDS_LIST their names. With a second argument "gui" also
# the window. Without archives everything works, only slower.
train_class_data_sharing() {
    local build=$1 window=${2:-} scratch
    # The engine wants its arena on tmpfs.
    scratch=$(mktemp -d /dev/shm/cramdisk-train.XXXXXX) || return 0
    (
        export CRAMDISK_RUNTIME_DIR=$scratch/run CRAMDISK_ARENA_DIR=$scratch/arena \
            CRAMDISK_CONFIG_DIR=$scratch/config CRAMDISK_DATA_DIR=$scratch/data
        mkdir -m 700 "$scratch"/{run,arena,config,config/disks,data}
        # A definition to read at start, as every later start has.
        echo 'size = "64M"' >"$scratch/config/disks/defined.toml"
        CRAMDISK_CDS_TRAIN=engine timeout 60 "$build/bin/cramdisk-engine" --foreground &
        engine=$!
        for ((i = 0; i < 100; i++)); do
            [[ ! -S $scratch/run/engine.sock ]] || break
            sleep 0.1
        done
        cli="$build/bin/cramdisk"
        timeout 30 "$cli" disk create training --size 64M &&
            timeout 30 "$cli" disk set training --codec zstd:3 &&
            CRAMDISK_CDS_TRAIN=cli timeout 30 "$cli" disk list &&
            { [[ $window != gui ]] || train_window "$build" "$scratch"; } &&
            timeout 30 "$cli" engine stop
        wait "$engine"
    ) </dev/null >"$scratch/log" 2>&1 || true
    rm -rf "$scratch"
}

# Opens the window on a display of its own, until its second timing says that it can be used.
train_window() {
    # The variables are for the inner shell.
    # shellcheck disable=SC2016
    CRAMDISK_CDS_TRAIN=gui LC_ALL=C.UTF-8 xvfb-run --auto-servernum \
        --server-args='-screen 0 1280x1024x24 -nolisten tcp' bash -c '
        timeout 60 "$1/bin/cramdisk-gui" --print-timings >"$2/timings" &
        window=$!
        for ((i = 0; i < 300; i++)); do
            [[ $(wc -l <"$2/timings") -lt 2 ]] || break
            sleep 0.1
        done
        kill "$window"
        wait "$window" || true' bash "$1" "$2"
}

# Removes the builds that nothing runs from, but $1 and the one before it (a short command may just be starting there).
remove_old_builds() {
    local current=$1 old=() folder i
    for folder in "$ROOT"/target/builds/*/; do
        [[ ${folder%/} == "$current" ]] || old+=("${folder%/}")
    done
    for ((i = 0; i < ${#old[@]} - 1; i++)); do
        if [[ ! -e ${old[i]}/.in-use ]]; then
            rm -rf "${old[i]}"
        else
            flock --nonblock --exclusive "${old[i]}/.in-use" rm -rf "${old[i]}" || true
        fi
    done
}
