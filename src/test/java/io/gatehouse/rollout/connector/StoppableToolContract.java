package io.gatehouse.rollout.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.http.ToolDouble;
import io.gatehouse.rollout.http.ToolDouble.Told;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What holds besides for a tool that can be told to end what it has begun. */
public interface StoppableToolContract extends PolledToolContract {

    /** Lets what was ordered begin, as the tool would. */
    default void begin() {}

    /** Lets what was ordered succeed. */
    void succeed();

    /** The statuses by which the tool says that there is nothing to stop. */
    default List<Integer> tooLate() {
        return List.of();
    }

    @Test
    default void whatItHasBegunIsStoppedAndTellsSoItself() {
        assertThat(connector().stopping()).isEqualTo(Stopping.ONCE_TAKEN);
        ConnectorAnswer before = connector().call(order());
        begin();

        assertThat(connector().stop(order(), before.reference()).outcome()).isEqualTo(Outcome.SUCCEEDED);

        assertThat(tool().stopped).hasSize(1);
        assertThat(connector().ask(order(), before.reference()).outcome()).isEqualTo(Outcome.FAILED);
        assertThat(tool().refused).isEmpty();
    }

    @Test
    default void whatIsStoppedTwiceIsStopped() {
        ConnectorAnswer before = connector().call(order());
        begin();
        connector().stop(order(), before.reference());

        assertThat(connector().stop(order(), before.reference()).outcome()).isEqualTo(Outcome.SUCCEEDED);
        assertThat(connector().stop(order(), null).outcome()).isEqualTo(Outcome.SUCCEEDED);

        assertThat(tool().stopped).hasSize(1);
        assertThat(tool().refused).isEmpty();
    }

    @Test
    default void whatHasEndedIsNotStopped() {
        ConnectorAnswer before = connector().call(order());
        begin();
        succeed();

        assertThat(connector().stop(order(), before.reference()))
                .returns(Outcome.SUCCEEDED, ConnectorAnswer::outcome)
                .extracting(ConnectorAnswer::detail)
                .asString()
                .startsWith("It had ended before.");

        assertThat(tool().stopped).isEmpty();
        assertThat(tool().log).as("is told once, by whoever asks").isEmpty();
    }

    @Test
    default void aStopThatIsNotTakenSaysWhetherItMayBeSentAgain() {
        ConnectorAnswer before = connector().call(order());
        begin();
        Map<Outcome, List<Integer>> meant = Map.of(
                Outcome.REFUSED, List.of(401, 403),
                Outcome.NOT_REACHED, List.of(429),
                Outcome.AMBIGUOUS, List.of(500, 503));
        meant.forEach((outcome, statuses) -> statuses.forEach(status -> {
            tool().beforeTheStop = Told.of(status, "<html>no</html>");
            assertThat(connector().stop(order(), before.reference()).outcome())
                    .as("%s", status)
                    .isEqualTo(outcome);
        }));
        for (int status : tooLate()) {
            tool().beforeTheStop = Told.of(status, "");
            assertThat(connector().stop(order(), before.reference()).outcome())
                    .as("%s", status)
                    .isEqualTo(Outcome.AMBIGUOUS);
        }
    }

    @Test
    default void whatAnotherNodeHasTakenOverIsNotStopped() {
        ConnectorAnswer before = connector().call(order());
        begin();

        assertThat(connector()
                        .stop(ToolDouble.takenOverAfter(0, order()), before.reference())
                        .outcome())
                .isEqualTo(Outcome.AMBIGUOUS);

        assertThat(tool().stopped).isEmpty();
    }

    @Test
    default void aToolThatIsDownIsNotToldToStop() {
        ConnectorAnswer before = connector().call(order());
        tool().close();

        assertThat(connector().stop(order(), before.reference()).outcome()).isEqualTo(Outcome.NOT_REACHED);
    }
}
