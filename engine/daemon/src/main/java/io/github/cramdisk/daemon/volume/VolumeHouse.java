// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.volume;

import io.github.cramdisk.api.volume.KernelSupport;
import io.github.cramdisk.daemon.definition.VolumeDirectory;
import io.github.cramdisk.host.verb.Caller;
import io.github.cramdisk.host.verb.Verbs;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * What the volumes share.
 *
 * @param root {@code /}, or a recorded machine
 * @param verbsSource gives what does that which needs root: in process, or by the helper
 * @param caller the user of this engine
 * @param arenaDirectory where the memory of the disks is
 */
public record VolumeHouse(
        Path root,
        VolumeDirectory definitions,
        Supplier<Verbs> verbsSource,
        Caller caller,
        Supplier<KernelSupport> kernel,
        Path arenaDirectory) {
    public Verbs verbs() {
        return verbsSource.get();
    }
}
