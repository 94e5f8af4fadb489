// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.volumes;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.Snapshot;
import io.github.cramdisk.api.volume.HugePages;
import io.github.cramdisk.api.volume.InodeWidth;
import io.github.cramdisk.api.volume.KernelFeature;
import io.github.cramdisk.api.volume.KernelSupport;
import io.github.cramdisk.api.volume.MemoryPolicy;
import io.github.cramdisk.api.volume.MountFlags;
import io.github.cramdisk.api.volume.SizeLimit;
import io.github.cramdisk.api.volume.TmpfsQuota;
import io.github.cramdisk.api.volume.TmpfsSpec;
import io.github.cramdisk.api.volume.VolumeInfo;
import io.github.cramdisk.gui.common.CommandWords;
import io.github.cramdisk.gui.common.FormModel;
import io.github.cramdisk.gui.common.Sizes;
import io.github.cramdisk.gui.common.Tasks;
import io.github.cramdisk.gui.common.Texts;
import io.github.cramdisk.gui.engine.EngineLink;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleObjectProperty;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;
import org.jspecify.annotations.Nullable;

/** View model of the form that mounts a tmpfs. What is wrong is said as the engine says it ({@link TmpfsSpec}). */
public final class TmpfsFormModel extends FormModel<TmpfsSpec, VolumeInfo> {
    private final EngineLink link;
    private final KernelLimits limits;
    final MountFields mount = new MountFields();
    final StringProperty size = new SimpleStringProperty("1G");
    final StringProperty inodes = new SimpleStringProperty("");
    final StringProperty uid = new SimpleStringProperty("");
    final StringProperty gid = new SimpleStringProperty("");
    final StringProperty policy = new SimpleStringProperty("");
    final ObjectProperty<@Nullable HugePages> huge = new SimpleObjectProperty<>();
    final ObjectProperty<@Nullable InodeWidth> inodeWidth = new SimpleObjectProperty<>();
    final BooleanProperty noswap = new SimpleBooleanProperty();
    final BooleanProperty quota = new SimpleBooleanProperty();
    final BooleanProperty casefold = new SimpleBooleanProperty();
    final BooleanProperty strictEncoding = new SimpleBooleanProperty();

    private final ReadOnlyStringWrapper targetError = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper sizeError = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper modeError = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper inodesError = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper ownerError = new ReadOnlyStringWrapper("");
    private final ReadOnlyStringWrapper policyError = new ReadOnlyStringWrapper("");

    /** @param support what the kernel has; null while it is unknown */
    public TmpfsFormModel(EngineLink link, @Nullable KernelSupport support) {
        this.link = link;
        limits = new KernelLimits(support);
        List<Observable> fields = new ArrayList<>(mount.all());
        fields.addAll(
                List.of(size, inodes, uid, gid, policy, huge, inodeWidth, noswap, quota, casefold, strictEncoding));
        follow(this::check, fields);
        check();
    }

    /** A size that was chosen already. */
    public void setSize(ByteSize chosen) {
        size.set(Sizes.formatTyped(chosen));
    }

    /** Why no policy for NUMA nodes can be chosen here; empty where one can. */
    String withoutPolicies() {
        KernelSupport known = limits.support();
        String lacking = limits.without(KernelFeature.TMPFS_MPOL, Texts.of("volumes.lacks.numa"));
        return lacking.isEmpty() && known != null && known.numaNodes().size() == 1
                ? Texts.of("volumes.one-node")
                : lacking;
    }

    /** Policies that make sense with the nodes of this machine; others can be typed. */
    List<String> policies() {
        KernelSupport known = limits.support();
        if (known == null || known.numaNodes().size() < 2) {
            return List.of();
        }
        List<String> all = new ArrayList<>(List.of("local"));
        all.add(new MemoryPolicy("interleave", "", new TreeSet<>(known.numaNodes())).toString());
        for (int node : known.numaNodes()) {
            all.add("prefer:" + node);
        }
        for (int node : known.numaNodes()) {
            all.add("bind:" + node);
        }
        return all;
    }

    KernelLimits limits() {
        return limits;
    }

    ReadOnlyStringProperty targetErrorProperty() {
        return targetError.getReadOnlyProperty();
    }

    ReadOnlyStringProperty sizeErrorProperty() {
        return sizeError.getReadOnlyProperty();
    }

    ReadOnlyStringProperty modeErrorProperty() {
        return modeError.getReadOnlyProperty();
    }

    ReadOnlyStringProperty inodesErrorProperty() {
        return inodesError.getReadOnlyProperty();
    }

    ReadOnlyStringProperty ownerErrorProperty() {
        return ownerError.getReadOnlyProperty();
    }

    ReadOnlyStringProperty policyErrorProperty() {
        return policyError.getReadOnlyProperty();
    }

    @Override
    protected Tasks.Pending<VolumeInfo> ask(TmpfsSpec wanted) {
        return link.call(engine -> engine.volumes().mountTmpfs(wanted));
    }

    /** A limit as people type it; a bare small number means GiB, as in the form of a disk. */
    static SizeLimit limit(String text) {
        SizeLimit limit = SizeLimit.parse(text.replace(',', '.'));
        boolean bare = text.strip().matches("[0-9]{1,3}");
        return bare ? SizeLimit.of(Sizes.parse(text)) : limit;
    }

    private void check() {
        targetError.set(errorOf(mount::checkTarget));
        modeError.set(errorOf(mount::checkMode));
        sizeError.set(errorOf(() -> {
            if (size.get().isBlank()) {
                return Texts.of("volumes.error.tmpfs-size");
            }
            SizeLimit unused = limit(size.get());
            return "";
        }));
        inodesError.set(errorOf(() -> probe(Numbers.parse(inodes.get()), null, null)));
        ownerError.set(errorOf(() -> probe(null, Numbers.parse(uid.get()), Numbers.parse(gid.get()))));
        policyError.set(errorOf(() -> {
            MemoryPolicy unused = memoryPolicy();
            return "";
        }));
        boolean good = List.of(targetError, sizeError, modeError, inodesError, ownerError, policyError).stream()
                .allMatch(error -> error.get().isEmpty());
        setWish(good ? spec() : null);
        setWarning(sizeError.get().isEmpty() ? warningOf(limit(size.get())) : "");
        setCommand(command());
    }

    private TmpfsSpec spec() {
        return new TmpfsSpec(
                mount.path(),
                mount.createTarget.get(),
                limit(size.get()),
                Numbers.parse(inodes.get()),
                mount.fileMode(),
                Numbers.parse(uid.get()),
                Numbers.parse(gid.get()),
                huge.get(),
                memoryPolicy(),
                noswap.get(),
                inodeWidth.get(),
                quota.get() ? new TmpfsQuota(true, true, null, null, null, null) : null,
                casefold.get() ? "" : null,
                casefold.get() && strictEncoding.get(),
                mount.flags(),
                mount.temporary.get());
    }

    /** Lets the specification itself judge single fields. */
    private static String probe(@Nullable Long inodes, @Nullable Long uid, @Nullable Long gid) {
        TmpfsSpec unused = new TmpfsSpec(
                "/x",
                false,
                null,
                inodes,
                null,
                uid,
                gid,
                null,
                null,
                false,
                null,
                null,
                null,
                false,
                MountFlags.DEFAULT,
                false);
        return "";
    }

    private @Nullable MemoryPolicy memoryPolicy() {
        return policy.get().isBlank() ? null : MemoryPolicy.parse(policy.get().strip());
    }

    private String warningOf(SizeLimit limit) {
        Snapshot snapshot = link.snapshot();
        if (snapshot == null) {
            return "";
        }
        long total = snapshot.memory().totalBytes();
        long bytes = limit.kernelBytes(total);
        if (bytes == SizeLimit.KERNEL_UNLIMITED) {
            return Texts.of("volumes.tmpfs.unlimited");
        }
        long available = snapshot.memory().availableBytes();
        return bytes > available ? Texts.of("volumes.tmpfs.too-large", Sizes.format(available)) : "";
    }

    private String command() {
        HugePages pages = huge.get();
        InodeWidth width = inodeWidth.get();
        return new CommandWords("tmpfs mount")
                .word(mount.path(), "DIR")
                .option("--size", sizeError.get().isEmpty() ? limit(size.get()).toString() : "SIZE")
                .option("--inodes", inodes.get().strip())
                .option("--mode", mount.mode.get().strip())
                .option("--uid", uid.get().strip())
                .option("--gid", gid.get().strip())
                .option("--huge", pages == null ? "" : pages.text())
                .option("--mpol", policy.get().strip())
                .flag("--noswap", noswap.get())
                .flag(width == null ? "" : "--" + width.text(), width != null)
                .flag("--quota", quota.get())
                .flag("--casefold", casefold.get())
                .flag("--strict-encoding", casefold.get() && strictEncoding.get())
                .option("-o", mount.flagWords())
                .flag("--mkdir", mount.createTarget.get())
                .flag("--temporary", mount.temporary.get())
                .toString();
    }
}
