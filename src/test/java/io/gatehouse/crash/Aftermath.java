package io.gatehouse.crash;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What must be true when everything has ended, whenever the product was killed. */
final class Aftermath {

    private final Tables tables;
    private final PatientCaller caller;
    private final Acknowledged acknowledged;
    private final DeployTool tool;

    Aftermath(Tables tables, PatientCaller caller, Acknowledged acknowledged, DeployTool tool) {
        this.tables = tables;
        this.caller = caller;
        this.acknowledged = acknowledged;
        this.tool = tool;
    }

    void check(String headBeforeTheLastKill) {
        await().atMost(Duration.ofSeconds(60)).until(() -> !tool.isBusy());
        everythingHasEnded();
        noAcknowledgedWriteIsLost();
        whatWasAcknowledgedIsReadBack();
        assertThat(Checker.breaches(tables.history(tool, acknowledged))).isEmpty();
        Auditor.findsTheTrailIntact(tables.database(), "--head=" + headBeforeTheLastKill);
        assertThat(caller.failures()).as("answers of 5xx").isEmpty();
    }

    private void everythingHasEnded() {
        assertThat(tables.changesThatHaveNotEnded())
                .as("changes that have not ended")
                .isEmpty();
        await().atMost(Duration.ofSeconds(30)).untilAsserted(() -> assertThat(tables.leftovers())
                .as("what is left half done")
                .isEmpty());
    }

    private void noAcknowledgedWriteIsLost() {
        assertThat(tables.titles())
                .as("changes")
                .containsExactlyInAnyOrderElementsOf(acknowledged.titles().values());
        assertThat(tables.callbacks()).as("callbacks").containsAll(tool.deliveries());
    }

    private void whatWasAcknowledgedIsReadBack() {
        Map<String, List<Acknowledged.Decision>> decisions =
                acknowledged.decisions().stream().collect(Collectors.groupingBy(Acknowledged.Decision::change));
        acknowledged.titles().forEach((number, title) -> {
            JsonNode change = read("/api/v1/changes/" + number);
            assertThat(change.get("title").asText()).as(number).isEqualTo(title);
            assertThat(change.get("state").asText())
                    .as(number)
                    .isEqualTo(acknowledged.ends().get(number));
            if (decisions.containsKey(number)) {
                assertThat(decisionsOf(number)).containsAll(decisions.get(number));
            }
        });
        acknowledged.descriptions().forEach((number, description) -> assertThat(
                        read("/api/v1/changes/" + number).get("description").asText())
                .as(number)
                .isEqualTo(description));
        acknowledged.plannedSteps().forEach((number, steps) -> assertThat(
                        read("/api/v1/changes/" + number + "/rollout-plan").get("steps"))
                .as(number)
                .hasSize(steps));
    }

    private List<Acknowledged.Decision> decisionsOf(String number) {
        return read("/api/v1/changes/" + number + "/approvals").findParents("person").stream()
                .map(seat -> new Acknowledged.Decision(
                        number,
                        seat.get("round").asInt(),
                        seat.get("seat").asText(),
                        seat.get("person").asText(),
                        seat.get("decision").asText().equals("APPROVED")))
                .toList();
    }

    private JsonNode read(String path) {
        return caller.get("alma", path).expect(200);
    }
}
