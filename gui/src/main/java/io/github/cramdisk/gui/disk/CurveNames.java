// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.gui.disk;

import io.github.cramdisk.api.insight.VolumeHistory;
import java.util.ArrayList;
import java.util.List;
import javafx.scene.control.Label;
import org.jspecify.annotations.Nullable;

/** Writes the names of curves on them, near their ends: above the line where there is room, else below, never two on one place. */
final class CurveNames {
    /** Where the middle of a name lies, as a share of the width; the next is tried where the first is taken. */
    private static final double[] PLACES = {0.86, 0.66, 0.46, 0.26};

    private static final double GAP = 3;

    private final ChartScale scale;
    private final List<double[]> taken = new ArrayList<>();

    CurveNames(ChartScale scale) {
        this.scale = scale;
    }

    /** @param limitY where a line across lies; NaN for none */
    void place(@Nullable VolumeHistory past, List<Curve> curves, double limitY) {
        if (!Double.isNaN(limitY)) {
            // The name of the limit stands on it at the right.
            taken.add(new double[] {scale.left(), limitY - 1, scale.width(), 2});
            taken.add(new double[] {scale.left() + scale.width() - 60, limitY - 20, 60, 22});
        }
        // The uppermost is the last; its name is placed first.
        for (int i = curves.size() - 1; i >= 0; i--) {
            Curve curve = curves.get(i);
            curve.label().setVisible(past != null && past.size() > 1 && place(past, curve, curves));
        }
    }

    private boolean place(VolumeHistory past, Curve curve, List<Curve> curves) {
        Label label = curve.label();
        double width = Math.ceil(label.prefWidth(-1));
        double height = label.prefHeight(-1);
        for (double share : PLACES) {
            double left = Math.rint(scale.left() + scale.width() * share - width / 2);
            double[] range = range(past, curve, left, left + width);
            if (range.length == 0) {
                continue;
            }
            for (double top : new double[] {range[0] - height - GAP, range[1] + GAP}) {
                boolean inside = top >= scale.up() - 4 && top + height <= scale.up() + scale.height();
                if (inside
                        && isFree(left, top, width, height)
                        && !isCrossed(past, curve, curves, left, top, width, height)) {
                    label.resizeRelocate(left, Math.rint(top), width, height);
                    taken.add(new double[] {left, top, width, height});
                    return true;
                }
            }
        }
        return false;
    }

    private boolean isFree(double left, double top, double width, double height) {
        return taken.stream()
                .noneMatch(box -> left < box[0] + box[2]
                        && box[0] < left + width
                        && top < box[1] + box[3]
                        && box[1] < top + height);
    }

    private boolean isCrossed(
            VolumeHistory past, Curve own, List<Curve> curves, double left, double top, double width, double height) {
        for (Curve other : curves) {
            double[] range = other == own ? new double[0] : range(past, other, left, left + width);
            if (range.length > 0 && range[0] < top + height && range[1] > top) {
                return true;
            }
        }
        return false;
    }

    /** Highest and lowest point of a curve between two places; empty where it is not drawn there. */
    private double[] range(VolumeHistory past, Curve curve, double from, double to) {
        double highest = Double.MAX_VALUE;
        double lowest = -1;
        for (int step = 0; step < past.size(); step++) {
            double x = scale.x(past.timeMillis(step));
            double reach = scale.width() * past.stepMillis() / Math.max(1, scale.end() - scale.begin());
            if (past.isKnown(step) && x >= from - reach && x <= to + reach) {
                double y = scale.y(curve.at(past, step));
                highest = Math.min(highest, y);
                lowest = Math.max(lowest, y);
            }
        }
        return lowest < 0 ? new double[0] : new double[] {highest, lowest};
    }
}
