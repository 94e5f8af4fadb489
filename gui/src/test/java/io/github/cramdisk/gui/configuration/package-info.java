// SPDX-License-Identifier: Apache-2.0
@NullMarked
package io.github.cramdisk.gui.configuration;

import org.jspecify.annotations.NullMarked;
