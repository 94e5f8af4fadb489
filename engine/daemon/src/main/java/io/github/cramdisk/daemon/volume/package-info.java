// SPDX-License-Identifier: Apache-2.0
/**
 * The volumes of this machine other than disks: the one list, the use cases for tmpfs, ramfs and zram, what wants
 * watching, and what is wrong. Depends on the API, the readers and verbs of host, and the definitions; whatever needs
 * root goes through {@link io.github.cramdisk.host.verb.Verbs}.
 */
@NullMarked
package io.github.cramdisk.daemon.volume;

import org.jspecify.annotations.NullMarked;
