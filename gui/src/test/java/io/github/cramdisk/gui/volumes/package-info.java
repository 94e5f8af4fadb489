// SPDX-License-Identifier: Apache-2.0
/** Tests of {@code gui.volumes}. */
@NullMarked
package io.github.cramdisk.gui.volumes;

import org.jspecify.annotations.NullMarked;
