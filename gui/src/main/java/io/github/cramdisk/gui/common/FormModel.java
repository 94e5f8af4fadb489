// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.common;

import io.github.cramdisk.api.CramdiskException;
import java.util.function.Consumer;
import java.util.function.Supplier;
import javafx.beans.Observable;
import javafx.beans.property.ReadOnlyBooleanProperty;
import javafx.beans.property.ReadOnlyBooleanWrapper;
import javafx.beans.property.ReadOnlyObjectProperty;
import javafx.beans.property.ReadOnlyObjectWrapper;
import javafx.beans.property.ReadOnlyStringProperty;
import javafx.beans.property.ReadOnlyStringWrapper;
import org.jspecify.annotations.Nullable;

/**
 * What every form has: a wish made of its fields, checked at every change, the command line that does the same, and the
 * question to the engine. When the engine refuses, the fields stay as they are.
 *
 * @param <S> what is asked for, such as the specification of a disk
 * @param <R> what the engine answers
 */
public abstract class FormModel<S, R> implements AutoCloseable {
    private final ReadOnlyObjectWrapper<@Nullable Refusal> refusal = new ReadOnlyObjectWrapper<>(this, "refusal");
    private final ReadOnlyStringWrapper engineError = new ReadOnlyStringWrapper(this, "engineError", "");
    private final ReadOnlyStringWrapper warning = new ReadOnlyStringWrapper(this, "warning", "");
    private final ReadOnlyStringWrapper command = new ReadOnlyStringWrapper(this, "command", "");
    private final ReadOnlyBooleanWrapper valid = new ReadOnlyBooleanWrapper(this, "valid");
    private final ReadOnlyBooleanWrapper busy = new ReadOnlyBooleanWrapper(this, "busy");

    private @Nullable S wish;

    protected FormModel() {
        refusal.addListener((property, before, now) -> engineError.set(now == null ? "" : now.sentence()));
    }

    /** Asks the engine for what the form says. */
    protected abstract Tasks.Pending<R> ask(S wanted);

    /** How a refusal of the engine is shown. */
    protected Refusal refused(CramdiskException error) {
        return Refusal.of(error, command.get());
    }

    /** Runs {@code check} whenever one of the fields changes; then an old answer of the engine concerns it no more. */
    protected final void follow(Runnable check, Iterable<? extends Observable> fields) {
        for (Observable field : fields) {
            field.addListener(observable -> {
                refusal.set(null);
                check.run();
            });
        }
    }

    /** @param newWish null while the fields do not make one */
    protected final void setWish(@Nullable S newWish) {
        wish = newWish;
        valid.set(newWish != null);
    }

    protected final void setCommand(String line) {
        command.set(line);
    }

    protected final void setWarning(String text) {
        warning.set(text);
    }

    /** What is wrong according to {@code check}; empty where nothing is. */
    public static String errorOf(Supplier<String> check) {
        try {
            return check.get();
        } catch (CramdiskException e) {
            return Texts.sentence(e);
        }
    }

    /** Why the engine refused; null before it is asked and after the next change. */
    public final ReadOnlyObjectProperty<@Nullable Refusal> refusalProperty() {
        return refusal.getReadOnlyProperty();
    }

    /** The sentence of the refusal, empty where there is none. */
    public final ReadOnlyStringProperty engineErrorProperty() {
        return engineError.getReadOnlyProperty();
    }

    /** What to think of before; does not forbid it. */
    public final ReadOnlyStringProperty warningProperty() {
        return warning.getReadOnlyProperty();
    }

    /** The command line that does the same. */
    public final ReadOnlyStringProperty commandProperty() {
        return command.getReadOnlyProperty();
    }

    public final ReadOnlyBooleanProperty validProperty() {
        return valid.getReadOnlyProperty();
    }

    /** Whether the engine has been asked and has not answered yet. */
    public final ReadOnlyBooleanProperty busyProperty() {
        return busy.getReadOnlyProperty();
    }

    /** Asks the engine; on success {@code onDone} is told, on failure the form stays as it is and says why. */
    public final void submit(Consumer<? super R> onDone) {
        S wanted = wish;
        if (wanted == null || busy.get()) {
            return;
        }
        busy.set(true);
        refusal.set(null);
        ask(wanted)
                .onSuccess(answer -> {
                    busy.set(false);
                    onDone.accept(answer);
                })
                .onFailure(error -> {
                    busy.set(false);
                    refusal.set(refused(error));
                });
    }

    /** Stops following the engine. */
    @Override
    public void close() {}
}
