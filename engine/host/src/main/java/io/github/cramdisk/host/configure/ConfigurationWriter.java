// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.host.configure;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.config.ConfigApplied;
import io.github.cramdisk.api.config.ConfigFormat;
import io.github.cramdisk.api.config.ConfigNote;
import io.github.cramdisk.api.config.ConfigNote.Weight;
import io.github.cramdisk.api.config.ConfigVolume;
import io.github.cramdisk.config.ConfigPlan;
import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.FileSystemException;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Writes configuration files of the system: all of a change or nothing, checked before, and such that it can be undone.
 *
 * <p>Order of an {@link #apply}: lock; undo what a crash left half done; plan; check; record what is there ({@link
 * UndoRecord}, on the medium); replace each file by a rename; tell systemd. A failure on the way puts back what was
 * replaced. One file is therefore at each moment the old or the new one, and several are brought back to the old ones by
 * whoever comes next. Safe for use by several threads and processes: one at a time has the lock.
 */
public final class ConfigurationWriter {
    private static final Object IN_THIS_PROCESS = new Object();
    private static final String STATE = "/var/lib/cramdisk/configuration";

    private final SystemFiles files;
    private final Path state;
    private final ConfigurationChecks checks;

    /** @param root {@code /}, or that of a test */
    public ConfigurationWriter(Path root, ConfigurationChecks checks) {
        this.files = new SystemFiles(root);
        this.state = files.resolve(STATE);
        this.checks = checks;
    }

    /** As {@link io.github.cramdisk.api.config.Configuration#apply}. */
    public ConfigApplied apply(ConfigFormat format, List<ConfigVolume> volumes) {
        return locked(() -> {
            ConfigPlan plan = ConfigPlan.make(format, volumes, files);
            List<String> hints = Stream.concat(
                            plan.export().notes().stream().map(ConfigurationWriter::sentence), userUnits(plan))
                    .toList();
            if (plan.changes().isEmpty()) {
                return new ConfigApplied(List.of(), hints);
            }
            checks.check(plan, files);
            write(UndoRecord.of(format, plan), UndoRecord.read(state, format).isEmpty());
            return new ConfigApplied(
                    plan.changes().stream().map(ConfigPlan.Change::path).toList(), hints);
        });
    }

    /** As {@link io.github.cramdisk.api.config.Configuration#revert}. */
    public ConfigApplied revert(ConfigFormat format) {
        return locked(() -> {
            UndoRecord applied = UndoRecord.read(state, format)
                    .orElseThrow(() -> new CramdiskException(ErrorKind.CONFIG_NOTHING_TO_REVERT, format.text()));
            UndoRecord back = applied.reversed(files);
            write(back, false);
            UndoRecord.delete(state, format);
            return new ConfigApplied(
                    back.files().stream().map(UndoRecord.Entry::path).toList(), List.of());
        });
    }

    private static String sentence(ConfigNote note) {
        String start = note.weight() == Weight.LEFT_OUT ? "left out: " : "";
        return note.volume().isEmpty() ? note.sentence() : note.volume() + ": " + start + note.sentence();
    }

    private static Stream<String> userUnits(ConfigPlan plan) {
        return plan.export().files().stream()
                .filter(file -> file.path().startsWith("~"))
                .map(file -> file.path() + " belongs to a user's session and was not written; export it and save it"
                        + " there.");
    }

    private void write(UndoRecord record, boolean first) throws IOException {
        record.write(state, UndoRecord.PENDING);
        List<UndoRecord.Entry> done = new ArrayList<>();
        try {
            for (UndoRecord.Entry entry : record.files()) {
                AtomicFile.replace(files.resolve(entry.path()), entry.after());
                done.add(entry);
            }
            checks.reload();
        } catch (IOException | CramdiskException e) {
            putBack(done);
            UndoRecord.deletePending(state);
            throw e instanceof CramdiskException refusal ? refusal : unwritten((IOException) e);
        }
        // The first change is what revert goes back to; later ones keep what was there before Cramdisk.
        UndoRecord kept = first ? record : record.onTopOf(UndoRecord.read(state, record.format()));
        kept.write(state, UndoRecord.name(record.format()));
        UndoRecord.deletePending(state);
    }

    private void putBack(List<UndoRecord.Entry> done) throws IOException {
        for (UndoRecord.Entry entry : done) {
            AtomicFile.replace(files.resolve(entry.path()), entry.before());
        }
        if (!done.isEmpty()) {
            checks.reload();
        }
    }

    /** What a crash left: files of which some are new. All become the old ones. */
    private void recover() throws IOException {
        Optional<UndoRecord> pending = UndoRecord.readPending(state);
        if (pending.isPresent()) {
            for (UndoRecord.Entry entry : pending.get().files()) {
                byte[] now = files.read(entry.path());
                // Whatever somebody else wrote since is theirs.
                if (Arrays.equals(now, entry.after())) {
                    AtomicFile.replace(files.resolve(entry.path()), entry.before());
                }
            }
            UndoRecord.deletePending(state);
        }
    }

    /** What is done while nobody else does it. */
    private interface Work<T> {
        T run() throws IOException;
    }

    private <T> T locked(Work<T> work) {
        synchronized (IN_THIS_PROCESS) {
            try {
                AtomicFile.makePrivateDirectory(state);
                try (FileChannel channel = FileChannel.open(
                                state.resolve("lock"), StandardOpenOption.CREATE, StandardOpenOption.WRITE);
                        FileLock lock = channel.lock()) {
                    if (!lock.isValid()) {
                        throw new IOException("the lock was lost");
                    }
                    recover();
                    return work.run();
                }
            } catch (IOException e) {
                throw unwritten(e);
            }
        }
    }

    private static CramdiskException unwritten(IOException e) {
        boolean named = e instanceof FileSystemException failed && failed.getFile() != null;
        String file = named ? String.valueOf(((FileSystemException) e).getFile()) : "the configuration";
        String reason = e instanceof FileSystemException failed && failed.getReason() != null
                ? String.valueOf(failed.getReason())
                : e.toString();
        return new CramdiskException(ErrorKind.CONFIG_UNWRITTEN, e, file, reason);
    }
}
