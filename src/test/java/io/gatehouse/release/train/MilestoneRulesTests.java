package io.gatehouse.release.train;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MilestoneRulesTests {

    /** The kind of every entry of the published schedule, none left out. */
    private static final String GAZPACHO =
            """
            1                         MILESTONE
            2                         MILESTONE
            3                         MILESTONE
            mf                        FREEZE
            ff                        FREEZE
            rf                        FREEZE
            soft-sf                   FREEZE
            hard-sf                   FREEZE
            nova-spec-soft-freeze     FREEZE
            nova-spec-freeze          FREEZE
            manila-spec-freeze        FREEZE
            manila-fpfreeze           FREEZE
            openstackclient-freeze    FREEZE
            oslo-feature-freeze       FREEZE
            final-lib                 CUT_OFF
            final-clientlib           CUT_OFF
            rc1                       CANDIDATE
            finalrc                   CANDIDATE
            final                     FINAL
            f-final                   EVENT
            vptg                      EVENT
            cycle-trail               EVENT
            cycle-highlights          EVENT
            extra-acs                 EVENT
            nova-spec-review-day      EVENT
            nova-review-day           EVENT
            manila-new-driver-deadline EVENT
            manila-mid-cycle          EVENT
            manila-bugsquash          EVENT
            h-election-nominations    EVENT
            h-election-email-deadline EVENT
            h-election-campaigning    EVENT
            h-election-voting         EVENT
            h-election-close          EVENT
            """;

    @Test
    void everyEntryOfAPublishedScheduleHasItsKind() {
        Map<String, String> table = GAZPACHO.lines()
                .map(line -> line.split(" +"))
                .collect(Collectors.toMap(row -> row[0], row -> row[1], (one, other) -> one, TreeMap::new));

        Map<String, String> kinds = TrainFixture.scheduleOf(TrainFixture.gazpacho(), Set.of()).milestones().stream()
                .collect(Collectors.toMap(
                        Milestone::name, milestone -> milestone.kind().name(), (one, other) -> one, TreeMap::new));

        assertThat(kinds).isEqualTo(table);
    }

    /** Names of other series, where a rule could go wrong. */
    @ParameterizedTest
    @CsvSource({
        "cinder-mid-cycle-ptg-1, EVENT",
        "4, EVENT",
        "horizon-ff, FREEZE",
        "staff, EVENT",
        "unfreeze, EVENT",
        "freezer, EVENT",
        "freeze, FREEZE",
        "final-libs, EVENT",
        "oslo-final-lib, CUT_OFF",
        "rc10, EVENT",
        "kolla-rc1, CANDIDATE",
        "final-summit, EVENT",
        "summit-final, EVENT"
    })
    void whatOnlyLooksLikeOneIsNone(String name, MilestoneKind kind) {
        assertThat(MilestoneRules.kindOf(name)).isEqualTo(kind);
    }
}
