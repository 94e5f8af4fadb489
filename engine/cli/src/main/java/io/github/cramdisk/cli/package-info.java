// SPDX-License-Identifier: Apache-2.0
/**
 * The {@code cramdisk} command: noun, verb, options.
 *
 * <p>May depend on the engine API and picocli only. One class a verb; {@link io.github.cramdisk.cli.CommandTree} puts
 * them together.
 */
@NullMarked
package io.github.cramdisk.cli;

import org.jspecify.annotations.NullMarked;
