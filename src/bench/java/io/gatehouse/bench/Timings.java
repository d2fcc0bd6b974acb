package io.gatehouse.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How long each named step took, in the order in which the steps first came. */
final class Timings {

    private final Map<String, List<Long>> nanosByStep = new LinkedHashMap<>();

    synchronized void add(String step, long nanos) {
        nanosByStep.computeIfAbsent(step, name -> new ArrayList<>()).add(nanos);
    }

    /** Prints count, p50, p95 and p99 of every step in milliseconds. */
    synchronized void print() {
        System.out.printf("    %-34s %7s %8s %8s %8s%n", "ms per step", "calls", "p50", "p95", "p99");
        nanosByStep.forEach((step, nanos) -> {
            List<Long> sorted = nanos.stream().sorted().toList();
            System.out.printf(
                    "    %-34s %7d %8.1f %8.1f %8.1f%n",
                    step, sorted.size(), millis(sorted, 50), millis(sorted, 95), millis(sorted, 99));
        });
    }

    /** The median of a step in milliseconds. */
    synchronized double median(String step) {
        return millis(nanosByStep.get(step).stream().sorted().toList(), 50);
    }

    private static double millis(List<Long> sorted, int percent) {
        int index = (int) Math.ceil(sorted.size() * percent / 100.0) - 1;
        return sorted.get(Math.max(0, index)) / 1e6;
    }
}
