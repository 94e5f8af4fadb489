# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# What the launchers share: where the jars are, which Java runs them, and every JVM flag of Cramdisk.
# Sourced by cramdisk, cramdisk-engine and cramdisk-gui after they have set CRAMDISK_HOME.

readonly LOWEST_JAVA=17

# Prints the feature version (17, 21, 25 ...) of the Java runtime or JDK at $1, or fails.
java_feature_of() {
    local java=$1 version='' key value release
    # The release file answers without starting a JVM; /usr/bin/java and the like are links and have none beside them.
    release="${java%/bin/java}/release"
    if [[ ! -r $release ]]; then
        release=$(readlink -f "$java")
        release="${release%/bin/java}/release"
    fi
    if [[ -r $release ]]; then
        while IFS='=' read -r key value; do
            [[ $key == JAVA_VERSION ]] && version=${value//\"/}
        done <"$release"
    else
        version=$("$java" -XshowSettings:properties -version 2>&1 |
            sed -n 's/^ *java\.specification\.version = //p') || return 1
    fi
    version=${version#1.}
    version=${version%%[.+-]*}
    [[ $version =~ ^[0-9]+$ ]] || return 1
    printf '%s\n' "$version"
}

# Sets JAVA and JAVA_FEATURE: the runtime that packages bring, JAVA_HOME, the PATH, what the distribution installed.
find_java() {
    local candidate
    for candidate in "${CRAMDISK_HOME:-/nonexistent}/runtime/bin/java" "${JAVA_HOME:-/nonexistent}/bin/java" "$(type -P java || true)" /usr/lib/jvm/*/bin/java; do
        [[ -n $candidate && -x $candidate ]] || continue
        JAVA_FEATURE=$(java_feature_of "$candidate") || continue
        if ((JAVA_FEATURE >= LOWEST_JAVA)); then
            JAVA=$candidate
            return 0
        fi
    done
    echo "cramdisk: no Java $LOWEST_JAVA or later found. Install one (Debian, Ubuntu: openjdk-17-jre-headless) or set JAVA_HOME." >&2
    return 1
}

# Keeps the build, or the installed version, that this program runs from: a later one removes those that nobody holds.
# A copy that cannot be replaced (an app image) has no such file. The lock goes with the last process that inherited the descriptor.
hold_version() {
    if [[ -e $CRAMDISK_HOME/.in-use ]]; then
        exec 9<"$CRAMDISK_HOME/.in-use"
        flock --shared 9
    fi
}

# Sets CLASS_PATH to the jars of the given folders. The order is fixed: a class data archive is only used with the
# class path it was made with.
set_class_path() {
    local LC_ALL=C IFS=: folder jars=()
    for folder in "$@"; do
        jars+=("$folder"/*.jar)
    done
    CLASS_PATH="${jars[*]}"
}

# Sets JVM_FLAGS for the program $1 (cli, engine or gui); needs find_java.
set_jvm_flags() {
    local program=$1 archive="$CRAMDISK_HOME/lib/cds/$1.jsa"
    JVM_FLAGS=(
        "-Dcramdisk.home=$CRAMDISK_HOME"
        -Dfile.encoding=UTF-8
        -XX:-UsePerfData
        -XX:+UseSerialGC
    )
    # lz4, zstd, jnr and JavaFX call native code; later Javas want that said, and complain about Unsafe.
    ((JAVA_FEATURE >= 22)) && JVM_FLAGS+=(--enable-native-access=ALL-UNNAMED)
    ((JAVA_FEATURE >= 23)) && JVM_FLAGS+=(--sun-misc-unsafe-memory-access=allow)

    case $program in
    cli)
        # Lives for a fraction of a second: start fast, never mind the peak.
        JVM_FLAGS+=(-XX:TieredStopAtLevel=1 -Xmx128m)
        ;;
    engine)
        # The work is in native codecs and in the kernel; the second compiler costs more memory and time than it wins.
        JVM_FLAGS+=(-XX:TieredStopAtLevel=1)
        # Its memory counts in the footprint of the disks. An engine that ran out of heap is worth more restarted.
        JVM_FLAGS+=(-Xms8m -Xmn4m -Xmx64m -XX:MaxDirectMemorySize=128m -Xss512k -XX:+CrashOnOutOfMemoryError -XX:-CreateCoredumpOnCrash)
        # Gives back what the compiler and cleared buffers leave in malloc; Javas that do not know the flag go without.
        JVM_FLAGS+=(-XX:+IgnoreUnrecognizedVMOptions -XX:TrimNativeHeapInterval=5000)
        # No thread keeps a large buffer for its next write to a front end.
        JVM_FLAGS+=(-Djdk.nio.maxCachedBufferSize=65536)
        # The D-Bus library logs through SLF4J, for which there is no provider on purpose.
        JVM_FLAGS+=(-Dslf4j.internal.verbosity=ERROR)
        # Beside its log; the working directory of an engine is /.
        local data="${CRAMDISK_DATA_DIR:-${XDG_STATE_HOME:-${HOME:-/tmp}/.local/state}/cramdisk}"
        JVM_FLAGS+=("-XX:ErrorFile=$data/engine-crash-%p.log")
        export MALLOC_ARENA_MAX=2
        ;;
    gui)
        # Much code that runs a few times: the second compiler only delays the first frame (gui/bench/measure).
        JVM_FLAGS+=(-XX:TieredStopAtLevel=1)
        # What lives is about 25 MiB. Left to itself, the heap begins with a share of the machine's memory and fills it.
        JVM_FLAGS+=(-Xms24m -Xmn10m -Xmx384m -XX:MinHeapFreeRatio=10 -XX:MaxHeapFreeRatio=30)
        # The toolkit keeps the shadow of every dialog softly: until the heap is full, were it not told otherwise.
        JVM_FLAGS+=(-XX:SoftRefLRUPolicyMSPerMB=50)
        # A window that mostly stands still is painted by the processor: a graphics driver costs more memory and a slower
        # start than it saves. CRAMDISK_RENDERER=es2 asks for the graphics card all the same.
        JVM_FLAGS+=("-Dprism.order=${CRAMDISK_RENDERER:-sw}" -Dprism.targetvram=24m)
        export MALLOC_ARENA_MAX=2
        ;;
    esac

    # Class data sharing. An archive that does not fit this JVM or these jars is left aside without a word.
    if [[ ${CRAMDISK_CDS_TRAIN:-} == "$program" && -n ${CRAMDISK_CDS_LIST:-} ]]; then
        # For packages: only the names, for an archive that is made where they are installed.
        JVM_FLAGS+=("-XX:DumpLoadedClassList=$CRAMDISK_CDS_LIST/$program.classes")
    elif [[ ${CRAMDISK_CDS_TRAIN:-} == "$program" ]]; then
        JVM_FLAGS+=("-XX:ArchiveClassesAtExit=$archive")
    elif [[ -r $archive ]]; then
        JVM_FLAGS+=(-Xshare:auto "-XX:SharedArchiveFile=$archive")
    fi
    JVM_FLAGS+=(-Xlog:cds=off -Xlog:cds+dynamic=off)
}
