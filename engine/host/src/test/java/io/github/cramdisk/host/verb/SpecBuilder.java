// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.volume.FileMode;
import io.github.cramdisk.api.volume.HugePages;
import io.github.cramdisk.api.volume.InodeWidth;
import io.github.cramdisk.api.volume.MemoryPolicy;
import io.github.cramdisk.api.volume.MountFlags;
import io.github.cramdisk.api.volume.SizeLimit;
import io.github.cramdisk.api.volume.TmpfsQuota;
import io.github.cramdisk.api.volume.TmpfsSpec;
import org.jspecify.annotations.Nullable;

/** Builds the specification of a tmpfs of 16 MiB with a few options. */
final class SpecBuilder {
    private final String target;
    private boolean create;
    private SizeLimit size = SizeLimit.of(ByteSize.ofMebi(16));
    private @Nullable Long inodes;
    private @Nullable FileMode mode;
    private @Nullable Long uid;
    private @Nullable Long gid;
    private @Nullable HugePages huge;
    private @Nullable MemoryPolicy policy;
    private boolean noswap;
    private @Nullable InodeWidth width;
    private @Nullable TmpfsQuota quota;
    private @Nullable String casefold;

    SpecBuilder(String target) {
        this.target = target;
    }

    SpecBuilder create() {
        create = true;
        return this;
    }

    SpecBuilder size(SizeLimit value) {
        size = value;
        return this;
    }

    SpecBuilder inodes(long value) {
        inodes = value;
        return this;
    }

    SpecBuilder mode(String octal) {
        mode = FileMode.parse(octal);
        return this;
    }

    SpecBuilder owner(long ownerUid, long ownerGid) {
        uid = ownerUid;
        gid = ownerGid;
        return this;
    }

    SpecBuilder huge(HugePages value) {
        huge = value;
        return this;
    }

    SpecBuilder policy(MemoryPolicy value) {
        policy = value;
        return this;
    }

    SpecBuilder noswap() {
        noswap = true;
        return this;
    }

    SpecBuilder width(InodeWidth value) {
        width = value;
        return this;
    }

    SpecBuilder quota(TmpfsQuota value) {
        quota = value;
        return this;
    }

    SpecBuilder casefold(String encoding) {
        casefold = encoding;
        return this;
    }

    TmpfsSpec build() {
        return new TmpfsSpec(
                target,
                create,
                size,
                inodes,
                mode,
                uid,
                gid,
                huge,
                policy,
                noswap,
                width,
                quota,
                casefold,
                casefold != null,
                MountFlags.DEFAULT,
                false);
    }
}
