package io.gatehouse.rollout.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.http.ToolDouble;
import io.gatehouse.rollout.http.ToolDouble.Told;
import org.junit.jupiter.api.Test;

/** What holds besides for a tool that is known by a token and asked for its results. */
public interface PolledToolContract extends ConnectorContract {

    String RIGHT = "right-token";
    String WRONG = "wrong-token";

    Connector connector(String token);

    @Override
    default Connector connector() {
        return connector(RIGHT);
    }

    /** How it is told to somebody with a wrong token. */
    default String unknownToTheTool() {
        return "401";
    }

    @Test
    default void whoIsNotLetInIsTold() {
        assertThat(connector().check().result()).isEqualTo(ConnectorCheck.Result.OK);

        ConnectorCheck check = connector(WRONG).check();
        assertThat(check.result()).isEqualTo(ConnectorCheck.Result.FAILED);
        assertThat(check.detail()).contains(unknownToTheTool()).doesNotContain(WRONG);
        assertThat(connector(WRONG).call(order()).outcome()).isEqualTo(Outcome.REFUSED);
        assertThat(taken()).isEmpty();
    }

    @Test
    default void nothingTheToolSaysShowsTheToken() {
        for (int status : new int[] {400, 403, 409, 422, 500}) {
            tool().beforeTheOrder = Told.of(status, "{\"message\":\"who sent " + RIGHT + "?\"}");
            assertThat(connector().call(order()).detail()).doesNotContain(RIGHT);
        }
    }

    @Test
    default void whatAnotherNodeHasTakenOverIsNotOrdered() {
        assertThat(connector().call(ToolDouble.takenOverAfter(0, order()))).isEqualTo(ConnectorAnswer.takenOver());
        assertThat(taken()).isEmpty();
    }
}
