// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.disk;

import io.github.cramdisk.api.attach.Attachment;
import io.github.cramdisk.daemon.definition.DefinitionDirectory;
import io.github.cramdisk.daemon.event.EventSink;
import io.github.cramdisk.nbd.Exports;
import io.github.cramdisk.store.MemoryGate;
import io.github.cramdisk.store.SqueezeThread;
import java.nio.file.Path;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * What all disks of an engine share.
 *
 * @param arenas the arena directory, locked by this engine
 * @param gate says whether the machine can spare memory
 * @param squeezing squeezes the cold blocks of what is added to it
 * @param uriOf the NBD URI of a disk by its name
 * @param events where what happens to disks is told
 * @param attachmentOf what a disk is to the kernel, null where it is not attached
 */
public record DiskHouse(
        DefinitionDirectory definitions,
        Path arenas,
        MemoryGate gate,
        Exports exports,
        SqueezeThread squeezing,
        UnaryOperator<String> uriOf,
        EventSink events,
        Function<String, @Nullable Attachment> attachmentOf) {}
