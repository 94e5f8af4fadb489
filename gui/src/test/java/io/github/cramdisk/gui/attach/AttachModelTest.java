// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.attach;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.DiskInfo;
import io.github.cramdisk.api.DiskSpec;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.attach.AttachSpec;
import io.github.cramdisk.api.job.JobInfo;
import io.github.cramdisk.api.job.JobKind;
import io.github.cramdisk.api.job.JobState;
import io.github.cramdisk.api.volume.DeviceFilesystem;
import io.github.cramdisk.api.volume.DeviceSwap;
import io.github.cramdisk.api.volume.FileMode;
import io.github.cramdisk.api.volume.FilesystemType;
import io.github.cramdisk.api.volume.MountFlags;
import io.github.cramdisk.gui.FakeEngine;
import io.github.cramdisk.gui.common.Refusal;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.engine.EngineLink;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

final class AttachModelTest {
    private static final String HOME = System.getProperty("user.home");

    private final FakeEngine engine = FakeEngine.withThreeDisks();
    private final EngineLink link = new EngineLink(() -> engine, Tasks.direct());

    @BeforeEach
    void connect() {
        link.connect();
    }

    private AttachModel form(String disk) {
        return new AttachModel(engine.showDisk(disk), link);
    }

    @Test
    void beginsWithWhatTheDiskHoldsInTheHomeOfTheUser() {
        AttachModel model = form("builds");
        assertThat(model.validProperty().get()).isTrue();
        assertThat(model.commandProperty().get())
                .isEqualTo("cramdisk disk attach builds --mount " + HOME + "/builds --mkdir");
        List<DiskInfo> mounted = new ArrayList<>();
        model.submit(mounted::add);
        assertThat(mounted).hasSize(1);
        DeviceFilesystem plain = DeviceFilesystem.of(FilesystemType.EXT4, HOME + "/builds");
        assertThat(engine.attached.get("builds"))
                .isEqualTo(new AttachSpec(
                        new DeviceFilesystem(
                                plain.type(),
                                plain.target(),
                                true,
                                null,
                                null,
                                null,
                                null,
                                null,
                                plain.flags(),
                                List.of(),
                                false),
                        false,
                        true));
        model.fields().filesystemProperty().set(FilesystemType.EXT4);
        assertThat(model.commandProperty().get()).endsWith(" --fs ext4");
        model.submit(mounted::add);
        assertThat(Objects.requireNonNull(engine.attached.get("builds")).anyType())
                .as("a type that was chosen is a demand")
                .isFalse();
    }

    @Test
    void everyOptionOfAFolderIsAskedForAndWritten() {
        AttachModel model = form("builds");
        AttachFields fields = model.fields();
        fields.targetProperty().set("/mnt/b");
        fields.makeFolder.set(false);
        fields.owner.textProperty().set("root");
        fields.group.textProperty().set("12");
        fields.mode.textProperty().set("0700");
        fields.options.textProperty().set("noatime,data=writeback");
        fields.uuid.textProperty().set("123e4567-e89b-12d3-a456-426614174000");
        fields.discard.set(false);
        assertThat(model.commandProperty().get())
                .isEqualTo("cramdisk disk attach builds --mount /mnt/b --uuid 123e4567-e89b-12d3-a456-426614174000"
                        + " --owner root --group 12 --mode 0700 -o noatime,data=writeback --no-discard");
        model.submit(mounted -> {});
        assertThat(engine.attached.get("builds"))
                .isEqualTo(new AttachSpec(
                        new DeviceFilesystem(
                                FilesystemType.EXT4,
                                "/mnt/b",
                                false,
                                null,
                                UUID.fromString("123e4567-e89b-12d3-a456-426614174000"),
                                0L,
                                12L,
                                FileMode.parse("0700"),
                                MountFlags.parse("noatime"),
                                List.of("data=writeback"),
                                true),
                        false,
                        true));
    }

    @Test
    void whatIsWrongWithAnOptionIsSaidAtItsField() {
        AttachModel model = form("builds");
        AttachFields fields = model.fields();
        fields.owner.textProperty().set("no such user");
        assertThat(fields.owner.errorProperty().get()).contains("“no such user”");
        assertThat(model.validProperty().get()).isFalse();
        fields.owner.textProperty().set("nobody-of-that-name");
        assertThat(model.validProperty().get()).isTrue();
        model.submit(mounted -> {});
        assertThat(Objects.requireNonNull(model.refusalProperty().get()).sentence())
                .contains("There is no user \"nobody-of-that-name\"");
        assertThat(engine.attached).isEmpty();
        fields.owner.textProperty().set("");

        fields.options.textProperty().set("noatime,suid");
        assertThat(fields.options.errorProperty().get()).contains("nosuid");
        fields.options.textProperty().set("compress=zstd");
        assertThat(fields.options.errorProperty().get()).contains("compress=zstd");
        fields.filesystemProperty().set(FilesystemType.BTRFS);
        assertThat(fields.options.errorProperty().get()).isEmpty();
        fields.mode.textProperty().set("rwx");
        assertThat(fields.mode.errorProperty().get()).contains("rwx");
        fields.mode.textProperty().set("");
        fields.uuid.textProperty().set("1-1-1-1-1");
        assertThat(fields.uuid.errorProperty().get()).contains("no UUID");
        assertThat(model.validProperty().get()).isFalse();
        fields.useProperty().set(AttachFields.Use.DEVICE);
        assertThat(model.validProperty().get())
                .as("what is not seen does not count")
                .isTrue();
    }

    @Test
    void swapAndTheBareDeviceHaveTheirOwnOptions() {
        AttachModel model = form("builds");
        AttachFields fields = model.fields();
        fields.mode.textProperty().set("rwx");
        fields.useProperty().set(AttachFields.Use.SWAP);
        assertThat(model.validProperty().get()).as("swap has no mode").isTrue();
        assertThat(model.warningProperty().get()).contains("zram");
        fields.priority.textProperty().set("100");
        fields.swapDiscard.set(DeviceSwap.Discard.PAGES);
        model.formatProperty().set(true);
        assertThat(model.commandProperty().get())
                .isEqualTo("cramdisk disk attach builds --swap --priority 100 --discard=pages --format");
        model.submit(attached -> {});
        assertThat(engine.attached.get("builds"))
                .isEqualTo(new AttachSpec(new DeviceSwap(100, DeviceSwap.Discard.PAGES, null, null), true, false));
        fields.priority.textProperty().set("40000");
        assertThat(fields.priority.errorProperty().get()).contains("32767");

        fields.useProperty().set(AttachFields.Use.DEVICE);
        assertThat(model.commandProperty().get()).isEqualTo("cramdisk disk attach builds");
        assertThat(model.warningProperty().get()).isEmpty();
        model.submit(attached -> {});
        assertThat(engine.attached.get("builds")).isEqualTo(AttachSpec.BARE);
    }

    @Test
    void writesTheSameAsACommandLine() {
        AttachModel model = form("builds");
        model.fields().targetProperty().set("/mnt/my builds");
        model.fields().filesystemProperty().set(FilesystemType.BTRFS);
        model.fields().labelProperty().set("fast");
        model.formatProperty().set(true);
        assertThat(model.commandProperty().get())
                .isEqualTo("cramdisk disk attach builds --mount '/mnt/my builds' --mkdir --fs btrfs --label fast"
                        + " --format");
        assertThat(model.warningProperty().get()).contains("lost");
    }

    @Test
    void saysWhatIsWrongBeforeTheEngineIsAsked() {
        engine.add(DiskSpec.of("small", ByteSize.ofMebi(64)));
        AttachModel model = form("small");
        assertThat(model.validProperty().get()).isTrue();
        model.fields().filesystemProperty().set(FilesystemType.XFS);
        assertThat(model.fields().filesystemErrorProperty().get())
                .contains("xfs")
                .contains("300");
        assertThat(model.validProperty().get()).isFalse();
        model.fields().filesystemProperty().set(FilesystemType.EXT4);

        model.fields().targetProperty().set("relative");
        assertThat(model.fields().targetErrorProperty().get())
                .isEqualTo(ErrorKind.INVALID_TARGET.sentence("relative", "it is not an absolute path"));
        model.fields().targetProperty().set("");
        assertThat(model.fields().targetErrorProperty().get()).startsWith("Give the folder");
        model.fields().targetProperty().set("/mnt/x");
        model.fields().labelProperty().set("a label that is longer than ext4 has");
        assertThat(model.fields().labelErrorProperty().get()).isNotEmpty();
        assertThat(model.validProperty().get()).isFalse();
    }

    @Test
    void aRefusalKeepsTheFormAndHelps() {
        AttachModel model = form("builds");
        engine.refuseNextAttach(new CramdiskException(ErrorKind.HELPER_MISSING, "sudo installer/install-helper"));
        model.submit(mounted -> {});
        Refusal missing = model.refusalProperty().get();
        assertThat(missing).isNotNull();
        assertThat(missing.command()).isEqualTo("sudo installer/install-helper");

        String uri = engine.showDisk("builds").uri();
        engine.refuseNextAttach(new CramdiskException(ErrorKind.NBD_MISSING, "6.1.0", "builds", uri));
        model.submit(mounted -> {});
        Refusal kernel = model.refusalProperty().get();
        assertThat(kernel).isNotNull();
        assertThat(kernel.sentence()).contains("6.1.0").endsWith("without the kernel:");
        assertThat(kernel.command()).isEqualTo("nbdfuse DIR '" + uri + "'");
        assertThat(engine.attached).isEmpty();
        assertThat(model.validProperty().get()).isTrue();
    }

    @Test
    void theStripFollowsTheDisk() {
        AttachmentModel strip = new AttachmentModel("builds", link, Tasks.direct());
        strip.show(engine.showDisk("builds"), engine.snapshot());
        assertThat(strip.faceProperty().get())
                .isNotNull()
                .satisfies(face -> assertThat(face.mount()).isTrue())
                .satisfies(face -> assertThat(face.detach()).isEmpty());

        engine.attachDisk("builds", AttachSpec.with(DeviceFilesystem.of(FilesystemType.XFS, "/mnt/b")));
        strip.show(engine.showDisk("builds"), engine.snapshot());
        assertThat(strip.faceProperty().get())
                .isEqualTo(
                        new AttachmentModel.Face("Mounted at /mnt/b", "/dev/nbd0 · xfs", "/mnt/b", false, "_Unmount"));

        engine.refuseNextAttach(new CramdiskException(ErrorKind.VOLUME_BUSY, "/mnt/b", "vim (4711)"));
        strip.detach();
        assertThat(strip.refusalProperty().get())
                .isNotNull()
                .satisfies(refusal -> assertThat(refusal.sentence()).contains("vim (4711)"));
        strip.detach();
        assertThat(strip.refusalProperty().get()).isNull();
        assertThat(engine.attached).isEmpty();
        assertThat(strip.faceProperty().get())
                .isNotNull()
                .satisfies(face -> assertThat(face.mount()).isTrue());
    }

    @Test
    void theStepUnderWayIsShownAndCanBeStopped() {
        AttachmentModel strip = new AttachmentModel("builds", link, Tasks.direct());
        engine.jobs.add(new JobInfo(3, JobKind.ATTACH, "other", JobState.RUNNING, "making xfs", 0.1, null, 1, true));
        engine.jobs.add(new JobInfo(4, JobKind.ATTACH, "builds", JobState.DONE, "mounting", 1.0, null, 1, true));
        strip.show(engine.showDisk("builds"), engine.snapshot());
        assertThat(strip.job().jobProperty().get()).isNull();
        engine.jobs.add(new JobInfo(5, JobKind.ATTACH, "builds", JobState.RUNNING, "making ext4", 0.4, null, 1, true));
        strip.show(engine.showDisk("builds"), engine.snapshot());
        assertThat(strip.job().jobProperty().get())
                .isNotNull()
                .satisfies(job -> assertThat(job.step()).isEqualTo("making ext4"));
        strip.job().cancel();
        assertThat(engine.cancelled).containsExactly(5L);
    }
}
