// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.ByteSize;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.volume.Volumes;
import io.github.cramdisk.api.volume.ZramChange;
import io.github.cramdisk.api.volume.ZramPages;
import io.github.cramdisk.api.volume.ZramSchedule;
import io.github.cramdisk.api.volume.ZramUpkeep;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "upkeep",
        description = {
            "Recompress what is stored in a zram device, write it back to its backing device, and mark the rest as idle: "
                    + "once, now, or by the engine on a schedule (--every).",
            "Without --recompress and --write-back it does what the device was made for: idle and huge pages are "
                    + "recompressed, idle ones written back. Pages count as idle when they were not used since the "
                    + "upkeep before."
        })
final class ZramUpkeepVerb extends ZramVerb {
    @Option(
            names = "--recompress",
            split = ",",
            paramLabel = "PAGES",
            description = "Which pages to recompress: idle, huge or huge_idle, or several.")
    private @Nullable List<ZramPages> recompress;

    @Option(
            names = "--write-back",
            split = ",",
            paramLabel = "PAGES",
            description = "Which pages to write to the backing device: idle, huge or huge_idle, or several.")
    private @Nullable List<ZramPages> writeBack;

    @Option(
            names = "--write-back-at-most",
            paramLabel = "SIZE",
            description = "Most to be written by one pass, because flash wears out.")
    private @Nullable ByteSize writeBackAtMost;

    @Option(names = "--keep-marks", description = "Do not mark what is left as idle.")
    private boolean keepMarks;

    @Option(
            names = "--every",
            paramLabel = "TIME",
            converter = Minutes.class,
            description = "Let the engine do it from now on, such as every 30m, 6h or 1d; not on battery.")
    private @Nullable Integer every;

    @Option(names = "--on-battery", description = "With --every: also on battery.")
    private boolean onBattery;

    @Option(names = "--never", description = "Let the engine do it no more.")
    private boolean never;

    ZramUpkeepVerb(Cli cli) {
        super(cli);
    }

    @Override
    void check() {
        if (onBattery && every == null) {
            throw new CramdiskException(ErrorKind.INVALID_ARGUMENT, "--on-battery needs --every.");
        }
        boolean says = recompress != null || writeBack != null || writeBackAtMost != null || keepMarks || every != null;
        if (never && says) {
            throw new CramdiskException(ErrorKind.INVALID_ARGUMENT, "--never stands alone.");
        }
    }

    @Override
    int run(Volumes volumes) {
        ZramShow.print(terminal(), volumes.updateZram(device(), change(volumes)), json());
        return ExitCode.DONE;
    }

    private ZramChange change(Volumes volumes) {
        if (never) {
            return new ZramChange(null, false, false, null, null, true);
        }
        ZramUpkeep upkeep = upkeep(volumes);
        return every == null
                ? ZramChange.of(upkeep)
                : new ZramChange(null, false, false, null, new ZramSchedule(every, upkeep, onBattery), false);
    }

    private ZramUpkeep upkeep(Volumes volumes) {
        if (recompress != null || writeBack != null) {
            return new ZramUpkeep(
                    recompress == null ? List.of() : recompress,
                    writeBack == null ? List.of() : writeBack,
                    writeBackAtMost,
                    keepMarks);
        }
        ZramUpkeep usual = volumes.showZram(device()).usualUpkeep();
        return new ZramUpkeep(usual.recompress(), usual.writeBack(), writeBackAtMost, keepMarks);
    }
}
