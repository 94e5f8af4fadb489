// SPDX-License-Identifier: Apache-2.0
/** What the engine knows of a volume beyond its numbers of now: its past, where it compresses, what codecs would give. */
@NullMarked
package io.github.cramdisk.api.insight;

import org.jspecify.annotations.NullMarked;
