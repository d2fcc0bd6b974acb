package io.gatehouse.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.api.ProblemException;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.springframework.test.util.ReflectionTestUtils;

/** Where a change may go from where, asked of the change itself. */
class ChangeStateTests {

    private static final Instant NOW = Instant.parse("2030-01-01T00:00:00Z");

    /** From the row to the column; rows and columns in the order of the states. */
    private static final String NORMAL =
            """
            from       NEW ASSESS AUTHORIZE SCHEDULED IMPLEMENT REVIEW CLOSED CANCELED
            NEW         -    yes      -         -         -        -      -      yes
            ASSESS     yes    -      yes        -         -        -      -      yes
            AUTHORIZE  yes    -       -        yes        -        -      -      yes
            SCHEDULED  yes    -       -         -        yes       -      -      yes
            IMPLEMENT   -     -       -         -         -       yes     -      yes
            REVIEW      -     -       -         -         -        -     yes      -
            CLOSED      -     -       -         -         -        -      -       -
            CANCELED    -     -       -         -         -        -      -       -
            """;

    /** Never in ASSESS and AUTHORIZE; what the check of its template refuses stays in NEW. */
    private static final String STANDARD =
            """
            from       NEW ASSESS AUTHORIZE SCHEDULED IMPLEMENT REVIEW CLOSED CANCELED
            NEW        yes    -       -        yes        -        -      -      yes
            ASSESS      -     -       -         -         -        -      -       -
            AUTHORIZE   -     -       -         -         -        -      -       -
            SCHEDULED  yes    -       -         -        yes       -      -      yes
            IMPLEMENT   -     -       -         -         -       yes     -      yes
            REVIEW      -     -       -         -         -        -     yes      -
            CLOSED      -     -       -         -         -        -      -       -
            CANCELED    -     -       -         -         -        -      -       -
            """;

    /** Never in ASSESS; once begun it is reviewed. */
    private static final String EMERGENCY =
            """
            from       NEW ASSESS AUTHORIZE SCHEDULED IMPLEMENT REVIEW CLOSED CANCELED
            NEW         -     -      yes        -         -        -      -      yes
            ASSESS      -     -       -         -         -        -      -       -
            AUTHORIZE  yes    -       -        yes        -        -      -      yes
            SCHEDULED  yes    -       -         -        yes       -      -      yes
            IMPLEMENT   -     -       -         -         -       yes     -       -
            REVIEW      -     -       -         -         -        -     yes      -
            CLOSED      -     -       -         -         -        -      -       -
            CANCELED    -     -       -         -         -        -      -       -
            """;

    @Test
    void aNormalChangeTakesTheseWays() {
        assertThat(ways(ChangeType.NORMAL)).isEqualTo(cells(NORMAL));
    }

    @Test
    void aStandardChangeTakesTheseWays() {
        assertThat(ways(ChangeType.STANDARD)).isEqualTo(cells(STANDARD));
    }

    @Test
    void anEmergencyChangeTakesTheseWays() {
        assertThat(ways(ChangeType.EMERGENCY)).isEqualTo(cells(EMERGENCY));
    }

    @ParameterizedTest
    @EnumSource
    void aRefusalLeavesTheChangeWhereItWas(ChangeState state) {
        for (ChangeState target : ChangeState.values()) {
            Change change = in(ChangeType.NORMAL, state);
            boolean moved = moves(change, target);
            assertThat(change.state()).as("%s to %s", state, target).isEqualTo(moved ? target : state);
            assertThat(change.closedAt() != null).as("%s to %s", state, target).isEqualTo(moved && target.isFinal());
        }
    }

    @ParameterizedTest
    @EnumSource
    void isReclassifiedWhileItIsNewOnly(ChangeState state) {
        for (ChangeType type : EnumSet.of(ChangeType.NORMAL, ChangeType.EMERGENCY)) {
            ChangeType other = type == ChangeType.NORMAL ? ChangeType.EMERGENCY : ChangeType.NORMAL;
            Change change = in(type, state);
            if (state == ChangeState.NEW) {
                change.reclassify(other);
                assertThat(change.type()).isEqualTo(other);
            } else {
                assertThatThrownBy(() -> change.reclassify(other))
                        .isInstanceOf(ProblemException.class)
                        .hasMessageContaining(change.number() + " is " + state + " and cannot be reclassified");
                assertThat(change.type()).isEqualTo(type);
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void isPutOnHoldBeforeItIsImplementedOnly(ChangeState state) {
        for (ChangeType type : ChangeType.values()) {
            Change change = in(type, state);
            if (EnumSet.of(ChangeState.NEW, ChangeState.ASSESS, ChangeState.AUTHORIZE, ChangeState.SCHEDULED)
                    .contains(state)) {
                change.hold("A part is missing");
                assertThat(change.onHoldBecause()).isEqualTo("A part is missing");
                assertThat(change.state()).isEqualTo(state);
                assertThatThrownBy(() -> change.hold("Another one")).hasMessageContaining("already on hold");
            } else {
                assertThatThrownBy(() -> change.hold("A part is missing"))
                        .isInstanceOf(ProblemException.class)
                        .hasMessageContaining(change.number() + " is " + state + " and cannot be put on hold");
                assertThat(change.onHoldBecause()).isNull();
            }
        }
    }

    @Test
    void isNotImplementedOnHold() {
        Change change = in(ChangeType.NORMAL, ChangeState.SCHEDULED);
        change.hold("A part is missing");

        assertThatThrownBy(change::beginImplementation).hasMessageContaining("is on hold: A part is missing");
        change.resume();
        change.beginImplementation();

        assertThat(change.state()).isEqualTo(ChangeState.IMPLEMENT);
        assertThatThrownBy(change::resume).hasMessageContaining("is not on hold");
    }

    @ParameterizedTest
    @EnumSource
    void isWrittenAndSubmittedInNewAndReviewedInReviewOnly(ChangeState state) {
        for (ChangeType type : ChangeType.values()) {
            assertThat(allowed(() -> in(type, state).describe(ChangeFixture.content(NOW))))
                    .isEqualTo(state == ChangeState.NEW);
            assertThat(allowed(() -> in(type, state).submit("scope"))).isEqualTo(state == ChangeState.NEW);
            assertThat(allowed(() -> in(type, state).review("mona", CloseCode.SUCCESSFUL)))
                    .isEqualTo(state == ChangeState.REVIEW);
        }
    }

    /** Only what has not been submitted, or is back with its requester, and never to or from a standard change. */
    @ParameterizedTest
    @EnumSource
    void isMadeAnotherTypeInNewOnly(ChangeState state) {
        for (ChangeType from : ChangeType.values()) {
            for (ChangeType to : ChangeType.values()) {
                Change change = in(from, state);
                boolean standard = from == ChangeType.STANDARD || to == ChangeType.STANDARD;

                boolean done = allowed(() -> change.reclassify(to));

                assertThat(done).as("%s to %s in %s", from, to, state).isEqualTo(state == ChangeState.NEW && !standard);
                assertThat(change.type()).isEqualTo(done ? to : from);
            }
        }
    }

    /** From every state that can be reached, into any. */
    private static Set<String> ways(ChangeType type) {
        Set<String> ways = new TreeSet<>();
        Set<ChangeState> reached = EnumSet.of(ChangeState.NEW);
        Deque<ChangeState> ahead = new ArrayDeque<>(reached);
        while (!ahead.isEmpty()) {
            ChangeState from = ahead.remove();
            for (ChangeState to : ChangeState.values()) {
                if (moves(in(type, from), to)) {
                    ways.add(from + " to " + to);
                    if (reached.add(to)) {
                        ahead.add(to);
                    }
                }
            }
        }
        return ways;
    }

    private static Set<String> cells(String table) {
        List<String[]> rows =
                table.lines().map(line -> line.strip().split(" +")).toList();
        assertThat(rows).hasSize(1 + ChangeState.values().length).allSatisfy(row -> assertThat(row)
                .hasSize(1 + ChangeState.values().length));
        Set<String> ways = new TreeSet<>();
        for (String[] row : rows.subList(1, rows.size())) {
            for (int column = 1; column < row.length; column++) {
                if (row[column].equals("yes")) {
                    ways.add(row[0] + " to " + rows.get(0)[column]);
                }
            }
        }
        return ways;
    }

    private static Change in(ChangeType type, ChangeState state) {
        Change change = Change.raise(type, "rita", null, ChangeFixture.content(NOW), NOW);
        ReflectionTestUtils.setField(change, "id", 1L);
        ReflectionTestUtils.setField(change, "state", state);
        return change;
    }

    private static boolean moves(Change change, ChangeState target) {
        return allowed(() -> {
            switch (target) {
                case NEW -> change.sendBack("Because");
                case ASSESS -> change.assess(Risk.LOW, List.of());
                case AUTHORIZE -> change.beginAuthorization();
                case SCHEDULED -> change.schedule();
                case IMPLEMENT -> change.beginImplementation();
                case REVIEW -> change.finishImplementation("oskar", CloseCode.SUCCESSFUL, false);
                case CLOSED -> change.close(NOW);
                case CANCELED -> change.cancel(NOW);
            }
        });
    }

    private static boolean allowed(Runnable step) {
        try {
            step.run();
            return true;
        } catch (ProblemException refused) {
            assertThat(refused.problem().status()).isEqualTo(409);
            return false;
        }
    }
}
