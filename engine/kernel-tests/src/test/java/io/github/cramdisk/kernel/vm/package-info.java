// SPDX-License-Identifier: Apache-2.0
/** The virtual machine that the scenarios run in: its kernel, its start, and the way in and out. */
@NullMarked
package io.github.cramdisk.kernel.vm;

import org.jspecify.annotations.NullMarked;
