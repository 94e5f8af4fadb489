// SPDX-License-Identifier: Apache-2.0
/**
 * The built programs as a user starts them: real launchers, a real engine process in private directories, real NBD
 * clients (libnbd, qemu, fio, nbdfuse).
 *
 * <p>May depend on the engine's API for names and error sentences; knows nothing of how the engine is made.
 */
@NullMarked
package io.github.cramdisk.integration;

import org.jspecify.annotations.NullMarked;
