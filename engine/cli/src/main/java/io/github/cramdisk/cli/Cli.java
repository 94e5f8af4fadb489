// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

/** What every verb works with. */
record Cli(EngineDoor door, Terminal terminal) {}
