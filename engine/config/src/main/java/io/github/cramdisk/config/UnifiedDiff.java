// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The difference of two texts as {@code diff -u} writes it. Without state; quadratic, for files of some thousand lines. */
public final class UnifiedDiff {
    private static final int CONTEXT = 3;
    private static final String NO_NEWLINE = "\\ No newline at end of file\n";

    private UnifiedDiff() {}

    private record Line(char mark, String text) {}

    /** @return empty where both are the same; a missing file is {@code /dev/null} */
    public static String of(String path, @Nullable String before, @Nullable String after) {
        List<String> old = lines(before);
        List<String> now = lines(after);
        List<Line> all = edits(old, now);
        StringBuilder text = new StringBuilder();
        int oldLine = 1;
        int newLine = 1;
        int i = 0;
        while (i < all.size()) {
            if (all.get(i).mark() == ' ') {
                oldLine++;
                newLine++;
                i++;
                continue;
            }
            int start = Math.max(0, i - CONTEXT);
            int end = endOfHunk(all, i);
            hunk(text, all.subList(start, end), oldLine - (i - start), newLine - (i - start));
            for (; i < end; i++) {
                oldLine += all.get(i).mark() == '+' ? 0 : 1;
                newLine += all.get(i).mark() == '-' ? 0 : 1;
            }
        }
        if (text.isEmpty()) {
            return "";
        }
        return "--- " + (before == null ? "/dev/null" : path) + "\n+++ " + (after == null ? "/dev/null" : path) + "\n"
                + text;
    }

    /** Changes that are no further apart than two contexts share a hunk. */
    private static int endOfHunk(List<Line> all, int first) {
        int last = first;
        for (int i = first; i < all.size() && i - last <= 2 * CONTEXT; i++) {
            if (all.get(i).mark() != ' ') {
                last = i;
            }
        }
        return Math.min(all.size(), last + 1 + CONTEXT);
    }

    private static void hunk(StringBuilder text, List<Line> lines, int oldStart, int newStart) {
        long oldCount = lines.stream().filter(line -> line.mark() != '+').count();
        long newCount = lines.stream().filter(line -> line.mark() != '-').count();
        text.append("@@ -")
                .append(range(oldStart, oldCount))
                .append(" +")
                .append(range(newStart, newCount))
                .append(" @@\n");
        for (Line line : lines) {
            text.append(line.mark()).append(line.text());
            if (!line.text().endsWith("\n")) {
                text.append('\n').append(NO_NEWLINE);
            }
        }
    }

    private static String range(int start, long count) {
        return (count == 0 ? start - 1 : start) + (count == 1 ? "" : "," + count);
    }

    private static List<String> lines(@Nullable String text) {
        List<String> lines = new ArrayList<>();
        if (text != null) {
            int from = 0;
            while (from < text.length()) {
                int end = text.indexOf('\n', from);
                int next = end < 0 ? text.length() : end + 1;
                lines.add(text.substring(from, next));
                from = next;
            }
        }
        return lines;
    }

    /** By the longest common subsequence. */
    private static List<Line> edits(List<String> old, List<String> now) {
        int[][] common = new int[old.size() + 1][now.size() + 1];
        for (int i = old.size() - 1; i >= 0; i--) {
            for (int j = now.size() - 1; j >= 0; j--) {
                common[i][j] = old.get(i).equals(now.get(j))
                        ? common[i + 1][j + 1] + 1
                        : Math.max(common[i + 1][j], common[i][j + 1]);
            }
        }
        List<Line> lines = new ArrayList<>();
        int i = 0;
        int j = 0;
        while (i < old.size() || j < now.size()) {
            if (i < old.size() && j < now.size() && old.get(i).equals(now.get(j))) {
                lines.add(new Line(' ', old.get(i++)));
                j++;
            } else if (i < old.size() && (j == now.size() || common[i + 1][j] >= common[i][j + 1])) {
                lines.add(new Line('-', old.get(i++)));
            } else {
                lines.add(new Line('+', now.get(j++)));
            }
        }
        return lines;
    }
}
