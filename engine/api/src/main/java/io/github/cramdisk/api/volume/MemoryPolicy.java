// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.volume;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.github.cramdisk.api.CramdiskException;
import io.github.cramdisk.api.ErrorKind;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * On which NUMA nodes the pages of a tmpfs are placed: option {@code mpol} of tmpfs(5), such as {@code local},
 * {@code prefer:1}, {@code bind=static:0-3} or {@code interleave:0,2-3}.
 *
 * @param mode default, local, prefer, bind or interleave
 * @param flag {@code static} or {@code relative}, or empty for neither
 * @param nodes numbers of nodes; empty where the mode takes none
 */
public record MemoryPolicy(String mode, String flag, SortedSet<Integer> nodes) {
    private static final Pattern TEXT =
            Pattern.compile("(default|local|prefer|bind|interleave)(?:=(static|relative))?(?::([0-9,-]{1,256}))?");
    private static final Pattern RANGE = Pattern.compile("([0-9]{1,4})(?:-([0-9]{1,4}))?");
    private static final List<String> WITHOUT_NODES = List.of("default", "local");
    /** MAX_NUMNODES of the largest kernel configuration. */
    private static final int MOST_NODES = 1024;

    /** @throws CramdiskException {@link ErrorKind#INVALID_TMPFS_OPTION} */
    public MemoryPolicy {
        nodes = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(nodes));
        String problem = null;
        if (WITHOUT_NODES.contains(mode) && (!nodes.isEmpty() || !flag.isEmpty())) {
            problem = mode + " takes neither nodes nor a flag.";
        } else if (mode.equals("bind") && nodes.isEmpty()) {
            problem = "bind needs nodes, such as bind:0-3.";
        } else if (mode.equals("prefer") && nodes.size() > 1) {
            problem = "prefer takes one node.";
        } else if (!flag.isEmpty() && nodes.isEmpty()) {
            problem = "static and relative need nodes, such as " + mode + "=" + flag + ":0-3.";
        }
        if (problem != null) {
            throw new CramdiskException(ErrorKind.INVALID_TMPFS_OPTION, "mpol=" + mode, problem);
        }
    }

    /** @throws CramdiskException {@link ErrorKind#INVALID_TMPFS_OPTION} */
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static MemoryPolicy parse(String text) {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) {
            throw refused(text);
        }
        TreeSet<Integer> nodes = new TreeSet<>();
        String list = matcher.group(3);
        if (list != null) {
            for (String part : list.split(",", -1)) {
                Matcher range = RANGE.matcher(part);
                if (!range.matches()) {
                    throw refused(text);
                }
                int first = Integer.parseInt(range.group(1));
                int last = range.group(2) == null ? first : Integer.parseInt(range.group(2));
                if (last < first || last >= MOST_NODES) {
                    throw refused(text);
                }
                for (int node = first; node <= last; node++) {
                    nodes.add(node);
                }
            }
        }
        return new MemoryPolicy(matcher.group(1), matcher.group(2) == null ? "" : matcher.group(2), nodes);
    }

    private static CramdiskException refused(String text) {
        return new CramdiskException(
                ErrorKind.INVALID_TMPFS_OPTION,
                "mpol=" + text,
                "Use default, local, prefer:NODE, bind:NODES or interleave:NODES, NODES such as 0-3,5;"
                        + " =static or =relative may follow the word.");
    }

    /** As the kernel reads and writes it; ranges of nodes are drawn together. */
    @Override
    @JsonValue
    public String toString() {
        StringBuilder text = new StringBuilder(mode);
        if (!flag.isEmpty()) {
            text.append('=').append(flag);
        }
        char separator = ':';
        for (int node : nodes) {
            if (nodes.contains(node - 1)) {
                continue;
            }
            int last = node;
            while (nodes.contains(last + 1)) {
                last++;
            }
            text.append(separator).append(node);
            if (last > node) {
                text.append('-').append(last);
            }
            separator = ',';
        }
        return text.toString();
    }
}
