// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.volumes;

import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.volume.FilesystemType;
import io.github.cramdisk.api.volume.KernelFeature;
import io.github.cramdisk.api.volume.KernelSupport;
import io.github.cramdisk.gui.common.Texts;
import org.jspecify.annotations.Nullable;

/**
 * Why an option cannot be chosen on this machine. While it is unknown what the kernel supports, all can be: the engine
 * refuses with the same sentence.
 *
 * @param support null while it is unknown
 */
record KernelLimits(@Nullable KernelSupport support) {
    /** The reason in a sentence; empty where the kernel has it. */
    String without(KernelFeature feature, String words) {
        KernelSupport known = support;
        return known == null || known.has(feature)
                ? ""
                : Texts.sentence(ErrorKind.NOT_SUPPORTED_BY_KERNEL, words, known.release());
    }

    /** The reason why a filesystem cannot be made here; empty where it can. */
    String without(FilesystemType type) {
        KernelSupport known = support;
        return known == null
                        || known.filesystems().isEmpty()
                        || known.filesystems().contains(type.text())
                ? ""
                : Texts.of("volumes.no-filesystem", type.text());
    }
}
