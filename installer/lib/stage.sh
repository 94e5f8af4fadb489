# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Puts together the tree that every package holds, in $OUTPUT/tree; sourced by installer/build after it has set VERSION,
# OUTPUT and SOURCE_DATE_EPOCH.

# What the programs need of the JDK: what jdeps finds, German besides English, and the credentials of Unix sockets.
readonly RUNTIME_MODULES=java.base,java.desktop,java.logging,java.management,java.rmi,java.sql,java.xml,jdk.jfr,jdk.localedata,jdk.net,jdk.security.auth,jdk.unsupported
readonly RUNTIME_OPTIONS=(--strip-debug --no-header-files --no-man-pages --include-locales=en,de)
# Of java.desktop only classes are used; JavaFX draws and types by itself.
readonly UNUSED_LIBRARIES=(awt awt_headless awt_xawt fontmanager javajpeg jawt jsound lcms mlib_image splashscreen)
readonly LIBRARY=/usr/lib/cramdisk
readonly APPLICATION=io.github.cramdisk.Cramdisk

# Everything in $TREE; installed programs are in $IMAGE.
stage() {
    require jdk strip python3
    TREE=$OUTPUT/tree
    IMAGE=$TREE$LIBRARY/image
    say "Putting together Cramdisk $VERSION ..."
    rm -rf "$TREE"
    mkdir -p "$IMAGE"
    stage_programs
    stage_runtime
    stage_class_lists
    stage_helper
    stage_desktop
    stage_units
    stage_manual
    stage_documents
    date_everything "$TREE"
}

stage_programs() {
    local jar program
    cp -a "$DIST/bin" "$DIST/lib" "$IMAGE"
    rm -f "$IMAGE"/lib/cds/*
    mkdir -p "$IMAGE/helper"
    cp -a "$DIST/helper/lib" "$DIST/helper/cramdisk-helper" "$IMAGE/helper"
    # Listed on the class path of Maven, but no jar.
    find "$IMAGE" -name '*.pom' -delete
    for jar in "$IMAGE"/helper/lib/*.jar "$IMAGE"/lib/gui/*.jar; do
        ! cmp -s "$jar" "$IMAGE/lib/${jar##*/}" || ln -f "$IMAGE/lib/${jar##*/}" "$jar"
    done
    # The jar that checks every message before the D-Bus library sees it comes first on the class path.
    mv "$IMAGE"/helper/lib/cramdisk-helper-[0-9]*.jar "$IMAGE/helper/cramdisk-helper.jar"
    fill_in_place "$IMAGE/helper/cramdisk-helper"
    chmod 755 "$IMAGE/helper/cramdisk-helper"
    : >"$IMAGE/.in-use"
    install -m 755 "$ROOT/installer/system/cramdisk-zram" "$ROOT/installer/packages/setup" "$TREE$LIBRARY"
    mkdir -p "$TREE/usr/bin"
    for program in cramdisk cramdisk-engine cramdisk-gui; do
        ln -s "../lib/cramdisk/current/bin/$program" "$TREE/usr/bin/$program"
    done
}

# The places of this installation in the helper's files.
fill_in_place() {
    sed -i -e "s|@LIBRARY@|$LIBRARY/current/helper|g" -e "s|@JAVA@|$LIBRARY/current/runtime/bin/java|g" "$1"
}

stage_runtime() {
    local name
    "$JDK/bin/jlink" --add-modules "$RUNTIME_MODULES" "${RUNTIME_OPTIONS[@]}" --output "$IMAGE/runtime"
    for name in "${UNUSED_LIBRARIES[@]}"; do
        rm -f "$IMAGE/runtime/lib/lib$name.so"
    done
    # Programs of the JDK that nobody calls.
    find "$IMAGE/runtime/bin" -type f ! -name java -delete
    rm -f "$IMAGE"/runtime/lib/{jexec,psfont*}
    find "$IMAGE/runtime" -type f \( -name '*.so' -o -perm -100 \) -exec strip --strip-unneeded {} +
    chmod -R u=rwX,go=rX "$IMAGE/runtime"
}

# The names of the classes that each program loads at its start: "setup" makes archives of them where they are installed.
# They are sources, because no two runs load quite the same. A name that is gone is passed over; what is missing is
# loaded more slowly. "installer/build class-lists" makes them anew.
stage_class_lists() {
    install -m 644 "$ROOT"/installer/packages/classes/*.classes "$IMAGE/lib/cds"
}

make_class_lists() {
    local list lists=$ROOT/installer/packages/classes made=$IMAGE/lib/cds
    require xvfb-run xauth
    CRAMDISK_CDS_LIST=$made train_class_data_sharing "$IMAGE" gui
    for list in cli engine gui; do
        [[ -s $made/$list.classes ]] || fail "The list of the classes of \"$list\" could not be made."
        # Without numbers, and what was made at run time.
        sed -e 's/ id: [0-9]*$//' -e '/source:/d' -e '/^#/d' "$made/$list.classes" | LC_ALL=C sort -u >"$lists/$list.classes"
    done
    say "Made $lists."
}

stage_helper() {
    local name=io.github.cramdisk from=$DIST/helper unit=$TREE/usr/lib/systemd/system
    install -D -m 644 "$from/$name.helper.policy" -t "$TREE/usr/share/polkit-1/actions"
    install -D -m 644 "$ROOT/installer/system/50-cramdisk.rules" -t "$TREE/usr/share/polkit-1/rules.d"
    install -D -m 644 "$from/$name.Helper1.conf" -t "$TREE/usr/share/dbus-1/system.d"
    install -D -m 644 "$from/$name.Helper1.service" -t "$TREE/usr/share/dbus-1/system-services"
    install -D -m 644 "$from/cramdisk-helper.service" -t "$unit"
    install -D -m 644 "$from/helper-protocol.md" -t "$IMAGE/helper"
    fill_in_place "$TREE/usr/share/dbus-1/system-services/$name.Helper1.service"
    fill_in_place "$unit/cramdisk-helper.service"
}

stage_desktop() {
    local from=$ROOT/installer/packages size
    install -D -m 644 "$from/$APPLICATION.desktop" -t "$TREE/usr/share/applications"
    install -D -m 644 "$from/$APPLICATION.metainfo.xml" -t "$TREE/usr/share/metainfo"
    mkdir -p "$TREE/usr/share/icons"
    cp -r "$ROOT/icons/hicolor" "$TREE/usr/share/icons"
    # Sizes of the icon theme; the largest is for other uses.
    for size in "$TREE"/usr/share/icons/hicolor/*; do
        chmod -R u=rwX,go=rX "$size"
    done
}

stage_units() {
    local from=$ROOT/installer/packages
    install -D -m 644 "$from/systemd/cramdisk-engine.system.service" "$TREE/usr/lib/systemd/system/cramdisk-engine.service"
    install -D -m 644 "$from/systemd/cramdisk-engine.user.service" "$TREE/usr/lib/systemd/user/cramdisk-engine.service"
    install -D -m 644 "$from/cramdisk.sysusers" "$TREE/usr/lib/sysusers.d/cramdisk.conf"
}

# Makes what packages need besides programs: what makes manual pages and completions, and the bill of materials.
build_documents() {
    local log
    find_jdk
    log=$(mktemp)
    if ! (
        cd "$ROOT"
        export JAVA_HOME=$JDK
        mvn -B -q package -Dmaven.test.skip=true -Dspotless.check.skip=true -pl engine/manual -am &&
            mvn -B -q "org.cyclonedx:cyclonedx-maven-plugin:$(pom_property cyclonedx.version):makeAggregateBom" \
                -pl engine/daemon,engine/cli,engine/helper,gui -am "-DoutputDirectory=$ROOT/target" \
                -DoutputFormat=json -DoutputName=bom -DincludeTestScope=false
    ) </dev/null >"$log" 2>&1; then
        cat "$log" >&2
        fail "The build failed; the messages are above."
    fi
    rm -f "$log"
}

stage_manual() {
    local made=$OUTPUT/manual day page man=$TREE/usr/share/man class_path
    day=$(date -u -d "@$SOURCE_DATE_EPOCH" +%Y-%m-%d)
    class_path=$ROOT/engine/manual/target/classes:$(<"$ROOT/engine/manual/target/runtime.classpath")
    rm -rf "$made"
    "$JDK/bin/java" -cp "$class_path" io.github.cramdisk.manual.Main "$made" "$VERSION" "$day"
    install -D -m 644 -t "$man/man1" "$made"/man/*.1
    for page in cramdisk-gui.1 cramdisk-engine.8; do
        mkdir -p "$man/man${page##*.}"
        sed -e "s/@DAY@/$day/" -e "s/@VERSION@/$VERSION/" "$ROOT/installer/packages/$page" >"$man/man${page##*.}/$page"
    done
    gzip -9 -n "$man"/man?/*
    # It is sourced: without the line that names an interpreter.
    sed -i 1d "$made/cramdisk.bash"
    install -D -m 644 "$made/cramdisk.bash" "$TREE/usr/share/bash-completion/completions/cramdisk"
    install -D -m 644 "$made/cramdisk.zsh" "$TREE/usr/share/zsh/site-functions/_cramdisk"
    install -D -m 644 "$made/cramdisk.fish" "$TREE/usr/share/fish/vendor_completions.d/cramdisk.fish"
    rm -rf "$made"
}

stage_documents() {
    local to=$TREE/usr/share/doc/cramdisk
    mkdir -p "$to"
    install -m 644 "$ROOT/installer/packages/copyright" "$to"
    python3 "$ROOT/installer/lib/bill.py" "$ROOT/target/bom.json" "$TREE/usr" "$to"
    printf '%s\n' "$VERSION" >"$IMAGE/version"
    # The name of this content among the versions that are installed.
    (
        cd "$IMAGE"
        find . -type f ! -name id -print0 | LC_ALL=C sort -z | xargs -0 sha256sum
        find . -type l -printf '%p %l\n' | LC_ALL=C sort
    ) | sha256sum | cut -c 1-16 >"$OUTPUT/id"
    mv "$OUTPUT/id" "$IMAGE/id"
}

# One time for all, so that equal sources make equal bytes.
date_everything() {
    find "$1" -print0 | xargs -0 touch --no-dereference "--date=@$SOURCE_DATE_EPOCH"
}

version_of_checkout() {
    sed -n '0,/<version>/s|.*<version>\(.*\)</version>.*|\1|p' "$ROOT/pom.xml" | sed 's/-SNAPSHOT$/~dev/'
}

pom_property() {
    sed -n "s|.*<$1>\(.*\)</$1>.*|\1|p" "$ROOT/pom.xml"
}
