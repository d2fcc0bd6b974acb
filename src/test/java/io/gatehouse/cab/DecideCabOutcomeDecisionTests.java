package io.gatehouse.cab;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.camunda.bpm.dmn.engine.DmnDecision;
import org.camunda.bpm.dmn.engine.DmnEngine;
import org.camunda.bpm.dmn.engine.DmnEngineConfiguration;
import org.camunda.bpm.engine.variable.Variables;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecideCabOutcomeDecisionTests {

    private static final DmnEngine ENGINE =
            DmnEngineConfiguration.createDefaultDmnEngineConfiguration().buildEngine();

    private static final DmnDecision TABLE = table();

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
                    # quorum | for | against | abstained | veto  | conditions | outcome
                    true     | 3   | 1       | 0         | false | 0          | APPROVED
                    true     | 3   | 1       | 0         | false | 2          | APPROVED_WITH_CONDITIONS
                    true     | 1   | 0       | 4         | false | 0          | APPROVED
                    true     | 2   | 2       | 0         | false | 0          | REJECTED
                    true     | 1   | 2       | 0         | false | 1          | REJECTED
                    true     | 0   | 1       | 3         | false | 0          | REJECTED
                    true     | 0   | 0       | 3         | false | 0          | DEFERRED
                    false    | 2   | 0       | 0         | false | 0          | DEFERRED
                    false    | 0   | 2       | 0         | false | 0          | DEFERRED
                    false    | 0   | 1       | 0         | true  | 0          | REJECTED
                    true     | 4   | 1       | 0         | true  | 3          | REJECTED
                    """)
    void saysWhatAVoteComesTo(
            boolean quorum,
            int approvals,
            int rejections,
            int abstentions,
            boolean veto,
            int conditions,
            String outcome) {
        for (boolean deadlinePassed : new boolean[] {true, false}) {
            assertThat(ENGINE.evaluateDecisionTable(
                                    TABLE,
                                    Variables.putValue("quorumReached", quorum)
                                            .putValue("approvals", approvals)
                                            .putValue("rejections", rejections)
                                            .putValue("abstentions", abstentions)
                                            .putValue("vetoed", veto)
                                            .putValue("conditions", conditions)
                                            .putValue("deadlinePassed", deadlinePassed))
                            .getSingleResult()
                            .<String>getEntry("outcome"))
                    .isEqualTo(outcome);
        }
    }

    private static DmnDecision table() {
        try (InputStream model = Files.newInputStream(Path.of("processes/cab/DecideCabOutcome.dmn"))) {
            return ENGINE.parseDecision("DecideCabOutcome", model);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }
}
