// SPDX-License-Identifier: Apache-2.0
/**
 * What several pages share: the door to threads, formatting, settings, colours of disks, dialogs. Depends on no page.
 */
@NullMarked
package io.github.cramdisk.gui.common;

import org.jspecify.annotations.NullMarked;
