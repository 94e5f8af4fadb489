// SPDX-License-Identifier: Apache-2.0
/** Codecs of single blocks: the only place that knows lz4 and zstd. */
@NullMarked
package io.github.cramdisk.store.codec;

import org.jspecify.annotations.NullMarked;
