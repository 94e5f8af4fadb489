// SPDX-License-Identifier: Apache-2.0
/**
 * The compressed block store: index, arena, codecs and compaction of one disk. Depends on the JDK, jnr-ffi, lz4
 * and zstd; knows nothing of NBD or of the engine.
 */
@NullMarked
package io.github.cramdisk.store;

import org.jspecify.annotations.NullMarked;
