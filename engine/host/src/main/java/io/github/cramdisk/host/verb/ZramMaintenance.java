// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.volume.ZramDevice;
import io.github.cramdisk.api.volume.ZramPages;
import io.github.cramdisk.api.volume.ZramUpkeep;
import io.github.cramdisk.host.syscall.Errno;
import io.github.cramdisk.host.syscall.FileCalls;
import io.github.cramdisk.host.syscall.KernelException;
import io.github.cramdisk.host.zram.ZramDevices;
import io.github.cramdisk.host.zram.ZramState;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/**
 * Recompresses what is in a zram device and writes it back, by the kernel's one-shot triggers; see
 * Documentation/admin-guide/blockdev/zram.rst.
 */
final class ZramMaintenance {
    /** writeback_limit counts in these, whatever the size of a page. */
    private static final long LIMIT_UNIT_BYTES = 4096;

    private final Path root;
    private final Refusals refusals;

    ZramMaintenance(Path root, Refusals refusals) {
        this.root = root;
        this.refusals = refusals;
    }

    /** @param stillSame called before each step: throws when the number belongs to another device now */
    void run(ZramDevice device, ZramUpkeep upkeep, Runnable stillSame) {
        check(device, upkeep);
        for (ZramPages pages : upkeep.recompress()) {
            stillSame.run();
            write(device, "recompress", "type=" + pages.text(), "recompress " + device);
        }
        if (!upkeep.writeBack().isEmpty()) {
            stillSame.run();
            limit(device, upkeep.writeBackAtMost());
        }
        for (ZramPages pages : upkeep.writeBack()) {
            stillSame.run();
            writeBack(device, pages, upkeep.writeBackAtMost() != null);
        }
        if (!upkeep.keepMarks()) {
            stillSame.run();
            write(device, "idle", "all", "mark what is in " + device + " as idle");
        }
    }

    /** All that can be known is refused before anything is done. */
    private void check(ZramDevice device, ZramUpkeep upkeep) {
        ZramState state = state(device);
        if (!upkeep.recompress().isEmpty() && !state.canRecompress()) {
            throw refusals.unsupported("recompression by zram (CONFIG_ZRAM_MULTI_COMP, Linux 6.2)");
        }
        if (!upkeep.writeBack().isEmpty() && !state.canWriteBack()) {
            throw refusals.unsupported("writing pages of zram back to a disk (CONFIG_ZRAM_WRITEBACK)");
        }
        upkeep.check(!state.recompression().isEmpty(), state.backing().isPresent());
        if (!state.initialised()) {
            throw new CramdiskException(ErrorKind.INVALID_ZRAM_OPTION, "upkeep", "It is not set up.");
        }
    }

    private ZramState state(ZramDevice device) {
        try {
            return new ZramDevices(root)
                    .read(device.number())
                    .orElseThrow(
                            () -> new CramdiskException(ErrorKind.NO_SUCH_VOLUME, "zram device", device.toString()));
        } catch (IOException e) {
            throw Refusals.unreadable(e);
        }
    }

    private void limit(ZramDevice device, @Nullable ByteSize most) {
        String doing = "limit what " + device + " writes back";
        if (most != null) {
            write(device, "writeback_limit", Long.toString(most.bytes() / LIMIT_UNIT_BYTES), doing);
        }
        write(device, "writeback_limit_enable", most == null ? "0" : "1", doing);
    }

    private void writeBack(ZramDevice device, ZramPages pages, boolean limited) {
        try {
            FileCalls.writeValue(file(device, "writeback"), pages.text());
        } catch (KernelException e) {
            // So the kernel tells that the limit is reached; that is no failure.
            if (!limited || e.errno() != Errno.EIO) {
                throw refusals.of("write pages of " + device + " back", e);
            }
        }
    }

    private void write(ZramDevice device, String name, String value, String doing) {
        try {
            FileCalls.writeValue(file(device, name), value);
        } catch (KernelException e) {
            throw refusals.of(doing, e);
        }
    }

    private String file(ZramDevice device, String name) {
        return root.resolve("sys/block").resolve(device.name()).resolve(name).toString();
    }
}
