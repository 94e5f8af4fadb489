// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.volumes;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.volume.FilesystemType;
import io.github.cramdisk.api.volume.KernelFeature;
import io.github.cramdisk.api.volume.KernelSupport;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.gui.FakeEngine;
import io.github.cramdisk.gui.FakeVolumes;
import io.github.cramdisk.gui.common.Refusal;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.engine.EngineLink;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class VolumeFormsTest {
    private final FakeEngine engine = new FakeEngine();
    private final EngineLink link = new EngineLink(() -> engine, Tasks.direct());
    private final List<Object> done = new ArrayList<>();

    @BeforeEach
    void connect() {
        link.connect();
    }

    private TmpfsFormModel tmpfs() {
        return new TmpfsFormModel(link, engine.volumes().kernelSupport());
    }

    @Test
    void aTmpfsNeedsAFolder() {
        TmpfsFormModel form = tmpfs();
        assertThat(form.validProperty().get()).isFalse();
        form.mount.target.set("/mnt/../etc");
        assertThat(form.targetErrorProperty().get())
                .isEqualTo(ErrorKind.INVALID_TARGET.sentence("/mnt/../etc", "it contains \"..\""));
        form.mount.target.set("/mnt/ram");
        assertThat(form.validProperty().get()).isTrue();
    }

    @Test
    void readsSizesAsTheCommandLineDoes() {
        TmpfsFormModel form = tmpfs();
        form.mount.target.set("/mnt/ram");
        for (String size : List.of("50%", "1/4", "unlimited", "1.5G")) {
            form.size.set(size);
            assertThat(form.sizeErrorProperty().get()).as(size).isEmpty();
        }
        form.size.set("2");
        assertThat(form.commandProperty().get()).contains("--size 2G");
        form.size.set("much");
        assertThat(form.sizeErrorProperty().get()).isEqualTo(ErrorKind.INVALID_SIZE_LIMIT.sentence("much"));
        assertThat(form.validProperty().get()).isFalse();
    }

    @Test
    void writesTheSameAsACommandLineAShellCanRead() {
        TmpfsFormModel form = tmpfs();
        form.mount.target.set("/mnt/it's mine");
        form.mount.noexec.set(true);
        form.mount.mode.set("0700");
        form.noswap.set(true);
        assertThat(form.commandProperty().get())
                .isEqualTo(
                        "cramdisk tmpfs mount '/mnt/it'\\''s mine' --size 1G --mode 0700 --noswap -o noexec --mkdir");
    }

    @Test
    void saysWhatThisKernelLacks() {
        assertThat(tmpfs().limits().without(KernelFeature.TMPFS_QUOTA, "quota for tmpfs"))
                .isEqualTo(ErrorKind.NOT_SUPPORTED_BY_KERNEL.sentence("quota for tmpfs", "6.18.5"));
        assertThat(tmpfs().limits().without(KernelFeature.TMPFS_NOSWAP, "noswap"))
                .isEmpty();
        ZramFormModel zram = new ZramFormModel(link, engine.volumes().kernelSupport());
        zram.mount.target.set("/mnt/z");
        assertThat(zram.validProperty().get()).isTrue();
        zram.filesystem.set(FilesystemType.XFS);
        assertThat(zram.validProperty().get()).isFalse();
        assertThat(zram.filesystemErrorProperty().get()).contains("xfs");
    }

    @Test
    void zramIsAFilesystemOrSwap() {
        ZramFormModel zram = new ZramFormModel(link, null);
        zram.mount.target.set("/mnt/z");
        assertThat(zram.commandProperty().get()).isEqualTo("cramdisk zram create --size 1G --mount /mnt/z --mkdir");
        zram.asSwap.set(true);
        assertThat(zram.commandProperty().get()).isEqualTo("cramdisk zram create --size 1G --swap --priority 100");
        zram.priority.set("40000");
        assertThat(zram.validProperty().get()).isFalse();
        zram.priority.set("5");
        zram.submit(done::add);
        assertThat(done).hasSize(1);
    }

    @Test
    void zramTakesParametersAndASecondAlgorithm() {
        ZramFormModel zram = new ZramFormModel(link, engine.volumes().kernelSupport());
        zram.asSwap.set(true);
        zram.algorithm.set("zstd");
        zram.parameters.set("level=8");
        zram.recompression.set("lz4");
        assertThat(zram.commandProperty().get())
                .isEqualTo("cramdisk zram create --size 1G --algorithm zstd:level=8 --recompress-algorithm lz4 --swap"
                        + " --priority 100");
        assertThat(zram.validProperty().get()).isTrue();
        zram.parameters.set("speed=8");
        assertThat(zram.algorithmErrorProperty().get()).contains("zstd:level=8");
        assertThat(zram.validProperty().get()).isFalse();
    }

    @Test
    void zramIsKeptUpAndWrittenBack() {
        ZramFormModel zram = new ZramFormModel(link, engine.volumes().kernelSupport());
        zram.asSwap.set(true);
        zram.recompression.set("zstd");
        zram.backingDevice.set("/dev/zram1");
        assertThat(zram.backingErrorProperty().get()).contains("not in memory");
        assertThat(zram.validProperty().get()).isFalse();
        zram.backingDevice.set("/dev/sdb2");
        zram.upkeepMinutes.set(360);
        assertThat(zram.validProperty().get()).isTrue();
        assertThat(zram.commandProperty().get())
                .isEqualTo("cramdisk zram create --size 1G --recompress-algorithm zstd --backing-device /dev/sdb2"
                        + " --upkeep-every 6h --swap --priority 100");
    }

    @Test
    void compressedSwapBeginsAtHalfOfTheMemory() {
        ZramFormModel zram = new ZramFormModel(link, null);
        zram.beginAsSwap();
        assertThat(zram.commandProperty().get()).isEqualTo("cramdisk zram create --size 12G --swap --priority 100");
    }

    @Test
    void policiesAreThoseOfThisMachinesNodes() {
        assertThat(tmpfs().policies()).isEmpty();
        assertThat(tmpfs().withoutPolicies()).contains("one memory node");
        KernelSupport one = engine.volumes().kernelSupport();
        KernelSupport two = new KernelSupport(
                one.release(), one.features(), one.zramAlgorithms(), one.filesystems(), List.of(0, 1));
        TmpfsFormModel form = new TmpfsFormModel(link, two);
        assertThat(form.withoutPolicies()).isEmpty();
        assertThat(form.policies())
                .containsExactly("local", "interleave:0-1", "prefer:0", "prefer:1", "bind:0", "bind:1");
        form.mount.target.set("/mnt/ram");
        for (String policy : form.policies()) {
            form.policy.set(policy);
            assertThat(form.validProperty().get()).as(policy).isTrue();
        }
    }

    @Test
    void aChangeAsksForWhatWasChangedOnly() {
        VolumeInfo volume = FakeVolumes.tmpfs("/mnt/ram", 1L << 30, 300L << 20, true);
        engine.volumes().add(volume);
        TmpfsChangeModel form = new TmpfsChangeModel(link, volume);
        assertThat(form.validProperty().get()).isFalse();
        form.size.set("2G");
        assertThat(form.commandProperty().get()).isEqualTo("cramdisk tmpfs remount /mnt/ram --size 2G");
        form.size.set("100M");
        form.submit(done::add);
        assertThat(done).isEmpty();
        assertThat(form.engineErrorProperty().get()).contains("Nothing was changed");
        assertThat(form.size.get()).isEqualTo("100M");
        form.size.set("2G");
        form.submit(done::add);
        assertThat(done).hasSize(1);
    }

    @Test
    void aRefusedFormKeepsItsFieldsAndMayBeSentAgain() {
        TmpfsFormModel form = tmpfs();
        form.mount.target.set("/mnt/ram");
        for (ErrorKind kind : List.of(
                ErrorKind.AUTHORISATION_DISMISSED, ErrorKind.NO_AUTHENTICATION_AGENT, ErrorKind.NOT_AUTHORISED)) {
            engine.volumes().refuseNext(new CramdiskException(kind, "mount a tmpfs", "some.action"));
            form.submit(done::add);
            Refusal refusal = form.refusalProperty().get();
            assertThat(refusal)
                    .isNotNull()
                    .extracting(Refusal::sentence)
                    .isEqualTo(kind.sentence("mount a tmpfs", "some.action"));
            assertThat(form.busyProperty().get()).isFalse();
        }
        form.submit(done::add);
        assertThat(done).hasSize(1);
        assertThat(form.refusalProperty().get()).isNull();
    }

    @Test
    void aRamfsIsMountedWithAWarning() {
        RamfsFormModel form = new RamfsFormModel(link, null);
        form.mount.target.set("/mnt/r");
        assertThat(form.warningProperty().get()).contains("no limit");
        form.submit(done::add);
        assertThat(done).hasSize(1);
    }
}
