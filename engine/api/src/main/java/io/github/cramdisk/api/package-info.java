// SPDX-License-Identifier: Apache-2.0
/**
 * What the front ends know of the engine: its interface, its records and its errors.
 *
 * <p>May depend on the JDK and Jackson only; the window and the command line use nothing else of the engine.
 */
@NullMarked
package io.github.cramdisk.api;

import org.jspecify.annotations.NullMarked;
