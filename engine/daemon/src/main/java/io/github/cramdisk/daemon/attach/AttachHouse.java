// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.daemon.attach;

import io.github.cramdisk.daemon.disk.Disks;
import io.github.cramdisk.host.verb.Caller;
import io.github.cramdisk.host.verb.Verbs;
import java.nio.file.Path;
import java.util.function.Supplier;

/**
 * What attaching needs of the engine.
 *
 * @param nbdSocket where this engine serves its disks
 * @param verbsSource gives what does that which needs root: in process, or by the helper
 * @param caller the user of this engine
 */
public record AttachHouse(Disks disks, Path nbdSocket, Supplier<Verbs> verbsSource, Caller caller) {
    Verbs verbs() {
        return verbsSource.get();
    }
}
