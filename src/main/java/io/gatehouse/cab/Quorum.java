package io.gatehouse.cab;

import java.util.Collection;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * How many votes of which seats a board needs.
 *
 * @param count at least so many
 * @param seats and all of these
 */
public record Quorum(int count, SortedSet<String> seats) {

    public Quorum {
        seats = java.util.Collections.unmodifiableSortedSet(new TreeSet<>(seats));
    }

    /** Whether these seats are enough of them. */
    public boolean isReachedBy(Collection<String> voted) {
        return new TreeSet<>(voted).size() >= count && voted.containsAll(seats);
    }
}
