// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.volume.Volumes;
import io.github.cramdisk.api.volume.ZramChange;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "set",
        description = {
            "Change a zram device while it is in use.",
            "Its size and algorithm are fixed: for another size, remove it and create a new one."
        })
final class ZramSet extends ZramVerb {
    @Option(
            names = "--mem-limit",
            paramLabel = "SIZE|none",
            converter = RamLimit.Converter.class,
            description = "Most memory it may take, or none.")
    private @Nullable RamLimit memLimit;

    @Option(names = "--compact", description = "Draw its memory together now, and give back what becomes free.")
    private boolean compact;

    @Option(
            names = {"--size", "--algorithm"},
            hidden = true,
            description = "Refused: fixed by the kernel.")
    private @Nullable String fixed;

    private @Nullable ZramChange change;

    ZramSet(Cli cli) {
        super(cli);
    }

    @Override
    void check() {
        if (fixed != null) {
            throw new CramdiskException(
                    ErrorKind.INVALID_ARGUMENT,
                    "The size and the algorithm of a zram device are fixed once it is set up. "
                            + "Remove it and create a new one: cramdisk zram remove " + device());
        }
        if (memLimit == null && !compact) {
            throw new CramdiskException(
                    ErrorKind.INVALID_ARGUMENT, "Nothing to change: give --mem-limit or --compact.");
        }
        change = new ZramChange(
                memLimit == null ? null : memLimit.size(), memLimit != null && memLimit.size() == null, compact);
    }

    @Override
    int run(Volumes volumes) {
        ZramShow.print(terminal(), volumes.updateZram(device(), Objects.requireNonNull(change)), json());
        return ExitCode.DONE;
    }
}
