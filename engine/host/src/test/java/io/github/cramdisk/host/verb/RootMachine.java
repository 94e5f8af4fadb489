// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.verb;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.volume.MountFlags;
import io.github.cramdisk.api.volume.SizeLimit;
import io.github.cramdisk.api.volume.TmpfsSpec;
import io.github.cramdisk.api.volume.ZramSpec;
import io.github.cramdisk.host.mount.MountEntry;
import io.github.cramdisk.host.mount.MountTable;
import io.github.cramdisk.host.swap.SwapArea;
import io.github.cramdisk.host.syscall.AbsolutePath;
import io.github.cramdisk.host.syscall.FileCalls;
import io.github.cramdisk.host.zram.ZramDevices;
import io.github.cramdisk.host.zram.ZramState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assertions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.extension.AfterEachCallback;
import org.junit.jupiter.api.extension.BeforeEachCallback;
import org.junit.jupiter.api.extension.ExtensionContext;

/**
 * This machine's own kernel, with a private directory for mount points. After each test nothing may be left of what the
 * verbs made: mounts below the directory and the zram devices of the test are taken away. Without root the tests are skipped, in CI
 * they fail.
 */
final class RootMachine implements BeforeEachCallback, AfterEachCallback {
    static final Path ROOT = Path.of("/");
    static final Caller USER = new Caller(4711, 4712);

    private static final Comparator<MountEntry> NEWEST_FIRST =
            Comparator.comparingLong(MountEntry::id).reversed();

    private Path directory = Path.of("/nonexistent");
    private final List<CreatedZram> zrams = new ArrayList<>();

    @Override
    public void beforeEach(ExtensionContext context) throws IOException {
        if (!FileCalls.isRoot()) {
            skip("mounting needs root");
        }
        directory = Files.createTempDirectory("cramdisk-verbs").toRealPath();
        // For callers other than root.
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxr-xr-x"));
    }

    @Override
    public void afterEach(ExtensionContext context) throws IOException {
        if (!Files.exists(directory)) {
            // The test was skipped.
            return;
        }
        for (int round = 0; round < 3; round++) {
            for (MountEntry entry : mountsBelow()) {
                MountPoint.unmountTop(Caller.ROOT, entry.target(), true);
            }
        }
        for (CreatedZram made : zrams) {
            removeIfThere(made);
        }
        zrams.clear();
        try (Stream<Path> files = Files.walk(directory)) {
            for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }

    /** Makes a zram device that is removed after the test. */
    CreatedZram zram(Caller caller, ZramSpec spec) {
        CreatedZram made = verbs().createZram(caller, spec);
        zrams.add(made);
        return made;
    }

    /** Others on this machine may have made a device of the same number since; theirs is left alone. */
    private void removeIfThere(CreatedZram made) {
        LocalVerbs careful = verbs(new GuardDouble() {
            @Override
            public void change(Caller caller, CreatedZram found) {
                if (found.sequence() != made.sequence()) {
                    throw new CramdiskException(ErrorKind.NO_SUCH_VOLUME, "zram device", found.device());
                }
            }
        });
        try {
            careful.removeZram(Caller.ROOT, made.device());
        } catch (CramdiskException e) {
            if (e.kind() != ErrorKind.NO_SUCH_VOLUME) {
                throw e;
            }
        }
    }

    static void skip(String reason) {
        if (Boolean.parseBoolean(System.getenv("CI"))) {
            Assertions.fail("CI must run every test, but " + reason);
        }
        System.out.println("skipped: " + reason);
        Assumptions.abort(reason);
    }

    static void needZram(String algorithm) throws IOException {
        List<ZramState> devices = new ZramDevices(ROOT).all();
        if (!Files.isDirectory(Path.of("/sys/class/zram-control"))) {
            skip("the kernel has no zram");
        }
        if (!devices.isEmpty() && !devices.get(0).algorithms().contains(algorithm)) {
            skip("zram has no " + algorithm);
        }
    }

    static void needProgram(String name) {
        if (Stream.of("/usr/sbin", "/usr/bin", "/sbin", "/bin")
                .noneMatch(bin -> Files.isExecutable(Path.of(bin, name)))) {
            skip(name + " is not installed");
        }
    }

    Path directory() {
        return directory;
    }

    LocalVerbs verbs() {
        return new LocalVerbs(Guard.NONE);
    }

    LocalVerbs verbs(Guard guard) {
        return new LocalVerbs(guard);
    }

    /** A new directory to mount on. */
    String target(String name) throws IOException {
        return Files.createDirectory(directory.resolve(name)).toString();
    }

    static TmpfsSpec tmpfs(String target) {
        return TmpfsSpec.of(target, SizeLimit.of(ByteSize.ofMebi(16)));
    }

    static TmpfsSpec tmpfs(String target, MountFlags flags) {
        TmpfsSpec plain = tmpfs(target);
        return new TmpfsSpec(
                target,
                false,
                plain.size(),
                null,
                null,
                null,
                null,
                null,
                null,
                false,
                null,
                null,
                null,
                false,
                flags,
                false);
    }

    /** The line of mountinfo of what is mounted at a path. */
    static MountEntry mounted(String target) throws IOException {
        return MountTable.read(ROOT)
                .at(target)
                .orElseThrow(() -> new AssertionError("nothing is mounted at " + target));
    }

    static boolean isMounted(String target) throws IOException {
        return MountTable.read(ROOT).at(target).isPresent();
    }

    List<MountEntry> mountsBelow() throws IOException {
        List<MountEntry> found = new ArrayList<>();
        for (MountEntry entry : MountTable.read(ROOT).visible()) {
            if (AbsolutePath.isWithin(entry.target(), directory.toString())) {
                found.add(entry);
            }
        }
        found.sort(NEWEST_FIRST);
        return found;
    }

    /** What lies in the private directory itself. */
    List<String> files() throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return files.map(file -> file.getFileName().toString()).sorted().toList();
        }
    }

    static Set<Integer> zramNumbers() throws IOException {
        return new ZramDevices(ROOT).all().stream().map(ZramState::index).collect(Collectors.toSet());
    }

    static List<String> swapPaths() throws IOException {
        return SwapArea.read(ROOT).stream().map(SwapArea::path).toList();
    }
}
