package io.gatehouse.rollout.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.http.ToolDouble;
import io.gatehouse.rollout.http.ToolDouble.Asked;
import io.gatehouse.rollout.http.ToolDouble.Told;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What holds for every connector that reaches its tool over HTTP; the tests of each run it against its double. */
public interface ConnectorContract {

    ToolDouble tool();

    Connector connector();

    /** An order whose one parameter has this value. */
    ConnectorCall order(String value);

    /** The values of that parameter as the double has taken them. */
    List<String> taken();

    /** An order that the double takes. */
    default ConnectorCall order() {
        return order("2.0");
    }

    /** The status that says an order was taken. */
    default int takenStatus() {
        return 200;
    }

    /** Bodies that do not say what became of an order. */
    default List<String> nonsense() {
        return List.of("<html>", "null", "[]", "{}", "");
    }

    /** Bodies that do not say how far an order is. */
    default List<String> noAnswers() {
        return List.of("<html>", "null", "[]", "{}", "");
    }

    default Outcome redirected() {
        return Outcome.AMBIGUOUS;
    }

    /** What it means that the tool does not know its own reference. */
    default Outcome gone() {
        return Outcome.AMBIGUOUS;
    }

    @AfterEach
    default void stopTheTool() {
        tool().close();
    }

    @Test
    default void aToolThatIsDownIsNotReached() {
        tool().close();

        assertThat(connector().call(order()).outcome()).isEqualTo(Outcome.NOT_REACHED);
        assertThat(connector().check().result()).isNotEqualTo(ConnectorCheck.Result.OK);
        assertThat(connector().storedSecrets()).isEmpty();
    }

    @Test
    default void anOrderThatIsNotTakenSaysWhetherItMayBeSentAgain() {
        Map<Outcome, List<Integer>> meant = Map.of(
                Outcome.REFUSED, List.of(400, 401, 403, 404, 405, 410, 415, 422),
                Outcome.NOT_REACHED, List.of(425, 429),
                Outcome.AMBIGUOUS, List.of(408, 409, 500, 502, 503, 504));
        meant.forEach((outcome, statuses) -> statuses.forEach(status -> {
            tool().beforeTheOrder = Told.of(status, "<html>no</html>");
            assertThat(connector().call(order()).outcome()).as("%s", status).isEqualTo(outcome);
        }));
        assertThat(tool().asked)
                .filteredOn(request -> !request.method().equals("GET"))
                .as("each sent once")
                .hasSize(16);
        assertThat(taken()).isEmpty();
    }

    @Test
    default void anOrderWhoseAnswerMakesNoSenseIsInDoubt() {
        for (String body : nonsense()) {
            tool().beforeTheOrder = Told.of(takenStatus(), body);
            assertThat(connector().call(order()).outcome()).as(body).isEqualTo(Outcome.AMBIGUOUS);
        }
    }

    @Test
    default void anOrderThatWasTakenIsFoundWhenItsAnswerWasTooLargeToRead() {
        tool().padded = request -> !request.method().equals("GET");
        assertThat(connector().call(order()).outcome()).isEqualTo(Outcome.AMBIGUOUS);
        assertThat(taken()).hasSize(1);

        tool().padded = request -> false;
        assertThat(connector().ask(order(), null).outcome()).isEqualTo(Outcome.ACCEPTED);
        tool().padded = request -> true;
        assertThat(connector().ask(order(), null).outcome()).isEqualTo(Outcome.AMBIGUOUS);
    }

    @Test
    default void aQuestionThatIsNotAnsweredLeavesItOpen() {
        ConnectorAnswer before = connector().call(order());
        for (int status : new int[] {203, 302, 401, 403, 500, 503}) {
            leavesItOpen(Told.of(status, ""), before);
        }
        for (String body : noAnswers()) {
            leavesItOpen(Told.of(200, body), before);
        }
        tool().trouble.add(Told.of(404, ""));
        assertThat(connector().ask(order(), before.reference()).outcome()).isEqualTo(gone());
    }

    private void leavesItOpen(Told told, ConnectorAnswer before) {
        tool().trouble.add(told);
        assertThat(connector().ask(order(), before.reference()).outcome())
                .as("%s", told)
                .isEqualTo(Outcome.AMBIGUOUS);
        tool().trouble.add(told);
        assertThat(connector().ask(order(), null).outcome())
                .as("%s, asked for the key", told)
                .isEqualTo(Outcome.AMBIGUOUS);
        tool().trouble.clear();
    }

    @Test
    default void noRedirectIsFollowed() {
        for (int status : new int[] {301, 302, 303, 307, 308}) {
            tool().beforeTheOrder = Told.of(status, "").with("Location", tool().url("/elsewhere"));
            assertThat(connector().call(order()).outcome()).as("%s", status).isEqualTo(redirected());
        }
        assertThat(tool().asked).extracting(Asked::path).doesNotContain("/elsewhere");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "../../x",
                "a?b=c",
                "a#b",
                "a b",
                "a\nKEY=x",
                "a&KEY=x%2F..",
                "%2e%2e",
                "\"},{\"key\":\"CI\"",
                "\",\"prune\":true,\"x\":\"",
                "$patch",
                "${{ 1 }}",
                "{{ lookup('env') }}",
                "é 日"
            })
    default void aValueIsTakenAsItIsOrNotAtAll(String value) {
        ConnectorAnswer answer = connector().call(order(value));

        assertThat(taken()).isEqualTo(answer.outcome() == Outcome.REFUSED ? List.of() : List.of(value));
        assertThat(tool().refused).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", " ", "..", "../1", "1/../../x", "1/cancel", "1?x=y", "1#x", "1\n", "1234567890123456789"})
    default void aReferenceThatIsNoneLeadsNowhere(String reference) {
        connector().call(order());

        assertThat(connector().ask(order(), reference).outcome()).isIn(Outcome.AMBIGUOUS, Outcome.ACCEPTED);
        assertThat(tool().refused).isEmpty();
    }
}
