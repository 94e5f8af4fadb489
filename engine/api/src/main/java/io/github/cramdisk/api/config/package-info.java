// SPDX-License-Identifier: Apache-2.0
/**
 * Configuration of the system, such as fstab(5), made from volumes and read into them. Depends on the JDK, Jackson's
 * annotations, and the records of {@code api} and {@code api.volume}.
 */
@NullMarked
package io.github.cramdisk.api.config;

import org.jspecify.annotations.NullMarked;
