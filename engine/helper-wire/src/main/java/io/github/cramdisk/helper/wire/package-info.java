// SPDX-License-Identifier: Apache-2.0
/**
 * What engine and privileged helper say to each other on the system bus: names, signatures, records as dictionaries,
 * errors; and the bus itself behind a small door. Knows D-Bus and the records, decides nothing. The protocol is written
 * down in {@code engine/docs/helper-protocol.md}.
 */
@NullMarked
package io.github.cramdisk.helper.wire;

import org.jspecify.annotations.NullMarked;
