package io.gatehouse.rollout.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.http.ToolDouble.Told;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds besides for a connector that asks its tool whether an order has a chance before it sends one. */
public interface LooksBeforeItOrders extends PolledToolContract {

    @Test
    default void nothingIsInDoubtBeforeTheOrder() {
        Map<Outcome, List<Integer>> meant = Map.of(
                Outcome.REFUSED, List.of(401, 403, 404),
                Outcome.NOT_REACHED, List.of(200, 409, 429, 500, 503));
        meant.forEach((outcome, statuses) -> statuses.forEach(status -> {
            tool().trouble.add(Told.of(status, "<html>"));
            assertThat(connector().call(order()).outcome()).as("%s", status).isEqualTo(outcome);
        }));
        assertThat(taken()).isEmpty();
    }
}
