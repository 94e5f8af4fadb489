// SPDX-License-Identifier: Apache-2.0
/** The page on which volumes become configuration of the system. Depends on {@code common} and {@code engine}. */
@NullMarked
package io.github.cramdisk.gui.configuration;

import org.jspecify.annotations.NullMarked;
