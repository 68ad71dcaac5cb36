package io.github.nmf4j.report;

import java.util.ArrayList;
import java.util.List;

/**
 * One direction of a plot: what is measured, from where to where, and where to write numbers.
 *
 * @param label what is measured, with its unit
 * @param low value at the beginning
 * @param high value at the end, above low
 * @param logarithmic whether equal ratios are equally long
 */
record Axis(String label, double low, double high, boolean logarithmic) {
    private static final double[] STEPS = {1, 2, 5, 10};
    private static final int TICKS = 5;

    /** A number beside the axis. */
    record Tick(double value, String text) {}

    /** {@return an axis on which equal differences are equally long} */
    static Axis linear(String label, double low, double high) {
        if (high > low) {
            return new Axis(label, low, high, false);
        }
        double room = low == 0 ? 1 : Math.abs(low) * 0.01;
        return new Axis(label, low - room, low + room, false);
    }

    /** {@return an axis on which equal ratios are equally long}, from a positive number on */
    static Axis logarithmic(String label, double low, double high) {
        return high > low ? new Axis(label, low, high, true) : new Axis(label, low / 2, low * 2, true);
    }

    /** {@return where a value lies: 0 at the beginning, 1 at the end; NaN if it has no place} */
    double at(double value) {
        return logarithmic
                ? value > 0 ? Math.log(value / low) / Math.log(high / low) : Double.NaN
                : (value - low) / (high - low);
    }

    List<Tick> ticks() {
        List<Double> values = logarithmic ? powers() : List.of();
        boolean powers = values.size() > 1;
        if (!powers) {
            values = even();
        }
        double step = values.size() > 1 ? values.get(1) - values.get(0) : high - low;
        List<Tick> ticks = new ArrayList<>();
        for (double value : values) {
            ticks.add(new Tick(value, Text.number(value, digits(value, powers ? value : step))));
        }
        return ticks;
    }

    /** As many digits as tell a value from its neighbours. */
    private static int digits(double value, double step) {
        return value == 0 ? 1 : Math.max(1, 1 + (int) Math.floor(Math.log10(Math.abs(value / step)) + 1e-9) + 1);
    }

    private List<Double> even() {
        double rough = (high - low) / TICKS;
        double power = Math.pow(10, Math.floor(Math.log10(rough)));
        double step = power;
        for (double candidate : STEPS) {
            step = candidate * power;
            if (step >= rough * (1 - 1e-9)) {
                break;
            }
        }
        List<Double> values = new ArrayList<>();
        for (double n = Math.ceil(low / step - 1e-9); n * step <= high + step * 1e-9; n++) {
            values.add(power < 1 ? n * Math.rint(step / power) / Math.rint(1 / power) : n * step);
        }
        return values;
    }

    private List<Double> powers() {
        List<Double> values = new ArrayList<>();
        double decades = Math.log10(high / low);
        int every = (int) Math.ceil(decades / TICKS);
        double[] within = decades > 2.5 ? new double[] {1} : new double[] {1, 2, 5};
        for (int e = (int) Math.floor(Math.log10(low)); e <= Math.log10(high); e++) {
            for (double factor : within) {
                double value = factor * Math.pow(10, e);
                if (Math.floorMod(e, every) == 0 && value >= low * (1 - 1e-9) && value <= high * (1 + 1e-9)) {
                    values.add(value);
                }
            }
        }
        return values;
    }
}
