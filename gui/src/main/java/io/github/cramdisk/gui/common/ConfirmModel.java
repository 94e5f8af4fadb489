// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.common;

/**
 * View model of a question before something is destroyed: says what would be lost and who would be cut off.
 *
 * @param <S> with what force it is done
 */
public abstract class ConfirmModel<S> extends FormModel<S, String> {
    public abstract String title();

    /** What would be lost. */
    public abstract String loss();

    /** Who would be cut off; empty where nobody would. */
    public abstract String users();

    /** The words on the button that does it. */
    public abstract String action();
}
