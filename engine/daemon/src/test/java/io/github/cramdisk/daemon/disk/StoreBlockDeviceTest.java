// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.nbd.DeviceException;
import io.github.cramdisk.nbd.NbdError;
import io.github.cramdisk.store.BlockStore;
import io.github.cramdisk.store.StoreCodec;
import io.github.cramdisk.store.StoreGeometry;
import io.github.cramdisk.store.StoreSettings;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class StoreBlockDeviceTest {
    private static final int BLOCK = 4096;

    private final AtomicBoolean memoryLeft = new AtomicBoolean(true);
    private final ByteBuffer noise = ByteBuffer.allocateDirect(16 * BLOCK);
    private Path directory;
    private BlockStore store;
    private StoreBlockDevice device;

    @BeforeEach
    void create() throws IOException {
        directory = Files.createTempDirectory(Path.of("/dev/shm"), "dm-device.");
        store = BlockStore.create(
                directory,
                "d",
                new StoreGeometry(64 << 20, BLOCK),
                new StoreSettings(StoreCodec.LZ4, StoreSettings.NO_LIMIT),
                bytes -> memoryLeft.get());
        DiskEvents events = new DiskEvents("d", (kind, severity, subject, arguments) -> {});
        device = new StoreBlockDevice(
                store,
                new EffectiveLimit(
                        DiskSpec.of("d", ByteSize.ofMebi(64)), bytes -> true, store::setRamLimitBytes, events, 0),
                events);
        byte[] random = new byte[noise.capacity()];
        new Random(1).nextBytes(random);
        noise.put(0, random);
    }

    @AfterEach
    void destroy() throws IOException {
        store.close();
        BlockStore.delete(directory, "d");
        Files.delete(directory);
    }

    @Test
    void readsWhatItWroteAndShowsWhereTheHolesAre() throws DeviceException {
        device.write(BLOCK + 1, 3 * BLOCK, noise, 7);
        ByteBuffer read = ByteBuffer.allocateDirect(3 * BLOCK);
        device.read(BLOCK + 1, 3 * BLOCK, read, 0);
        device.flush();
        List<String> extents = new ArrayList<>();
        device.extents(0, 8 * BLOCK, (length, hole, zero) -> extents.add(length / BLOCK + (hole ? " hole" : " data")));

        assertThat(read).isEqualTo(noise.duplicate().slice(7, 3 * BLOCK));
        assertThat(extents).containsExactly("1 hole", "4 data", "3 hole");
        assertThat(device.sizeBytes()).isEqualTo(64 << 20);
        assertThat(device.preferredBlockBytes()).isEqualTo(BLOCK);
    }

    @Test
    void saysNoSpaceWhenTheMachineHasNoMemory() {
        memoryLeft.set(false);

        assertError(() -> device.write(0, 16 * BLOCK, noise, 0), NbdError.ENOSPC);
    }

    @Test
    void saysShutDownWhenTheStoreIsClosed() throws IOException {
        store.close();

        assertError(() -> device.read(0, BLOCK, noise, 0), NbdError.ESHUTDOWN);
        assertError(() -> device.write(0, BLOCK, noise, 0), NbdError.ESHUTDOWN);
        assertError(() -> device.zero(0, BLOCK, false), NbdError.ESHUTDOWN);
    }

    private static void assertError(org.assertj.core.api.ThrowableAssert.ThrowingCallable call, NbdError expected) {
        assertThatThrownBy(call)
                .asInstanceOf(InstanceOfAssertFactories.type(DeviceException.class))
                .extracting(DeviceException::error)
                .isEqualTo(expected);
    }
}
