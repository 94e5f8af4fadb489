// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.cli;

import io.github.cramdisk.api.ExitCode;
import io.github.cramdisk.api.volume.Finding;
import io.github.cramdisk.api.volume.Volumes;
import java.util.List;
import java.util.Locale;
import picocli.CommandLine.Command;

@Command(
        name = "doctor",
        description = {
            "Look for what keeps storage in memory from working well on this machine, and say what to do.",
            "Exits with 1 when there is a problem; hints and warnings alone are no reason."
        })
final class Doctor extends VolumeVerb {
    Doctor(Cli cli) {
        super(cli);
    }

    @Override
    int run(Volumes volumes) {
        List<Finding> findings = volumes.doctor();
        if (json()) {
            terminal().printJson(findings);
        } else if (findings.isEmpty()) {
            terminal().print("Nothing is wrong here.");
        } else {
            String gap = "";
            for (Finding finding : findings) {
                terminal().print(gap + finding.severity().name().toLowerCase(Locale.ROOT) + ": " + finding.what());
                terminal().print("  " + finding.why());
                terminal().print("  " + finding.remedy());
                if (finding.command() != null) {
                    terminal().print("    " + finding.command());
                }
                gap = System.lineSeparator();
            }
        }
        boolean problem = findings.stream().anyMatch(finding -> finding.severity() == Finding.Severity.PROBLEM);
        return problem ? ExitCode.FAILED : ExitCode.DONE;
    }
}
