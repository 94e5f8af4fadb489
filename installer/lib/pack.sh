# SPDX-License-Identifier: Apache-2.0
# shellcheck shell=bash
# Packs the tree that stage.sh made; sourced by installer/build.

make_deb() {
    local root=$OUTPUT/deb architecture from=$ROOT/installer/packages package
    require dpkg-deb
    architecture=$(dpkg --print-architecture)
    package=$OUTPUT/cramdisk_${VERSION}_$architecture.deb
    rm -rf "$root"
    cp -al "$TREE" "$root"
    # Where zsh looks on Debian.
    mkdir -p "$root/usr/share/zsh/vendor-completions"
    mv "$root/usr/share/zsh/site-functions/_cramdisk" "$root/usr/share/zsh/vendor-completions"
    rmdir "$root/usr/share/zsh/site-functions"
    changelog | gzip -9 -n >"$root/usr/share/doc/cramdisk/changelog.gz"
    install -D -m 644 "$from/deb/lintian-overrides" "$root/usr/share/lintian/overrides/cramdisk"

    mkdir -m 755 "$root/DEBIAN"
    install -m 755 "$from/deb/postinst" "$from/deb/prerm" "$root/DEBIAN"
    install -m 755 "$from/removed" "$root/DEBIAN/postrm"
    sed -e "s/@VERSION@/$VERSION/" -e "s/@ARCHITECTURE@/$architecture/" \
        -e "s/@SIZE@/$(du -sk --apparent-size "$root" | cut -f 1)/" "$from/deb/control" >"$root/DEBIAN/control"
    (cd "$root" && find usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum >DEBIAN/md5sums)
    date_everything "$root"
    # As many threads everywhere, for they show in the bytes.
    dpkg-deb --root-owner-group --threads-max=2 -Zxz "-z$XZ_LEVEL" --build "$root" "$package" >/dev/null
    rm -rf "$root"
    made "$package"
}

changelog() {
    printf 'cramdisk (%s) unstable; urgency=medium\n\n' "$VERSION"
    printf '  * Release notes: https://github.com/cramdisk/cramdisk/releases\n\n'
    printf ' -- The Cramdisk project <cramdisk@users.noreply.github.com>  %s\n' "$(date -u -R -d "@$SOURCE_DATE_EPOCH")"
}

make_rpm() {
    local top=$OUTPUT/rpm package architecture
    require rpmbuild
    architecture=$(uname -m)
    rm -rf "$top"
    mkdir -p "$top"
    # Directories of other packages are theirs.
    (
        cd "$TREE"
        find . ! -type d | sed 's|^\.||'
        find ".$LIBRARY" ./usr/share/doc/cramdisk -type d | sed 's|^\.|%dir |'
    ) | LC_ALL=C sort >"$top/files"
    rpmbuild -bb --quiet --target "$architecture" --define "_topdir $top" --define "_rpmdir $top" \
        --define "stage $TREE" --define "file_list $top/files" --define "removed $ROOT/installer/packages/removed" \
        --define "product_version $VERSION" --define "_binary_payload w$ZSTD_LEVEL.zstdio" --define "_rpmfilename %%{NAME}-%%{VERSION}-%%{RELEASE}.%%{ARCH}.rpm" \
        "$ROOT/installer/packages/cramdisk.spec" >"$top/log" 2>&1 || {
        cat "$top/log" >&2
        fail "rpmbuild failed; its messages are above."
    }
    package=$OUTPUT/cramdisk-$VERSION-1.$architecture.rpm
    mv "$top/${package##*/}" "$package"
    rm -rf "$top"
    made "$package"
}

# The programs with their runtime, without anything of the system: the helper is what packages are for.
make_app_image() {
    local name image package
    name=cramdisk-$VERSION-linux-$(uname -m)
    image=$OUTPUT/$name
    package=$OUTPUT/$name.tar.gz
    rm -rf "$image"
    cp -al "$IMAGE" "$image"
    rm -rf "$image/helper" "$image/.in-use"
    cp "$TREE$LIBRARY/cramdisk-zram" "$image"
    mkdir -p "$image/share"
    cp -r "$TREE/usr/share/icons" "$TREE/usr/share/man" "$TREE/usr/share/applications" "$TREE/usr/share/doc" "$image/share"
    date_everything "$image"
    tar --create --sort=name --owner=0 --group=0 --numeric-owner --directory "$OUTPUT" "$name" | gzip -9 -n >"$package"
    made "$package"
}

made() {
    say "Made $1 ($(numfmt --to=iec-i --suffix=B "$(stat -c %s "$1")"))."
}
