// SPDX-License-Identifier: Apache-2.0
/** Manual pages and completions from the description of the commands. Depends on the command line and picocli. */
@NullMarked
package io.github.cramdisk.manual;

import org.jspecify.annotations.NullMarked;
