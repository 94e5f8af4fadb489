// SPDX-License-Identifier: Apache-2.0
/**
 * Cramdisk as an unprivileged user meets it on a stock Debian kernel: one class for each scenario. Their tests read like
 * any other; {@link io.github.cramdisk.kernel.vm.InVirtualMachine} runs each of them inside a virtual machine.
 */
@NullMarked
package io.github.cramdisk.kernel;

import org.jspecify.annotations.NullMarked;
