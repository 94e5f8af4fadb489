// SPDX-License-Identifier: Apache-2.0
/**
 * This machine: readers of /proc and /sys, each with a root path, and the verbs with their system calls. Of the rest of
 * Cramdisk it knows only the records of the API, never the wire: the root helper is made of this module.
 */
@NullMarked
package io.github.cramdisk.host;

import org.jspecify.annotations.NullMarked;
