package io.gatehouse.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.api.ProblemException;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.security.core.context.SecurityContextHolder;

@EngineTest
class TasksTests {

    private static final Map<String, Object> APPROVED = Map.of("decision", "APPROVED");

    @Autowired
    private Tasks tasks;

    @Autowired
    private SampleApproval.Samples samples;

    @AfterEach
    void nobody() {
        SecurityContextHolder.clearContext();
    }

    @Test
    void findsTheSeatOfTheCallerWhenNoneIsNamed() {
        // given
        samples.start("TSK-1", "rita");

        // when
        samples.become("carla");
        tasks.submit("TSK-1", "ApproveSample", null, APPROVED);

        // then
        assertThat(SampleApproval.DECISIONS).contains("TSK-1 cab-member carla APPROVED");
    }

    @Test
    void movesTheProcessOnWhenEverySeatHasAnswered() {
        // given
        samples.start("TSK-2", "rita");

        // when
        samples.become("carla");
        tasks.submit("TSK-2", "ApproveSample", "cab-member", APPROVED);
        samples.become("theo");
        tasks.submit("TSK-2", "ApproveSample", "technical-approver", APPROVED);
        samples.become("rolf");
        tasks.submit("TSK-2", "SignSample", null, Map.of());

        // then
        assertThat(samples.ended("TSK-2")).isTrue();
    }

    @Test
    void refusesWhatIsNotWaiting() {
        samples.start("TSK-3", "rita");
        samples.become("rolf");

        assertThat(problemOf(() -> tasks.submit("TSK-3", "SignSample", null, Map.of())))
                .returns(409, problem -> problem.problem().status())
                .hasMessage("TSK-3 is not waiting for SignSample.");
        assertThat(problemOf(() -> tasks.submit("TSK-3", "ApproveSample", "qa-lead", APPROVED)))
                .hasMessage("TSK-3 is not waiting for ApproveSample by qa-lead.");
    }

    @Test
    void refusesASeatTheCallerDoesNotHave() {
        samples.start("TSK-4", "rita");
        samples.become("carla");

        assertThat(problemOf(() -> tasks.submit("TSK-4", "ApproveSample", "technical-approver", APPROVED)))
                .returns(403, problem -> problem.problem().status())
                .hasMessageContaining("technical-approver");
    }

    @Test
    void refusesWhomTheFormDoesNotAdmit() {
        samples.start("TSK-5", "theo");
        samples.become("theo");

        assertThat(problemOf(() -> tasks.submit("TSK-5", "ApproveSample", null, APPROVED)))
                .hasMessage("Whoever requested a sample must not approve it.");
    }

    @Test
    void refusesAnswersTheFormDoesNotAskFor() {
        samples.start("TSK-6", "rita");
        samples.become("carla");

        ProblemException refusal = problemOf(() ->
                tasks.submit("TSK-6", "ApproveSample", null, Map.of("decision", "APPROVED", "changeRisk", "LOW")));

        assertThat(refusal.problem().fields()).singleElement().returns("changeRisk", field -> field.field());
        assertThat(SampleApproval.DECISIONS).noneMatch(decision -> decision.startsWith("TSK-6"));
    }

    @Test
    void refusesAThreadWithoutAPerson() {
        samples.start("TSK-7", "rita");

        assertThat(problemOf(() -> tasks.submit("TSK-7", "ApproveSample", null, APPROVED)))
                .hasMessage("Only a signed-in person can complete this task.");
    }

    private static ProblemException problemOf(ThrowingCallable call) {
        ProblemException[] problem = new ProblemException[1];
        assertThatThrownBy(call).isInstanceOfSatisfying(ProblemException.class, thrown -> problem[0] = thrown);
        return problem[0];
    }
}
