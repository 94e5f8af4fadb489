// SPDX-License-Identifier: Apache-2.0
/**
 * The page of what could be better on this machine, each with its remedy.
 */
@NullMarked
package io.github.cramdisk.gui.doctor;

import org.jspecify.annotations.NullMarked;
