package io.gatehouse.change;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Who had a hand in which version of the policy tables, and so in what decides about a change, as its rule reads. */
final class PolicyModel {

    /** By table, oldest first; whoever proposed the version and whoever let it in. */
    private final Map<String, List<Set<String>>> versions = new TreeMap<>();

    PolicyModel() {
        TableFixture.OF_A_NORMAL_CHANGE.forEach(this::release);
    }

    void bringIn(String table, String proposer, String decider) {
        versions.get(table).add(Set.of(proposer, decider));
    }

    /** Whether nobody had a hand in the newest version of a table. */
    boolean isReleased(String table) {
        List<Set<String>> all = versions.get(table);
        return all.get(all.size() - 1).isEmpty();
    }

    /** What ships has no author. */
    void release(String table) {
        versions.computeIfAbsent(table, none -> new ArrayList<>()).add(Set.of());
    }

    /** The authors of what decides about a change that these people wrote: of the newest, and if that is theirs of the next. */
    Set<String> rulers(Set<String> writers) {
        Set<String> rulers = new HashSet<>();
        for (List<Set<String>> table : versions.values()) {
            int version = table.size() - 1;
            rulers.addAll(table.get(version));
            while (!Collections.disjoint(table.get(version), writers)) {
                version--;
            }
            rulers.addAll(table.get(version));
        }
        return rulers;
    }
}
