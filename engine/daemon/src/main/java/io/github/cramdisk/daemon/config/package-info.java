// SPDX-License-Identifier: Apache-2.0
/** The use cases of configuration: export, difference, import, apply. Depends on the formats, the volumes and the verbs. */
@NullMarked
package io.github.cramdisk.daemon.config;

import org.jspecify.annotations.NullMarked;
