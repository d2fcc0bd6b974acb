package io.gatehouse.change;

import io.gatehouse.engine.DecisionTables;
import io.gatehouse.model.TableAuthors;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Which versions of the policy tables decide about a change: those that were the newest when it was submitted. Nobody
 * decides by a rule of their own: where whoever wrote the change had a hand in that version, the newest in which they
 * had none is asked as well, and the stricter of both answers holds. What ships has no author, so there is always one.
 */
@Component
class PolicyVersions {

    static final String ELIGIBLE_FOR_TEMPLATE = "EligibleForTemplate";
    static final String ASSESS_CHANGE_RISK = "AssessChangeRisk";
    static final String REQUIRE_EVIDENCE = "RequireEvidence";
    static final String CHOOSE_APPROVERS = "ChooseApprovers";
    static final String AUTHORIZE_EMERGENCY = "AuthorizeEmergency";
    static final String DECIDE_CAB_OUTCOME = "DecideCabOutcome";
    static final String REQUIRE_REVIEW = "RequireReview";
    static final String CHOOSE_CARRIER = "ChooseCarrier";

    private final DecisionTables tables;
    private final TableAuthors authors;
    private final Duties duties;
    private final JdbcClient jdbc;
    private final JdbcTemplate batches;

    PolicyVersions(DecisionTables tables, TableAuthors authors, Duties duties, JdbcClient jdbc, JdbcTemplate batches) {
        this.tables = tables;
        this.authors = authors;
        this.duties = duties;
        this.jdbc = jdbc;
        this.batches = batches;
    }

    /**
     * Pins the versions that decide in the round that begins. The change must be locked.
     *
     * @return the versions by table
     */
    SortedMap<String, List<Integer>> pin(Change change) {
        List<String> asked = new ArrayList<>(authorising(change));
        asked.add(REQUIRE_REVIEW);
        SortedMap<String, List<Integer>> versions = pin(change, asked);
        LockedChanges.pinned(change, versions);
        return versions;
    }

    private static List<String> authorising(Change change) {
        return switch (change.type()) {
            case STANDARD -> List.of(ELIGIBLE_FOR_TEMPLATE);
            case NORMAL -> List.of(ASSESS_CHANGE_RISK, REQUIRE_EVIDENCE, CHOOSE_APPROVERS, DECIDE_CAB_OUTCOME);
            case EMERGENCY -> List.of(AUTHORIZE_EMERGENCY);
        };
    }

    /** The versions of a table to ask, newest first. A change that was submitted before they were pinned is pinned now. */
    List<Integer> of(Change change, String table) {
        List<Integer> pinned = pinned(change, table);
        if (pinned.isEmpty()) {
            return Objects.requireNonNull(pin(change, List.of(table)).get(table));
        }
        // Since then somebody may have come to answer for the tool that wrote the change.
        if (isImpartial(change, List.of(table))) {
            return pinned;
        }
        Map<Integer, Set<String>> hands = handsIn(table);
        List<Integer> versions = choose(table, pinned.get(0), hands, duties.concerned(change));
        List<Integer> added =
                versions.stream().filter(version -> !pinned.contains(version)).toList();
        write(change, Map.of(table, added));
        duties.notePolicy(change, peopleOf(added, hands));
        return pinned(change, table);
    }

    /**
     * The versions of a table to ask about a change that is still to be raised, newest first.
     *
     * @param concerned whoever will have written it
     */
    List<Integer> ahead(String table, Set<String> concerned) {
        int newest = Objects.requireNonNull(tables.newest().get(table), table);
        return choose(table, newest, handsIn(table), concerned);
    }

    /** Pins the versions that were asked before a change was raised. The change must be locked. */
    void keep(Change change, String table, List<Integer> versions) {
        write(change, Map.of(table, versions));
        duties.notePolicy(change, peopleOf(versions, handsIn(table)));
    }

    /**
     * Whether of each table that authorises the change a version was asked in which nobody had a hand whom it concerns.
     */
    boolean authorisedImpartially(Change change) {
        return isImpartial(change, authorising(change));
    }

    private boolean isImpartial(Change change, List<String> asked) {
        Set<String> concerned = duties.concerned(change);
        if (!duties.anyPolicyOf(change, concerned)) {
            return true;
        }
        return asked.stream().allMatch(table -> isImpartial(table, pinned(change, table), concerned));
    }

    /** A change that was submitted before there were boards has pinned nothing about them, and no board decided. */
    private boolean isImpartial(String table, List<Integer> versions, Set<String> concerned) {
        Map<Integer, Set<String>> hands = handsIn(table);
        return versions.isEmpty() && table.equals(DECIDE_CAB_OUTCOME)
                || versions.stream()
                        .anyMatch(version -> Collections.disjoint(hands.getOrDefault(version, Set.of()), concerned));
    }

    private SortedMap<String, List<Integer>> pin(Change change, List<String> asked) {
        Map<String, Integer> newest = tables.newest();
        Map<String, Map<Integer, Set<String>>> hands = authors.of(asked);
        Set<String> concerned = duties.concerned(change);
        SortedMap<String, List<Integer>> versions = new TreeMap<>();
        Set<String> people = new HashSet<>();
        for (String table : asked) {
            Map<Integer, Set<String>> handsInTable = Objects.requireNonNull(hands.get(table));
            List<Integer> chosen =
                    choose(table, Objects.requireNonNull(newest.get(table), table), handsInTable, concerned);
            versions.put(table, chosen);
            people.addAll(peopleOf(chosen, handsInTable));
        }
        write(change, versions);
        duties.notePolicy(change, people);
        return versions;
    }

    private static List<Integer> choose(
            String table, int newest, Map<Integer, Set<String>> hands, Set<String> concerned) {
        List<Integer> chosen = new ArrayList<>(List.of(newest));
        int version = newest;
        while (!Collections.disjoint(hands.getOrDefault(version, Set.of()), concerned)) {
            version--;
        }
        if (version < 1) {
            throw new IllegalStateException("Of " + table + " there is no version but by " + concerned);
        }
        if (version < newest) {
            chosen.add(version);
        }
        return chosen;
    }

    private static Set<String> peopleOf(Collection<Integer> versions, Map<Integer, Set<String>> hands) {
        Set<String> people = new HashSet<>();
        versions.forEach(version -> people.addAll(hands.getOrDefault(version, Set.of())));
        return people;
    }

    private Map<Integer, Set<String>> handsIn(String table) {
        return Objects.requireNonNull(authors.of(List.of(table)).get(table));
    }

    private List<Integer> pinned(Change change, String table) {
        return LockedChanges.pins(change, () -> read(change)).getOrDefault(table, List.of());
    }

    /** Newest first. */
    private Map<String, List<Integer>> read(Change change) {
        Map<String, List<Integer>> pins = new HashMap<>();
        jdbc.sql(
                        """
                        select table_key, table_version from change_policy where change_id = ? and round = ?
                        order by table_version desc""")
                .params(change.id(), change.approvalRound())
                .query(row -> {
                    pins.computeIfAbsent(row.getString("table_key"), first -> new ArrayList<>())
                            .add(row.getInt("table_version"));
                });
        return pins;
    }

    private void write(Change change, Map<String, List<Integer>> versions) {
        List<Object[]> rows = new ArrayList<>();
        versions.forEach((table, chosen) -> chosen.forEach(
                version -> rows.add(new Object[] {change.id(), change.approvalRound(), table, version})));
        batches.batchUpdate(
                "insert into change_policy (change_id, round, table_key, table_version) values (?, ?, ?, ?)", rows);
        LockedChanges.forgetPins(change);
    }
}
