// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.attach;

import io.github.cramdisk.gui.common.FormModel;
import java.util.function.Consumer;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import javafx.beans.property.SimpleStringProperty;
import javafx.beans.property.StringProperty;

/** What is typed in a field, and what is wrong with it. */
public final class CheckedText {
    private final StringProperty text = new SimpleStringProperty(this, "text", "");
    private final ReadOnlyStringWrapper error = new ReadOnlyStringWrapper(this, "error", "");

    public StringProperty textProperty() {
        return text;
    }

    /** Empty where nothing is wrong. */
    public ReadOnlyStringProperty errorProperty() {
        return error.getReadOnlyProperty();
    }

    /** What is typed, without blanks around it. */
    String typed() {
        return text.get().strip();
    }

    /**
     * Checks it; what is empty is right.
     *
     * @param reader throws what is wrong
     */
    void check(Consumer<String> reader) {
        error.set(FormModel.errorOf(() -> {
            if (!typed().isEmpty()) {
                reader.accept(typed());
            }
            return "";
        }));
    }

    void setError(String sentence) {
        error.set(sentence);
    }

    boolean isWrong() {
        return !error.get().isEmpty();
    }
}
