// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.theme;

import atlantafx.base.theme.PrimerDark;
import atlantafx.base.theme.PrimerLight;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;
import javafx.application.Application;
import javafx.scene.Scene;
import javafx.scene.text.Font;

/** Dresses a scene: AtlantaFX below, Cramdisk's own sheets above, the best installed font. */
public final class Theme {
    /** First installed wins; the last resort is what the toolkit calls System. */
    private static final List<String> FAMILIES = List.of("Inter", "Cantarell", "Noto Sans", "DejaVu Sans");

    private static final List<String> MONOSPACE =
            List.of("JetBrains Mono", "Cascadia Code", "Noto Sans Mono", "DejaVu Sans Mono");

    private static final String SEMI_BOLD = " Semi Bold";

    private Theme() {}

    /** Applies the theme now and whenever it changes. */
    public static void install(Scene scene, ThemeModel model) {
        scene.getStylesheets().setAll(sheet("cramdisk.css"), fontSheet(Set.copyOf(Font.getFamilies())));
        apply(scene, model.lookProperty().get());
        model.lookProperty().addListener((property, before, look) -> apply(scene, look));
    }

    private static void apply(Scene scene, Look look) {
        String base = look == Look.LIGHT
                ? new PrimerLight().getUserAgentStylesheet()
                : new PrimerDark().getUserAgentStylesheet();
        if (!Objects.equals(base, Application.getUserAgentStylesheet())) {
            Application.setUserAgentStylesheet(base);
        }
        List<String> classes = scene.getRoot().getStyleClass();
        Stream.of(Look.values()).map(Look::styleClass).forEach(classes::remove);
        classes.add(look.styleClass());
    }

    private static String sheet(String name) {
        URL url = Objects.requireNonNull(Theme.class.getResource(name), name);
        return url.toExternalForm();
    }

    /** JavaFX reads only one family from a sheet, so the sheet is written for what is installed. */
    static String fontSheet(Set<String> installed) {
        String family =
                FAMILIES.stream().filter(installed::contains).findFirst().orElse("System");
        String mono = MONOSPACE.stream().filter(installed::contains).findFirst().orElse("Monospaced");
        // Toolkits know normal and bold only; headings want the weight between, where it is a family of its own.
        String strong = installed.contains(family + SEMI_BOLD)
                ? "-fx-font-family: \"" + family + SEMI_BOLD + "\"; -fx-font-weight: normal;"
                : "-fx-font-weight: bold;";
        String css = String.format(
                Locale.ROOT,
                ".root, .tooltip { -fx-font-family: \"%s\"; } .strong { %s } .mono { -fx-font-family: \"%s\"; }",
                family,
                strong,
                mono);
        return "data:text/css;base64," + Base64.getEncoder().encodeToString(css.getBytes(StandardCharsets.UTF_8));
    }
}
