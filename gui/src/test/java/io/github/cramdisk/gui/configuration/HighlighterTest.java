// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.configuration;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.cramdisk.api.config.ConfigFormat;
import io.github.cramdisk.gui.configuration.Highlighter.Role;
import io.github.cramdisk.gui.configuration.Highlighter.Span;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

final class HighlighterTest {
    private static final List<String> LINES = List.of(
            "",
            "   ",
            "# Written by Cramdisk.",
            "[Unit]",
            "Description=Cramdisk zram swap of 1G: device /dev/zram0",
            "  fileSystems.\"/mnt/t\" = {",
            "      \"size=1G\"",
            "    ];",
            "      - type: tmpfs",
            "tmpfs /mnt/my\\040files tmpfs nosuid,nodev,size=1G 0 0",
            "mount -t tmpfs -o 'size=1G' none \"/mnt/it's\"",
            "--mount type=tmpfs,destination=/t",
            "an open \" quote");

    @ParameterizedTest
    @EnumSource
    void thePartsTogetherAreTheLine(ConfigFormat format) {
        for (String line : LINES) {
            assertThat(Highlighter.spans(format, line).stream().map(Span::text).collect(Collectors.joining()))
                    .isEqualTo(line);
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "SYSTEMD | Where=/mnt/t | Where",
                "ZRAM_GENERATOR | zram-size = 4096 | zram-size",
                "NIXOS | fsType = \"tmpfs\"; | fsType",
                "NIXOS | fileSystems.\"/mnt/t\" = { | fileSystems.\"/mnt/t\"",
                "COMPOSE | - type: tmpfs | type",
                "KUBERNETES | emptyDir: | emptyDir",
                "FSTAB | tmpfs /mnt/t tmpfs size=1G 0 0 | /mnt/t",
                "DOCKER | --tmpfs /t:size=1G | --tmpfs",
                "SHELL | mkdir -p /mnt/t | mkdir"
            })
    void everyFormatHasItsKeys(ConfigFormat format, String line, String key) {
        assertThat(Highlighter.spans(format, line))
                .filteredOn(span -> span.role() == Role.KEY)
                .containsExactly(new Span(Role.KEY, key));
    }

    @Test
    void aUnitIsAUnitWhateverItStandsBeside() {
        assertThat(Highlighter.formOf(ConfigFormat.FSTAB, "/etc/fstab")).isEqualTo(ConfigFormat.FSTAB);
        assertThat(Highlighter.formOf(ConfigFormat.FSTAB, "~/.config/systemd/user/a.service"))
                .isEqualTo(ConfigFormat.SYSTEMD);
    }

    @Test
    void commentsSectionsAndTextsInQuotesAreToldApart() {
        assertThat(Highlighter.spans(ConfigFormat.SYSTEMD, "  # a = b"))
                .containsExactly(new Span(Role.COMMENT, "  # a = b"));
        assertThat(Highlighter.spans(ConfigFormat.SYSTEMD, "[Mount]"))
                .containsExactly(new Span(Role.SECTION, "[Mount]"));
        assertThat(Highlighter.spans(ConfigFormat.NIXOS, "device = \"tmpfs\";"))
                .containsExactly(
                        new Span(Role.KEY, "device"),
                        new Span(Role.PLAIN, " = "),
                        new Span(Role.QUOTED, "\"tmpfs\""),
                        new Span(Role.PLAIN, ";"));
    }
}
