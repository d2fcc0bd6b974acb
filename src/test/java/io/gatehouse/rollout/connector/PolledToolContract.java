package io.gatehouse.rollout.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.rollout.connector.ConnectorAnswer.Outcome;
import io.gatehouse.rollout.http.ToolDouble;
import io.gatehouse.rollout.http.ToolDouble.Told;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
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

    /** The headers by which the tool proves a notice with this body. */
    default Map<String, String> proof(String secret) {
        return Map.of("X-Gatehouse-Token", secret);
    }

    @Test
    default void aNoticeIsTheToolsIfTheSecretProvesIt() {
        assertThat(proves(proof(ToolDouble.NOTICE_SECRET), "Hello, World!")).isTrue();

        assertThat(proves(proof("another secret"), "Hello, World!")).isFalse();
        assertThat(proves(proof(""), "Hello, World!")).isFalse();
        assertThat(proves(Map.of(), "Hello, World!")).isFalse();
        for (String header : List.of("X-Gatehouse-Token", "X-Gitlab-Token", "X-Hub-Signature-256", "Authorization")) {
            assertThat(proves(Map.of(header, ""), "Hello, World!")).as(header).isFalse();
            assertThat(proves(Map.of(header, ToolDouble.NOTICE_SECRET + " "), "Hello, World!"))
                    .as(header)
                    .isFalse();
        }
    }

    private boolean proves(Map<String, String> headers, String body) {
        return connector().proves(new Notice(headers::get, body.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    default void whatAnotherNodeHasTakenOverIsNotOrdered() {
        assertThat(connector().call(ToolDouble.takenOverAfter(0, order()))).isEqualTo(ConnectorAnswer.takenOver());
        assertThat(taken()).isEmpty();
    }
}
