// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.api.compare;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/**
 * Which kind of storage suits files best, and why.
 *
 * @param rival index in {@link Comparison#rivals}
 */
public record Advice(int rival, Reason reason) {
    /** Who saves less is not worth its time. */
    private static final double LEAST_SAVING = 0.15;
    /** Files that take less than this part of the available memory need not be compressed at once: one in four. */
    private static final int PLENTY = 4;
    /** A disk with the fast codec is preferred to one that is smaller by less than this part. */
    private static final double NEARLY_THE_SMALLEST = 1.1;

    /** Why. */
    public enum Reason {
        /** The files hardly become smaller, so compressing them only costs time. */
        HARDLY_COMPRESSES,
        /** Memory is plenty: plain files are fastest, and become smaller in compressed swap when it is not. */
        PLENTY_OF_MEMORY,
        /** The files take a good part of the memory, and much less of it compressed. */
        SAVES_MEMORY;

        /** As on the wire and in scripts: {@code saves-memory}. */
        @JsonValue
        public String text() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    /**
     * Chooses.
     *
     * @param rivals one tmpfs, one with swap, at least one disk; the first disk is the one with the fast codec
     */
    public static Advice of(List<Rival> rivals, long filesBytes, long availableBytes) {
        int tmpfs = first(rivals, Rival.Kind.TMPFS);
        int fast = first(rivals, Rival.Kind.DISK);
        int smallest = rivals.indexOf(rivals.stream()
                .filter(rival -> rival.kind() == Rival.Kind.DISK)
                .min(Comparator.comparingLong(Rival::restedMemoryBytes))
                .orElseThrow());
        double least = rivals.get(smallest).restedMemoryBytes();
        if (least > rivals.get(tmpfs).memoryBytes() * (1 - LEAST_SAVING)) {
            return new Advice(tmpfs, Reason.HARDLY_COMPRESSES);
        }
        if (filesBytes <= availableBytes / PLENTY) {
            return new Advice(first(rivals, Rival.Kind.TMPFS_WITH_SWAP), Reason.PLENTY_OF_MEMORY);
        }
        boolean fastWillDo = rivals.get(fast).restedMemoryBytes() <= least * NEARLY_THE_SMALLEST;
        return new Advice(fastWillDo ? fast : smallest, Reason.SAVES_MEMORY);
    }

    private static int first(List<Rival> rivals, Rival.Kind kind) {
        for (int i = 0; i < rivals.size(); i++) {
            if (rivals.get(i).kind() == kind) {
                return i;
            }
        }
        throw new IllegalArgumentException("no " + kind.text() + " among the rivals");
    }
}
