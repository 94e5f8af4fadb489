// SPDX-License-Identifier: Apache-2.0
/** This machine: readers of /proc and /sys, each with a root path, and the verbs with their system calls. */
@NullMarked
package io.github.cramdisk.host;

import org.jspecify.annotations.NullMarked;
