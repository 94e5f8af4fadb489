// SPDX-License-Identifier: Apache-2.0
/**
 * The log of the engine: a {@link java.lang.System.LoggerFinder} that writes to one file of bounded size. Depends on the
 * JDK only; the rest of the engine sees {@link java.lang.System.Logger} alone.
 */
@NullMarked
package io.github.cramdisk.daemon.log;

import org.jspecify.annotations.NullMarked;
