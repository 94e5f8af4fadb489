// SPDX-License-Identifier: Apache-2.0
/**
 * The privileged helper of Cramdisk as a process: the only code that runs as root. Started by the bus when somebody calls,
 * gone when nobody does.
 */
@NullMarked
package io.github.cramdisk.helper;

import org.jspecify.annotations.NullMarked;
