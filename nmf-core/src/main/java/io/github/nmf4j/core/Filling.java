package io.github.nmf4j.core;

import io.github.nmf4j.api.Surrogate;
import java.util.Comparator;
import java.util.List;

/**
 * Who takes what is missing of a sum that no multiplier gives, because the total jumps over it: the flattest entries, of equally
 * flat ones those of least slope, for an entry that is straight, or nearly, loses nothing by it.
 *
 * <p>Entries before the last one take all they can; those like it share the rest in the order in which they ask.
 */
final class Filling {
    private final Room last;
    private double rest;

    /** What an entry can take, up to its upper bound, and what that costs: φ″, and l of φ′. */
    record Room(double curvature, double linear, double room) {
        private static final Comparator<Room> ORDER =
                Comparator.comparingDouble(Room::curvature).thenComparingDouble(Room::linear);

        static Room of(Surrogate block, int c, int j, double h) {
            return new Room(block.curvature(c, j, h), block.linear(c, j), block.upper(c, j) - h);
        }
    }

    /**
     * Finds the last entry to take something.
     *
     * @param rooms all entries of a group; sorted
     * @param missing of their sum
     */
    Filling(List<Room> rooms, double missing) {
        rooms.sort(Room.ORDER);
        Room level = rooms.get(0);
        double before = 0;
        double through = 0;
        for (Room room : rooms) {
            if (Room.ORDER.compare(level, room) < 0) {
                if (through >= missing) {
                    break;
                }
                before = through;
                level = room;
            }
            through += room.room;
        }
        last = level;
        rest = missing - before;
    }

    /** {@return what an entry takes} */
    double share(Room of) {
        int order = Room.ORDER.compare(of, last);
        double taken = order < 0 ? of.room : order > 0 ? 0.0 : Math.min(rest, of.room);
        rest -= order == 0 ? taken : 0.0;
        return taken;
    }
}
