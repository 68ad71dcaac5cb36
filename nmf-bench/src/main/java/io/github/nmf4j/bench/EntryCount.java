package io.github.nmf4j.bench;

import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** Entries of X read: microseconds per thousand entries, which are nanoseconds per entry. */
@State(Scope.Thread)
@AuxCounters(AuxCounters.Type.OPERATIONS)
public class EntryCount {
    /** Thousands of entries; JMH divides the time by it and prints the quotient under this name. */
    public double nanosPerEntry;

    void add(long entries) {
        nanosPerEntry += entries * 1e-3;
    }
}
