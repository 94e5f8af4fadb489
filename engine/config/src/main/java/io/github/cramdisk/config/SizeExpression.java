// SPDX-License-Identifier: Apache-2.0
package io.github.cramdisk.config;

/**
 * The expressions of {@code zram-size} in zram-generator.conf(5), as far as people write them: numbers, {@code ram},
 * {@code + - * /}, parentheses, {@code min} and {@code max}. In mebibytes. Used once, by one thread.
 */
final class SizeExpression {
    private final String text;
    private final double ram;
    private int at;

    private SizeExpression(String text, double ram) {
        this.text = text.replaceAll("\\s+", "");
        this.ram = ram;
    }

    /** @throws IllegalArgumentException for what is no such expression */
    static double evaluate(String text, double ramMebibytes) {
        SizeExpression expression = new SizeExpression(text, ramMebibytes);
        double value = expression.sum();
        if (expression.at != expression.text.length() || !Double.isFinite(value)) {
            throw expression.refused();
        }
        return value;
    }

    private double sum() {
        double value = product();
        while (true) {
            if (accept('+')) {
                value += product();
            } else if (accept('-')) {
                value -= product();
            } else {
                return value;
            }
        }
    }

    private double product() {
        double value = atom();
        while (true) {
            if (accept('*')) {
                value *= atom();
            } else if (accept('/')) {
                value /= atom();
            } else {
                return value;
            }
        }
    }

    private double atom() {
        if (accept('(')) {
            double value = sum();
            expect(')');
            return value;
        }
        if (text.startsWith("min(", at) || text.startsWith("max(", at)) {
            boolean least = text.charAt(at + 1) == 'i';
            at += "min(".length();
            double value = sum();
            while (accept(',')) {
                double other = sum();
                value = least ? Math.min(value, other) : Math.max(value, other);
            }
            expect(')');
            return value;
        }
        if (text.startsWith("ram", at)) {
            at += "ram".length();
            return ram;
        }
        int start = at;
        while (at < text.length() && (Character.isDigit(text.charAt(at)) || text.charAt(at) == '.')) {
            at++;
        }
        try {
            return Double.parseDouble(text.substring(start, at));
        } catch (NumberFormatException e) {
            throw refused();
        }
    }

    private boolean accept(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char c) {
        if (!accept(c)) {
            throw refused();
        }
    }

    private IllegalArgumentException refused() {
        return new IllegalArgumentException("not understood: " + text);
    }
}
