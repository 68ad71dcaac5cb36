package io.github.nmf4j.core;

import com.google.auto.service.AutoService;

/** Sweep after sweep, nothing in between. */
@AutoService(Acceleration.class)
public record NoAcceleration() implements Acceleration {
    @Override
    public String name() {
        return "none";
    }

    @Override
    public String summary() {
        return "sweeps alone";
    }

    @Override
    public Iterate run(Sweep sweep, Iterate start, Gate gate, Problem problem) {
        Iterate now = start;
        Iterate next = start.copy();
        while (sweep.run(now, next, gate)) {
            Iterate before = now;
            now = next;
            next = before;
        }
        return now;
    }
}
