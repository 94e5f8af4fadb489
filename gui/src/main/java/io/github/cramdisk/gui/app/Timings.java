// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.app;

import java.io.PrintStream;
import javafx.animation.AnimationTimer;

/**
 * Prints when the window was first seen and when it could be used, each as a line {@code NAME MILLISECONDS}, milliseconds
 * since the epoch: whoever started the process knows when that was, and this process does not know it well enough.
 */
final class Timings {
    private final ShellModel shell;
    private final PrintStream out;

    Timings(ShellModel shell, PrintStream out) {
        this.shell = shell;
        this.out = out;
    }

    /** Begins; called when the window was shown, before its first frame. */
    void start() {
        afterNextFrame(() -> print("first-frame"));
        if (shell.sceneryProperty().get() == ShellModel.Scenery.PAGE) {
            afterNextFrame(() -> print("usable"));
        } else {
            shell.sceneryProperty().addListener((property, before, now) -> {
                if (before == ShellModel.Scenery.LOADING && now == ShellModel.Scenery.PAGE) {
                    afterNextFrame(() -> print("usable"));
                }
            });
        }
    }

    private void print(String name) {
        out.println(name + " " + System.currentTimeMillis());
        out.flush();
    }

    /** The first pulse hands the frame to the renderer, the second waits until it is drawn, in the third that is over. */
    private static void afterNextFrame(Runnable action) {
        new AnimationTimer() {
            private int pulses;

            @Override
            public void handle(long now) {
                if (++pulses == 3) {
                    stop();
                    action.run();
                }
            }
        }.start();
    }
}
