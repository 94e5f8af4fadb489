// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.create;

import io.github.cramdisk.api.CodecSpec;
import io.github.cramdisk.api.SqueezeSpec;
import java.util.List;
import javafx.beans.Observable;
import javafx.beans.property.BooleanProperty;
import javafx.beans.property.IntegerProperty;
import javafx.beans.property.ObjectProperty;
import javafx.beans.property.SimpleBooleanProperty;
import javafx.beans.property.SimpleIntegerProperty;
import javafx.beans.property.SimpleObjectProperty;

/** How a disk compresses, as forms ask for it: what is written, and what stays unused. */
public final class Compression {
    private final ObjectProperty<CodecSpec.Algorithm> algorithm =
            new SimpleObjectProperty<>(this, "algorithm", CodecSpec.Algorithm.LZ4);
    private final IntegerProperty level = new SimpleIntegerProperty(this, "level", CodecSpec.DEFAULT_ZSTD_LEVEL);
    private final BooleanProperty squeezed = new SimpleBooleanProperty(this, "squeezed");
    private final IntegerProperty squeezeLevel =
            new SimpleIntegerProperty(this, "squeezeLevel", SqueezeSpec.DEFAULT.level());

    /** Begins with these. */
    public Compression(CodecSpec codec, SqueezeSpec squeeze) {
        set(codec);
        squeezed.set(squeeze.isOn());
        if (squeeze.isOn()) {
            squeezeLevel.set(squeeze.level());
        }
    }

    /** Chooses a codec, and the usual squeezing for it. */
    void set(CodecSpec codec) {
        algorithm.set(codec.algorithm());
        squeezed.set(SqueezeSpec.defaultFor(codec).isOn());
        if (codec.algorithm() == CodecSpec.Algorithm.ZSTD) {
            level.set(codec.level());
        }
    }

    /** Everything that a form has to follow. */
    public List<Observable> all() {
        return List.of(algorithm, level, squeezed, squeezeLevel);
    }

    public ObjectProperty<CodecSpec.Algorithm> algorithmProperty() {
        return algorithm;
    }

    /** Level of zstd, 1 to 19. */
    public IntegerProperty levelProperty() {
        return level;
    }

    /** Whether what stays unused is compressed again. */
    public BooleanProperty squeezedProperty() {
        return squeezed;
    }

    /** Level of zstd for that, 1 to 19. */
    public IntegerProperty squeezeLevelProperty() {
        return squeezeLevel;
    }

    public CodecSpec codec() {
        return switch (algorithm.get()) {
            case LZ4 -> CodecSpec.LZ4;
            case NONE -> CodecSpec.NONE;
            case ZSTD -> CodecSpec.zstd(within(level.get()));
        };
    }

    public SqueezeSpec squeeze() {
        return squeezed.get() ? new SqueezeSpec(within(squeezeLevel.get())) : SqueezeSpec.OFF;
    }

    private static int within(int wanted) {
        return Math.max(1, Math.min(CodecSpec.MAX_ZSTD_LEVEL, wanted));
    }
}
