// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.common;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.MessageFormat;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Holds the bundles to each other and to the sources: a text forgotten in one of the languages fails the build. */
class TextsTest {
    private static final Path SOURCES = Path.of("src/main/java");
    private static final Path BUNDLES = Path.of("src/main/resources/io/github/cramdisk/gui/texts");
    private static final List<String> LANGUAGES = List.of("de");

    private static final Pattern PLACEHOLDER = Pattern.compile("\\{([0-9])[,}]");
    private static final Pattern LITERAL = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");

    /** Two words, a capital letter and more, or an ellipsis: what people read and no program does. */
    private static final Pattern PROSE =
            Pattern.compile("[A-Za-z’]{2,} [A-Za-z]|^_?[A-Z]_?[a-z]+|[a-z]_?[a-z]+…|[a-z]+ · ");

    /** What comes before a literal that people will read, however short it is. */
    private static final Pattern SHOWN = Pattern.compile("(Ui\\.(label|paragraph)|new (Label|Button|Tooltip|CheckBox"
            + "|ToggleButton|MenuButton|MenuItem)|CardMenu\\.(item|danger)"
            + "|set(Text|PromptText|AccessibleText|AccessibleHelp|Title))\\(\\s*$");

    /** Lines whose literals are for programs, for the log or for whoever mends Cramdisk. */
    private static final Pattern TECHNICAL = Pattern.compile(
            "LOG\\.log|new (IllegalState|UnsupportedOperation)Exception"
                    + "|AssertionError|CramdiskException\\(|new IOException\\(|Pattern\\.compile|@SuppressWarnings|getLogger|-fx-|nbdcopy|nbdfuse|qemu-img"
                    + "|cramdisk |CommandWords|\"RssAnon:\"|\"GTK_THEME\"|List\\.of\\(\"(Inter|JetBrains)|SEMI_BOLD = "
                    + "|\"sudo |\"pkaction |\"System\"|\"Monospaced\"|stored\\.store|new Simple|ReadOnly[A-Za-z]+Wrapper");

    /** A path, an option or a value of one, the same in every language. */
    private static final Pattern EXAMPLE = Pattern.compile("/.*| --.*|[a-z]+:[0-9]");

    private static final Pattern STATEMENT_END = Pattern.compile("(?<=[;{}])\\s*\n");

    @AfterEach
    void english() {
        Texts.use(Locale.ENGLISH);
    }

    @Test
    void everyLanguageHasTheSameTextsWithTheSamePlaceholders() throws IOException {
        for (String bundle : bundles()) {
            Map<String, String> english = load(bundle + ".properties");
            for (String language : LANGUAGES) {
                Map<String, String> other = load(bundle + "_" + language + ".properties");
                assertThat(other.keySet()).as(bundle + "_" + language).isEqualTo(english.keySet());
                english.forEach((key, text) -> assertThat(placeholders(other.getOrDefault(key, "")))
                        .as("placeholders of %s in %s", key, language)
                        .isEqualTo(placeholders(text)));
            }
        }
    }

    @Test
    void everyTextIsWellFormedAndInItsPlace() throws IOException {
        for (String bundle : bundles()) {
            List<String> files = new ArrayList<>(List.of(bundle + ".properties"));
            LANGUAGES.forEach(language -> files.add(bundle + "_" + language + ".properties"));
            for (String file : files) {
                Map<String, String> texts = load(file);
                texts.forEach((key, text) -> {
                    assertThat(key).as(file).startsWith(bundle + ".");
                    assertThat(text).as(key).isNotBlank();
                    // It would be dropped from texts with arguments, and stand in those without: ’ does neither.
                    assertThat(text).as(key + " in " + file).doesNotContain("'");
                    assertThat(new MessageFormat(text, Locale.ROOT)).as(key).isNotNull();
                });
                assertThat(keysInOrder(file)).as("order of the keys of " + file).isSorted();
            }
        }
    }

    @Test
    void everyTextIsUsedAndEveryUsedTextExists() throws IOException {
        Set<String> known = new TreeSet<>();
        for (String bundle : bundles()) {
            known.addAll(load(bundle + ".properties").keySet());
        }
        Pattern key = Pattern.compile("^(" + String.join("|", bundles()) + ")\\.[a-z0-9.-]+$");
        Set<String> used = new TreeSet<>();
        Set<String> beginnings = new TreeSet<>();
        Set<String> ends = new TreeSet<>();
        for (Map.Entry<Path, String> source : sources().entrySet()) {
            LITERAL.matcher(source.getValue())
                    .results()
                    .map(found -> found.group(1))
                    .forEach(literal -> {
                        if (key.matcher(literal).matches()) {
                            (literal.endsWith(".") ? beginnings : used).add(literal);
                        } else if (literal.matches("\\.[a-z-]+")) {
                            ends.add(literal);
                        }
                    });
        }
        assertThat(used.stream()
                        .filter(name -> !known.contains(name))
                        .filter(name -> !name.matches("disk\\.(img|raw|qcow2)"))
                        .filter(name -> !name.startsWith("window."))
                        .collect(Collectors.toSet()))
                .as("used, and in no bundle")
                .isEmpty();
        assertThat(known.stream()
                        .filter(name -> !used.contains(name))
                        .filter(name -> beginnings.stream().noneMatch(name::startsWith))
                        .filter(name -> ends.stream()
                                .noneMatch(end -> name.endsWith(end)
                                        && used.contains(name.substring(0, name.length() - end.length()))))
                        .collect(Collectors.toSet()))
                .as("in a bundle, and used nowhere")
                .isEmpty();
    }

    @Test
    void noTextForPeopleStandsInTheSources() throws IOException {
        List<String> found = new ArrayList<>();
        sources().forEach((file, source) -> {
            String code = source.replaceAll("(?s)/\\*.*?\\*/", "").replaceAll("(?m)^\\s*//.*$|\\s//[^\"]*$", "");
            STATEMENT_END
                    .splitAsStream(code)
                    .filter(statement -> !TECHNICAL.matcher(statement).find())
                    .forEach(statement -> LITERAL.matcher(statement)
                            .results()
                            .filter(literal -> isForPeople(statement, literal))
                            .forEach(literal -> found.add(file.getFileName() + ": " + literal.group())));
        });
        assertThat(found).as("texts belong into the bundles").isEmpty();
    }

    private static boolean isForPeople(String statement, MatchResult literal) {
        String text = literal.group(1);
        if (EXAMPLE.matcher(text).matches()) {
            return false;
        }
        return PROSE.matcher(text).find()
                || (text.matches(".*[a-z]{2}.*")
                        && SHOWN.matcher(statement.substring(0, literal.start()))
                                .find());
    }

    @Test
    void fallsBackToEnglishAndNeverToTheLanguageOfTheMachine() {
        Locale machine = Locale.getDefault();
        try {
            Locale.setDefault(Locale.GERMANY);
            Texts.use(Locale.FRENCH);
            assertThat(Texts.of("common.cancel")).isEqualTo("Cancel");
            Texts.use(Locale.forLanguageTag("de-AT"));
            assertThat(Texts.of("common.cancel")).isEqualTo("Abbrechen");
        } finally {
            Locale.setDefault(machine);
        }
    }

    @Test
    void numbersAreWrittenAsInTheLanguage() {
        assertThat(Texts.of("disk.number", 12_345)).isEqualTo("12,345");
        assertThat(Sizes.format(3L << 29)).isEqualTo("1.5 GiB");
        Texts.use(Locale.GERMAN);
        assertThat(Texts.of("disk.number", 12_345)).isEqualTo("12.345");
        assertThat(Sizes.format(3L << 29)).isEqualTo("1,5 GiB");
        assertThat(Sizes.formatShort(4096)).isEqualTo("4 KiB");
        assertThat(Sizes.formatRatio(2.4, 1)).isEqualTo("2,4×");
    }

    @Test
    void countsOneAndManyInEachLanguage() {
        assertThat(Stream.of(0, 1, 2).map(count -> Texts.of("app.engine.running", count)))
                .containsExactly("Engine running · no disks", "Engine running · 1 disk", "Engine running · 2 disks");
        Texts.use(Locale.GERMAN);
        assertThat(Stream.of(0, 1, 2).map(count -> Texts.of("app.engine.running", count)))
                .containsExactly("Engine läuft · keine Disks", "Engine läuft · 1 Disk", "Engine läuft · 2 Disks");
    }

    private static List<String> bundles() throws IOException {
        try (Stream<Path> files = Files.list(BUNDLES)) {
            return files.map(file -> file.getFileName().toString())
                    .filter(name -> name.endsWith(".properties") && !name.contains("_"))
                    .map(name -> name.substring(0, name.indexOf('.')))
                    .sorted()
                    .toList();
        }
    }

    private static Map<String, String> load(String file) throws IOException {
        Properties properties = new Properties();
        try (Reader reader = Files.newBufferedReader(BUNDLES.resolve(file))) {
            properties.load(reader);
        }
        Map<String, String> texts = new TreeMap<>();
        properties.stringPropertyNames().forEach(key -> texts.put(key, properties.getProperty(key)));
        return texts;
    }

    private static List<String> keysInOrder(String file) throws IOException {
        return Files.readAllLines(BUNDLES.resolve(file)).stream()
                .filter(line -> !line.startsWith("#") && line.contains("="))
                .map(line -> line.substring(0, line.indexOf('=')))
                .toList();
    }

    private static Set<String> placeholders(String text) {
        return PLACEHOLDER.matcher(text).results().map(found -> found.group(1)).collect(Collectors.toSet());
    }

    private static Map<Path, String> sources() throws IOException {
        Map<Path, String> sources = new HashMap<>();
        try (Stream<Path> files = Files.walk(SOURCES)) {
            for (Path file :
                    files.filter(path -> path.toString().endsWith(".java")).toList()) {
                sources.put(file, Files.readString(file));
            }
        }
        return sources;
    }
}
