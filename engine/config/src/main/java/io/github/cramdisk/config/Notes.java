// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

import io.github.cramdisk.api.config.ConfigFormat;
import io.github.cramdisk.api.config.ConfigNote;
import io.github.cramdisk.api.config.ConfigNote.Weight;
import io.github.cramdisk.api.config.ConfigVolume;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Collects what a rendering has to say beside its text. Each sentence once for a volume. */
final class Notes {
    private final List<ConfigNote> all = new ArrayList<>();

    void leftOut(ConfigVolume volume, String why, @Nullable ConfigFormat nearest) {
        add(new ConfigNote(volume.title(), Weight.LEFT_OUT, why, nearest));
    }

    void changed(ConfigVolume volume, String what, @Nullable ConfigFormat nearest) {
        add(new ConfigNote(volume.title(), Weight.CHANGED, what, nearest));
    }

    void hint(ConfigVolume volume, String sentence) {
        add(new ConfigNote(volume.title(), Weight.HINT, sentence, null));
    }

    /** For all volumes together. */
    void hint(String sentence) {
        add(new ConfigNote("", Weight.HINT, sentence, null));
    }

    private void add(ConfigNote note) {
        if (!all.contains(note)) {
            all.add(note);
        }
    }

    List<ConfigNote> all() {
        return List.copyOf(all);
    }
}
