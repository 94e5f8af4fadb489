// SPDX-License-Identifier: Apache-2.0
/**
 * What happens by itself and users should know of: the history of events that front ends show. May be used by every other
 * package of the engine; depends on the API only.
 */
@NullMarked
package io.github.cramdisk.daemon.event;

import org.jspecify.annotations.NullMarked;
