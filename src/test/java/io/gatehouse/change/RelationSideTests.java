package io.gatehouse.change;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which states of the other change keep one waiting, of each kind of relation. */
class RelationSideTests {

    /** States of the other; a closed one has ended successfully, with issues, without success, or was rolled back. */
    @ParameterizedTest(name = "{0} waits in {1}")
    @CsvSource({
        "DEPENDS_ON,     NEW ASSESS AUTHORIZE SCHEDULED IMPLEMENT REVIEW FAILED ROLLED_BACK CANCELED",
        "NEEDED_BY,      ''",
        "CONFLICTS_WITH, IMPLEMENT",
        "SUPERSEDES,     IMPLEMENT",
        "SUPERSEDED_BY,  ASSESS AUTHORIZE SCHEDULED IMPLEMENT REVIEW SUCCESSFUL WITH_ISSUES",
    })
    void waitsWhileTheOtherIs(RelationSide side, String expected) {
        Set<String> waits = Arrays.stream(Other.values())
                .filter(other -> side.waitsFor(other.change()).isPresent())
                .map(Other::name)
                .collect(Collectors.toCollection(TreeSet::new));

        assertThat(waits)
                .isEqualTo(Arrays.stream(expected.split(" "))
                        .filter(name -> !name.isEmpty())
                        .collect(Collectors.toCollection(TreeSet::new)));
    }

    @Test
    void saysWhatItWaitsFor() {
        assertThat(RelationSide.DEPENDS_ON.waitsFor(Other.SCHEDULED.change()))
                .hasValue("waits for CHG-000012 (SCHEDULED), on which it depends");
        assertThat(RelationSide.DEPENDS_ON.waitsFor(Other.ROLLED_BACK.change()).orElseThrow())
                .startsWith("waits for CHG-000012 (CLOSED, SUCCESSFUL, rolled back), on which it depends")
                .endsWith("ended without success: remove the relation, or revise the change");
        assertThat(RelationSide.SUPERSEDED_BY.waitsFor(Other.AUTHORIZE.change()))
                .hasValue("waits for CHG-000012 (AUTHORIZE), which supersedes it");
    }

    @ParameterizedTest
    @EnumSource(RelationSide.class)
    void hasAnOppositeThatIsItsOwn(RelationSide side) {
        assertThat(side.opposite().opposite()).isEqualTo(side);
        assertThat(side.words(Other.NEW.change())).endsWith("CHG-000012 (NEW)");
    }

    private enum Other {
        NEW,
        ASSESS,
        AUTHORIZE,
        SCHEDULED,
        IMPLEMENT,
        REVIEW,
        SUCCESSFUL,
        WITH_ISSUES,
        FAILED,
        ROLLED_BACK,
        CANCELED;

        RelatedChange change() {
            ChangeState state =
                    switch (this) {
                        case SUCCESSFUL, WITH_ISSUES, FAILED, ROLLED_BACK -> ChangeState.CLOSED;
                        default -> ChangeState.valueOf(name());
                    };
            CloseCode code =
                    switch (this) {
                        case REVIEW, SUCCESSFUL, ROLLED_BACK -> CloseCode.SUCCESSFUL;
                        case WITH_ISSUES -> CloseCode.SUCCESSFUL_WITH_ISSUES;
                        case FAILED -> CloseCode.UNSUCCESSFUL;
                        default -> null;
                    };
            return new RelatedChange("CHG-000012", "Upgrade nova", state, code, this == ROLLED_BACK);
        }
    }
}
