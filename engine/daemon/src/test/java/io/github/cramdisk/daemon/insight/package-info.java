// SPDX-License-Identifier: Apache-2.0
/** Tests of the past of volumes. */
@NullMarked
package io.github.cramdisk.daemon.insight;

import org.jspecify.annotations.NullMarked;
