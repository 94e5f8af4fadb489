// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.mount;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.host.RecordedMachine;
import io.github.cramdisk.host.syscall.DeviceNumber;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class MountTableTest {
    private static final String ODD = "/mnt/a b\tc\nd\\e#f";

    private MountTable table = new MountTable(List.of());

    @BeforeEach
    void read() throws IOException {
        table = MountTable.read(RecordedMachine.ROOT);
    }

    @Test
    void undoesEveryEscape() {
        MountEntry entry = table.at(ODD).orElseThrow();

        assertThat(entry.source()).isEqualTo("tmp source");
        assertThat(entry.id()).isEqualTo(31);
        assertThat(entry.parentId()).isEqualTo(21);
        assertThat(entry.device()).isEqualTo(new DeviceNumber(0, 30));
        assertThat(entry.root()).isEqualTo("/");
        assertThat(entry.options()).containsExactly("rw", "nosuid", "nodev", "relatime");
        assertThat(entry.superOptions())
                .containsExactly("rw", "size=16384k", "mode=700", "uid=1000", "gid=1000", "noswap", "inode64");
        assertThat(entry.superOption("size")).contains("16384k");
        assertThat(entry.superOption("siz")).isEmpty();
        assertThat(entry.hasSuperOption("noswap")).isTrue();
        assertThat(table.at("/mnt/grün")).map(MountEntry::type).contains("ramfs");
    }

    @Test
    void keepsTheListOfNodesOfAMemoryPolicyTogether() {
        assertThat(table.at("/mnt/numa").orElseThrow().superOptions())
                .containsExactly("rw", "size=1024k", "mpol=interleave:0-3,5,7-8", "huge=within_size");
    }

    @Test
    void leavesOutLinesThatAreNone() {
        assertThat(table.entries()).hasSize(14);
        assertThat(table.byId(40)).isEmpty();
    }

    @Test
    void readsLinesWithOptionalFieldsAndWithoutOptionsOfTheFilesystem() {
        MountEntry entry = table.at("/mnt/nooptions").orElseThrow();

        assertThat(entry.type()).isEqualTo("tmpfs");
        assertThat(entry.superOptions()).isEmpty();
    }

    @Test
    void seesOnlyTheTopmostOfStackedMounts() {
        assertThat(table.at("/dev/shm")).map(MountEntry::id).contains(30L);
        assertThat(table.at("/srv")).map(MountEntry::id).contains(38L);
    }

    @Test
    void seesNothingBelowACoveredDirectory() {
        assertThat(table.at("/srv/below")).isEmpty();
        assertThat(table.visible()).extracting(MountEntry::id).doesNotContain(26L, 36L, 37L);
        assertThat(table.visible()).extracting(MountEntry::id).contains(21L, 25L, 30L, 31L, 35L, 38L);
    }

    @Test
    void findsWhatIsMountedOnAMount() {
        MountEntry outer = table.at(ODD).orElseThrow();

        assertThat(table.mountedOn(outer)).extracting(MountEntry::target).containsExactly(ODD + "/inner");
    }

    @Test
    void findsMountsOfADevice() {
        assertThat(table.ofDevice(new DeviceNumber(253, 1)))
                .extracting(MountEntry::target)
                .containsExactly("/mnt/compressed");
    }

    @Test
    void readsThisMachine() throws IOException {
        MountTable real = MountTable.read(Path.of("/"));

        assertThat(real.at("/")).isPresent();
        assertThat(real.at("/proc")).map(MountEntry::type).contains("proc");
    }
}
