package io.gatehouse.change;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EmergencyPolicyTests {

    private static final Map<String, Object> ANSWER = Map.of(
            "seats", "change-manager, ops-lead,cab-chair",
            "approvals", 2,
            "timeBox", "PT1H",
            "moreSeats", "release-manager",
            "approveWithin", "PT4H");

    @Test
    void readsWhatATableSays() {
        EmergencyPolicy policy = EmergencyPolicy.of(ANSWER);

        assertThat(policy.seats()).containsExactly("change-manager", "ops-lead", "cab-chair");
        assertThat(policy.timeBox()).isEqualTo(Duration.ofHours(1));
        assertThat(EmergencyPolicy.of(with("approveWithin", "")).approveWithin())
                .isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "seats, 'change-manager,somebody'",
        "seats, ''",
        "approvals, 1",
        "approvals, 4",
        "timeBox, an hour",
        "timeBox, ''",
        "moreSeats, requester",
        "approveWithin, tomorrow"
    })
    void refusesAnAnswerThatMakesNoSense(String output, String text) {
        Object answer = output.equals("approvals") ? (Object) Integer.valueOf(text) : text;

        assertThatThrownBy(() -> EmergencyPolicy.of(with(output, answer)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("AuthorizeEmergency");
    }

    @Test
    void asksEverySeatWhereTwoVersionsNameOthers() {
        EmergencyPolicy policy = EmergencyPolicy.strictest(
                List.of(EmergencyPolicy.of(with("seats", "qa-lead,product-owner")), EmergencyPolicy.of(ANSWER)));

        assertThat(policy.seats())
                .containsExactlyInAnyOrder("qa-lead", "product-owner", "change-manager", "ops-lead", "cab-chair");
        assertThat(policy.approvals()).isEqualTo(5);
    }

    @Test
    void takesTheShortestTimesAndTheMostApprovals() {
        EmergencyPolicy policy = EmergencyPolicy.strictest(List.of(
                EmergencyPolicy.of(with("timeBox", "PT20M")),
                EmergencyPolicy.of(with("approveWithin", "P1D")),
                EmergencyPolicy.of(with("approvals", 3))));

        assertThat(policy.timeBox()).isEqualTo(Duration.ofMinutes(20));
        assertThat(policy.approveWithin()).isEqualTo(Duration.ofHours(4));
        assertThat(policy.approvals()).isEqualTo(3);
    }

    @Test
    void isApprovedBeforeUnlessEveryVersionLetsItBeApprovedAfterwards() {
        EmergencyPolicy policy = EmergencyPolicy.strictest(
                List.of(EmergencyPolicy.of(ANSWER), EmergencyPolicy.of(with("approveWithin", ""))));

        assertThat(policy.approveWithin()).isNull();
    }

    private static Map<String, Object> with(String output, Object answer) {
        Map<String, Object> answers = new TreeMap<>(ANSWER);
        answers.put(output, answer);
        return answers;
    }
}
