// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.theme;

import static org.assertj.core.api.Assertions.assertThat;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javafx.scene.paint.Color;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Text on its ground, in every look, has the contrast that WCAG 2.1 asks for (1.4.3: 4.5 : 1; 1.4.11: 3 : 1). */
class ContrastTest {
    private static final double TEXT = 4.5;
    private static final double SHAPE = 3.0;

    private static final Pattern DEFINITION = Pattern.compile("(-[a-z0-9-]+):\\s*([^;]+);");
    private static final Pattern BLOCK = Pattern.compile("(?s)([^{}]+)\\{([^{}]*)}");

    /** Foreground and ground, as the sheet combines them. */
    private static final List<List<String>> TEXTS = List.of(
            List.of("-cram-text", "-cram-page"),
            List.of("-cram-text", "-cram-card"),
            List.of("-cram-text", "-cram-sidebar"),
            List.of("-cram-text", "-cram-hover"),
            List.of("-cram-text", "-cram-selected"),
            List.of("-cram-text", "-cram-code"),
            List.of("-cram-muted", "-cram-page"),
            List.of("-cram-muted", "-cram-card"),
            List.of("-cram-muted", "-cram-sidebar"),
            List.of("-cram-muted", "-cram-hover"),
            List.of("-cram-muted", "-cram-chip"),
            List.of("-cram-muted", "-cram-track"),
            List.of("-cram-muted", "-cram-code"),
            List.of("-cram-code-key", "-cram-code"),
            List.of("-cram-code-quoted", "-cram-code"),
            List.of("-cram-code-section", "-cram-code"),
            List.of("-color-accent-fg", "-cram-code"),
            List.of("-cram-limit", "-cram-card"),
            List.of("-cram-warning-text", "-cram-warning-ground"),
            List.of("-cram-danger-text", "-cram-danger-ground"),
            List.of("-cram-on-applications", "-cram-part-applications"),
            List.of("-cram-on-cramdisk", "-cram-part-cramdisk"),
            List.of("-cram-on-kernel", "-cram-part-kernel"),
            List.of("-cram-on-shared", "-cram-part-shared"),
            List.of("-cram-on-foreign", "-cram-part-foreign"),
            List.of("-cram-on-cache", "-cram-part-cache"),
            List.of("-cram-on-free", "-cram-part-free"),
            List.of("-color-fg-default", "-cram-card"),
            List.of("-color-fg-muted", "-cram-card"),
            List.of("-color-accent-fg", "-cram-card"),
            List.of("-color-danger-fg", "-cram-card"),
            List.of("-color-fg-emphasis", "-color-accent-emphasis"));

    private static final List<List<String>> SHAPES = List.of(
            List.of("-color-accent-fg", "-cram-selected"),
            List.of("-color-accent-emphasis", "-cram-page"),
            List.of("-color-accent-emphasis", "-cram-card"),
            List.of("-cram-good", "-cram-sidebar"),
            List.of("-cram-wait", "-cram-sidebar"),
            List.of("-cram-limit", "-cram-sidebar"));

    @ParameterizedTest
    @EnumSource
    void textCanBeReadOnItsGround(Look look) throws IOException {
        Map<String, String> colours = coloursOf(look);
        List<List<String>> pairs = new ArrayList<>(TEXTS);
        for (int disk = 0; disk < 8; disk++) {
            pairs.add(List.of("-cram-on-disk", "-cram-disk-" + disk));
            // The name of a curve is written in the colour of its disk.
            pairs.add(List.of("-cram-disk-" + disk, "-cram-card"));
        }
        assertThat(tooWeak(colours, pairs, TEXT)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void signsAndFocusRingsCanBeSeen(Look look) throws IOException {
        assertThat(tooWeak(coloursOf(look), SHAPES, SHAPE)).isEmpty();
    }

    @ParameterizedTest
    @EnumSource
    void everyLookDefinesEveryColour(Look look) throws IOException {
        Map<String, String> here = new HashMap<>();
        collect(read("cramdisk.css"), "." + look.styleClass(), here);
        Map<String, String> light = new HashMap<>();
        collect(read("cramdisk.css"), "." + Look.LIGHT.styleClass(), light);
        assertThat(here.keySet()).containsAll(light.keySet());
    }

    private static List<String> tooWeak(Map<String, String> colours, List<List<String>> pairs, double least) {
        List<String> weak = new ArrayList<>();
        for (List<String> pair : pairs) {
            Color ground = resolve(colours, pair.get(1));
            double contrast = contrast(over(resolve(colours, pair.get(0)), ground), ground);
            if (contrast < least) {
                weak.add(String.format("%s on %s: %.2f", pair.get(0), pair.get(1), contrast));
            }
        }
        return weak;
    }

    private static Map<String, String> coloursOf(Look look) throws IOException {
        String base = look == Look.LIGHT
                ? new PrimerLight().getUserAgentStylesheet()
                : new PrimerDark().getUserAgentStylesheet();
        Map<String, String> colours = new HashMap<>();
        collect(read(base), ".root", colours);
        collect(read("cramdisk.css"), "." + look.styleClass(), colours);
        return colours;
    }

    private static String read(String resource) throws IOException {
        try (InputStream in = Objects.requireNonNull(Theme.class.getResourceAsStream(resource), resource)) {
            return new String(in.readAllBytes(), StandardCharsets.UTF_8).replaceAll("(?s)/\\*.*?\\*/", "");
        }
    }

    private static void collect(String sheet, String selector, Map<String, String> colours) {
        Matcher block = BLOCK.matcher(sheet);
        while (block.find()) {
            if (List.of(block.group(1).strip().split(",\\s*", -1)).contains(selector)) {
                Matcher definition = DEFINITION.matcher(block.group(2));
                while (definition.find()) {
                    colours.put(definition.group(1), definition.group(2).strip());
                }
            }
        }
    }

    private static Color resolve(Map<String, String> colours, String name) {
        String value = Objects.requireNonNull(colours.get(name), name + " is not defined");
        return value.startsWith("-") ? resolve(colours, value) : Color.web(value);
    }

    private static Color over(Color colour, Color ground) {
        double share = colour.getOpacity();
        return Color.color(
                colour.getRed() * share + ground.getRed() * (1 - share),
                colour.getGreen() * share + ground.getGreen() * (1 - share),
                colour.getBlue() * share + ground.getBlue() * (1 - share));
    }

    /** As WCAG 2.1 defines it. */
    private static double contrast(Color one, Color other) {
        double lighter = Math.max(luminance(one), luminance(other));
        double darker = Math.min(luminance(one), luminance(other));
        return (lighter + 0.05) / (darker + 0.05);
    }

    private static double luminance(Color colour) {
        return 0.2126 * linear(colour.getRed())
                + 0.7152 * linear(colour.getGreen())
                + 0.0722 * linear(colour.getBlue());
    }

    private static double linear(double part) {
        return part <= 0.04045 ? part / 12.92 : Math.pow((part + 0.055) / 1.055, 2.4);
    }
}
