// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.volume.FileMode;
import io.github.cramdisk.api.volume.HugePages;
import io.github.cramdisk.api.volume.InodeWidth;
import io.github.cramdisk.api.volume.KernelFeature;
import io.github.cramdisk.api.volume.KernelSupport;
import io.github.cramdisk.api.volume.MemoryPolicy;
import io.github.cramdisk.api.volume.MountFlags;
import io.github.cramdisk.api.volume.RamfsSpec;
import io.github.cramdisk.api.volume.SizeLimit;
import io.github.cramdisk.api.volume.TmpfsQuota;
import io.github.cramdisk.api.volume.TmpfsSpec;
import io.github.cramdisk.host.kernel.KernelProbe;
import io.github.cramdisk.host.memory.MemInfo;
import io.github.cramdisk.host.mount.MountEntry;
import io.github.cramdisk.host.syscall.FileCalls;
import io.github.cramdisk.host.syscall.FileStatus;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Every option of tmpfs and ramfs, mounted on this kernel and read back. */
class TmpfsVerbsTest {
    @RegisterExtension
    final RootMachine machine = new RootMachine();

    @Test
    void mountsWithSizeInodesModeAndOwner() throws IOException {
        String target = machine.target("all");
        MountedVolume made = machine.verbs()
                .mountTmpfs(
                        Caller.ROOT,
                        spec(target)
                                .size(SizeLimit.parse("1.5M"))
                                .inodes(100)
                                .mode("750")
                                .owner(1234, 5678)
                                .build());

        MountEntry entry = RootMachine.mounted(target);
        assertThat(entry.type()).isEqualTo("tmpfs");
        assertThat(entry.superOptions()).contains("size=1536k", "nr_inodes=100", "mode=750", "uid=1234", "gid=5678");
        assertThat(entry.options()).contains("rw", "nosuid", "nodev", "relatime");
        FileStatus root = FileCalls.statusOf(target);
        assertThat(root.uid()).isEqualTo(1234);
        assertThat(root.gid()).isEqualTo(5678);
        assertThat(root.permissions()).isEqualTo(0750);
        assertThat(made.device()).isEqualTo(entry.device());
        assertThat(made.target()).isEqualTo(target);
    }

    @Test
    void givesTheRootToTheCallerWhereTheSpecificationNamesNobody() throws IOException {
        String target = machine.target("mine");
        machine.verbs().mountTmpfs(RootMachine.USER, RootMachine.tmpfs(target));

        FileStatus root = FileCalls.statusOf(target);
        assertThat((long) root.uid()).isEqualTo(RootMachine.USER.uid());
        assertThat((long) root.gid()).isEqualTo(RootMachine.USER.gid());
    }

    @Test
    void takesAShareOfTheMemoryAsWholeBytes() throws IOException {
        String target = machine.target("share");
        machine.verbs()
                .mountTmpfs(
                        Caller.ROOT, spec(target).size(SizeLimit.parse("10%")).build());

        long tenth = MemInfo.read(Path.of("/proc")).totalBytes() / 10;
        assertThat(FileCalls.space(target).sizeBytes()).isBetween(tenth, tenth + 4096);
    }

    @Test
    void mountsWithoutAnyLimit() throws IOException {
        String target = machine.target("unlimited");
        machine.verbs()
                .mountTmpfs(
                        Caller.ROOT,
                        spec(target)
                                .size(SizeLimit.parse("unlimited"))
                                .inodes(0)
                                .build());

        assertThat(FileCalls.space(target).sizeBytes()).isZero();
        assertThat(FileCalls.space(target).inodes()).isZero();
        assertThat(RootMachine.mounted(target).superOptions()).contains("size=0k", "nr_inodes=0");
    }

    @ParameterizedTest
    @EnumSource(HugePages.class)
    void mountsWithHugePages(HugePages huge) throws IOException {
        need(KernelFeature.TMPFS_HUGE);
        String target = machine.target("huge");
        machine.verbs().mountTmpfs(Caller.ROOT, spec(target).huge(huge).build());

        String shown = RootMachine.mounted(target).superOption("huge").orElse("never");
        assertThat(shown).isEqualTo(huge.text());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "default",
                "local",
                "prefer:0",
                "bind:0",
                "interleave:0",
                "bind=static:0",
                "interleave=relative:0"
            })
    void mountsWithAMemoryPolicy(String policy) throws IOException {
        need(KernelFeature.TMPFS_MPOL);
        String target = machine.target("mpol");
        machine.verbs()
                .mountTmpfs(
                        Caller.ROOT,
                        spec(target).policy(MemoryPolicy.parse(policy)).build());

        // The kernel does not show the default.
        assertThat(RootMachine.mounted(target).superOption("mpol").orElse("default"))
                .isEqualTo(policy);
    }

    @Test
    void tellsWhyAMemoryPolicyOfAMissingNodeIsRefused() throws IOException {
        need(KernelFeature.TMPFS_MPOL);
        String target = machine.target("node");

        assertThatExceptionOfType(CramdiskException.class)
                .isThrownBy(() -> machine.verbs()
                        .mountTmpfs(
                                Caller.ROOT,
                                spec(target)
                                        .policy(MemoryPolicy.parse("bind:1000"))
                                        .build()))
                .matches(e -> e.kind() == ErrorKind.KERNEL_REFUSED)
                .withMessageContaining("Bad value for 'mpol'");
        assertThat(machine.mountsBelow()).isEmpty();
    }

    @Test
    void mountsWithoutSwap() throws IOException {
        need(KernelFeature.TMPFS_NOSWAP);
        String target = machine.target("noswap");
        machine.verbs().mountTmpfs(Caller.ROOT, spec(target).noswap().build());

        assertThat(RootMachine.mounted(target).hasSuperOption("noswap")).isTrue();
    }

    @ParameterizedTest
    @EnumSource(InodeWidth.class)
    void mountsWithAnInodeWidth(InodeWidth width) throws IOException {
        need(KernelFeature.TMPFS_INODE64);
        String target = machine.target("inodes");
        machine.verbs().mountTmpfs(Caller.ROOT, spec(target).width(width).build());

        // The kernel does not show inode32 where it is its default.
        assertThat(RootMachine.mounted(target).hasSuperOption("inode64")).isEqualTo(width == InodeWidth.INODE64);
    }

    @Test
    void mountsWithQuotaOrSaysThatTheKernelHasNone() throws IOException {
        String target = machine.target("quota");
        TmpfsSpec wanted = spec(target)
                .quota(new TmpfsQuota(true, true, ByteSize.ofMebi(1), 10L, ByteSize.ofMebi(2), 20L))
                .build();

        if (support().has(KernelFeature.TMPFS_QUOTA)) {
            machine.verbs().mountTmpfs(Caller.ROOT, wanted);
            assertThat(RootMachine.mounted(target).superOptions())
                    .contains(
                            "usrquota",
                            "grpquota",
                            "usrquota_block_hardlimit=1048576",
                            "usrquota_inode_hardlimit=10",
                            "grpquota_block_hardlimit=2097152",
                            "grpquota_inode_hardlimit=20");
        } else {
            refusedAsUnsupported(wanted, "usrquota");
        }
    }

    @Test
    void mountsWithCasefoldOrSaysThatTheKernelHasNone() throws IOException {
        String target = machine.target("folded");
        TmpfsSpec wanted = spec(target).casefold("utf8-12.1.0").build();

        if (support().has(KernelFeature.TMPFS_CASEFOLD)) {
            machine.verbs().mountTmpfs(Caller.ROOT, wanted);
            assertThat(RootMachine.mounted(target).superOptions())
                    .anyMatch(option -> option.startsWith("casefold"))
                    .contains("strict_encoding");
        } else {
            refusedAsUnsupported(wanted, "");
        }
    }

    static Stream<Arguments> flags() {
        return Stream.of(
                Arguments.of("ro", "ro"),
                Arguments.of("suid,dev", "rw"),
                Arguments.of("noexec", "noexec"),
                Arguments.of("noatime", "noatime"),
                Arguments.of("nodiratime", "nodiratime"),
                Arguments.of("nosymfollow", "nosymfollow"));
    }

    @ParameterizedTest
    @MethodSource("flags")
    void mountsWithFlags(String asked, String shown) throws IOException {
        String target = machine.target("flags");
        machine.verbs().mountTmpfs(Caller.ROOT, RootMachine.tmpfs(target, MountFlags.parse(asked)));

        List<String> options = RootMachine.mounted(target).options();
        assertThat(options).contains(shown);
        assertThat(options.contains("nosuid")).isEqualTo(!asked.contains("suid"));
        assertThat(options.contains("nodev")).isEqualTo(!asked.contains("dev"));
    }

    @Test
    void showsStrictAccessTimesByTheAbsenceOfOthers() throws IOException {
        String target = machine.target("strictatime");
        machine.verbs().mountTmpfs(Caller.ROOT, RootMachine.tmpfs(target, MountFlags.parse("strictatime")));

        assertThat(RootMachine.mounted(target).options()).doesNotContain("relatime", "noatime");
    }

    @Test
    void mountsWithLazytime() throws IOException {
        String target = machine.target("lazytime");
        machine.verbs().mountTmpfs(Caller.ROOT, RootMachine.tmpfs(target, MountFlags.parse("lazytime")));

        assertThat(RootMachine.mounted(target).superOptions()).contains("lazytime");
    }

    @Test
    void mountsRamfsWithModeAndFlagsForItsCaller() throws IOException {
        String target = machine.target("ramfs");
        machine.verbs()
                .mountRamfs(
                        RootMachine.USER,
                        new RamfsSpec(target, false, FileMode.parse("1770"), MountFlags.parse("noexec,ro"), false));

        MountEntry entry = RootMachine.mounted(target);
        assertThat(entry.type()).isEqualTo("ramfs");
        assertThat(entry.options()).contains("ro", "nosuid", "nodev", "noexec");
        FileStatus root = FileCalls.statusOf(target);
        assertThat(root.permissions()).isEqualTo(01770);
        assertThat((long) root.uid()).isEqualTo(RootMachine.USER.uid());
    }

    @Test
    void mountsAtAPathWithEveryTroublesomeCharacter() throws IOException {
        String target = machine.target("a b\tc\\d#e,f=g'\"ü€");
        machine.verbs().mountTmpfs(Caller.ROOT, RootMachine.tmpfs(target));

        assertThat(RootMachine.mounted(target).type()).isEqualTo("tmpfs");
    }

    private void refusedAsUnsupported(TmpfsSpec wanted, String option) throws IOException {
        assertThatExceptionOfType(CramdiskException.class)
                .isThrownBy(() -> machine.verbs().mountTmpfs(Caller.ROOT, wanted))
                .matches(e -> e.kind() == ErrorKind.NOT_SUPPORTED_BY_KERNEL)
                .withMessageContaining(option);
        assertThat(machine.mountsBelow()).isEmpty();
    }

    private static KernelSupport support() throws IOException {
        return new KernelProbe().probe();
    }

    private static void need(KernelFeature feature) throws IOException {
        if (!support().has(feature)) {
            RootMachine.skip("the kernel has no " + feature);
        }
    }

    private static SpecBuilder spec(String target) {
        return new SpecBuilder(target);
    }
}
