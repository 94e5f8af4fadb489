// SPDX-License-Identifier: Apache-2.0
/** Swap areas and zswap, the compressed cache in front of them. Depends on the JDK only. */
@NullMarked
package io.github.cramdisk.host.swap;

import org.jspecify.annotations.NullMarked;
