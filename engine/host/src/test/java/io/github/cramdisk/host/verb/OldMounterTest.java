// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.volume.FileMode;
import io.github.cramdisk.api.volume.MemoryPolicy;
import io.github.cramdisk.api.volume.MountFlags;
import io.github.cramdisk.api.volume.MountFlagsChange;
import io.github.cramdisk.api.volume.RamfsSpec;
import io.github.cramdisk.api.volume.SizeLimit;
import io.github.cramdisk.api.volume.TmpfsChange;
import io.github.cramdisk.host.mount.MountEntry;
import io.github.cramdisk.host.syscall.FileCalls;
import io.github.cramdisk.host.syscall.FileStatus;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** mount(2), which newer kernels have too, does the same as the calls that replaced it. */
class OldMounterTest {
    @RegisterExtension
    final RootMachine machine = new RootMachine();

    @Test
    void mountsWithOptionsAndFlags() throws IOException {
        String target = machine.target("old tmpfs");
        old().mountTmpfs(
                        RootMachine.USER,
                        new SpecBuilder(target)
                                .inodes(77)
                                .mode("711")
                                .policy(MemoryPolicy.parse("interleave:0"))
                                .build());

        MountEntry entry = RootMachine.mounted(target);
        assertThat(entry.superOptions()).contains("size=16384k", "nr_inodes=77", "mode=711", "uid=4711", "gid=4712");
        assertThat(entry.options()).contains("nosuid", "nodev", "relatime");
    }

    @Test
    void givesARamfsToItsCaller() throws IOException {
        String target = machine.target("ramfs");
        old().mountRamfs(
                        RootMachine.USER,
                        new RamfsSpec(target, false, FileMode.parse("700"), MountFlags.parse("noexec"), false));

        FileStatus root = FileCalls.statusOf(target);
        assertThat((long) root.uid()).isEqualTo(RootMachine.USER.uid());
        assertThat(root.permissions()).isEqualTo(0700);
        assertThat(RootMachine.mounted(target).options()).contains("noexec", "nosuid");
    }

    @Test
    void changesSizeAndFlagsAndKeepsTheOthers() throws IOException {
        String target = machine.target("change");
        old().mountTmpfs(Caller.ROOT, RootMachine.tmpfs(target, MountFlags.parse("noatime")));
        old().remountTmpfs(
                        Caller.ROOT,
                        new TmpfsChange(
                                target,
                                SizeLimit.of(ByteSize.ofMebi(32)),
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                null,
                                MountFlagsChange.parse("noexec")));

        MountEntry entry = RootMachine.mounted(target);
        assertThat(entry.superOption("size")).contains("32768k");
        assertThat(entry.options()).contains("noexec", "noatime", "nosuid", "nodev");
    }

    @Test
    void leavesNothingWhenTheKernelRefuses() throws IOException {
        String target = machine.target("refused");
        assertThatExceptionOfType(CramdiskException.class)
                .isThrownBy(() -> old().mountTmpfs(
                                Caller.ROOT,
                                new SpecBuilder(target)
                                        .policy(MemoryPolicy.parse("bind:1000"))
                                        .build()));
        assertThat(machine.mountsBelow()).isEmpty();
    }

    @Test
    void letsNoValueBecomeAnotherOption() throws IOException {
        String target = machine.target("smuggled");
        NewFilesystem smuggling = new NewFilesystem(
                "tmpfs", "tmpfs", List.of(MountOption.of("size", "1m,suid")), MountFlags.DEFAULT, null, null);
        try (Undo undo = new Undo();
                MountPoint point = MountPoint.open(Caller.ROOT, target, false, Guard.NONE, undo)) {
            assertThatIllegalArgumentException().isThrownBy(() -> new OldMounter().mount(smuggling, point));
        }
        assertThat(machine.mountsBelow()).isEmpty();
    }

    private static LocalVerbs old() {
        return new LocalVerbs(Guard.NONE, new OldMounter(), new Programs(), ArenaMaker.DIRECTORY);
    }
}
