// SPDX-License-Identifier: Apache-2.0
/**
 * What tests need of a machine: programs, and a machine of their own within this one. For tests of the engine and of the
 * window; no program of Cramdisk depends on it.
 */
@NullMarked
package io.github.cramdisk.testmachine;

import org.jspecify.annotations.NullMarked;
