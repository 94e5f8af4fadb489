// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.nbd;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.attach.DiskDevice;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AttachmentRecordsTest {
    private static final long UID = 1000;
    private static final DiskDevice DEVICE = new DiskDevice(3);

    @TempDir
    private Path root;

    private AttachmentRecords records;

    @BeforeEach
    void open() throws IOException {
        Files.createDirectories(root.resolve("sys/block/nbd0"));
        records = new AttachmentRecords(root);
    }

    @Test
    void aDeviceIsKnownFromTheMomentTheKernelMakesIt() throws IOException {
        String identifier = announce("builds");
        assertThat(records.all()).isEmpty();

        make(DEVICE, identifier);

        AttachedDisk expected = new AttachedDisk(DEVICE, "builds", "/dev/shm/cramdisk", UID, identifier);
        assertThat(records.all()).containsExactly(expected);
        assertThat(records.of(DEVICE)).contains(expected);
    }

    @Test
    void theFirstAttachOnAMachineMakesTheDirectory() throws IOException {
        assertThat(records.all()).isEmpty();
        make(DEVICE, announce("builds"));
        assertThat(records.all()).hasSize(1);
    }

    @Test
    void aDeviceOfAnotherProgramIsNotOurs() throws IOException {
        announce("builds");
        make(DEVICE, "../../../etc/passwd");
        make(new DiskDevice(4), newIdentifier());

        assertThat(records.all()).isEmpty();
        assertThat(records.of(DEVICE)).isEmpty();
    }

    @Test
    void devicesAreInTheOrderOfTheirNumbers() throws IOException {
        make(new DiskDevice(10), announce("ten"));
        make(new DiskDevice(9), announce("nine"));

        assertThat(records.all()).extracting(AttachedDisk::disk).containsExactly("nine", "ten");
    }

    @Test
    void aRecordThatWasForgottenIsNotCounted() throws IOException {
        String identifier = announce("builds");
        make(DEVICE, identifier);

        records.remove(identifier);

        assertThat(records.all()).isEmpty();
    }

    @Test
    void theNextAttachTakesAwayWhatWasLeftByAHelperThatWasKilled() throws IOException {
        Path left = file(announce("left"));
        Path live = file(announce("live"));
        make(DEVICE, live.getFileName().toString());
        Path pending = file(announce("pending"));
        Instant longAgo = Instant.now().minus(Duration.ofHours(1));
        Files.setLastModifiedTime(left, FileTime.from(longAgo));
        Files.setLastModifiedTime(live, FileTime.from(longAgo));

        Path next = file(announce("next"));

        assertThat(left).doesNotExist();
        assertThat(live).exists();
        assertThat(pending).exists();
        assertThat(next).exists();
    }

    @Test
    void noRecordIsTakenAwayWhileDevicesCannotBeRead() throws IOException {
        Path old = file(announce("old"));
        Files.setLastModifiedTime(old, FileTime.from(Instant.now().minus(Duration.ofHours(1))));
        // Reading a directory fails as a device does that goes away.
        Files.createDirectories(root.resolve("sys/block/nbd5/backend"));

        announce("next");

        assertThat(old).exists();
    }

    private String announce(String disk) throws IOException {
        String identifier = newIdentifier();
        records.announce(identifier, new DiskRequest(disk, "/dev/shm/cramdisk", 1 << 20, 1), UID);
        return identifier;
    }

    private static String newIdentifier() {
        return "cramdisk-" + UUID.randomUUID();
    }

    private Path file(String identifier) {
        return root.resolve("run/cramdisk/attachments").resolve(identifier);
    }

    private void make(DiskDevice device, String identifier) throws IOException {
        Path directory = Files.createDirectories(root.resolve("sys/block").resolve(device.name()));
        Files.writeString(directory.resolve("backend"), identifier + "\n");
    }
}
