package io.gatehouse.release;

import io.gatehouse.change.Artifact;
import io.gatehouse.change.ChangeFixture;
import io.gatehouse.change.Plans;
import io.gatehouse.change.Questionnaire;
import io.gatehouse.change.Window;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Releases as tests need them: of one service, led by rolf, whose window opens in a day. */
public final class ReleaseFixture {

    private ReleaseFixture() {}

    public static ReleaseContent content(Instant now) {
        return content(now, List.of(new Artifact("nova", "31.0.0", "sha256:0123456789abcdef")));
    }

    public static ReleaseContent content(Instant now, List<Artifact> items) {
        Window window = ChangeFixture.windowIn(now, Duration.ofDays(1));
        return new ReleaseContent(
                "Gazpacho",
                "For the sake of the test",
                "rolf",
                null,
                window.startsAt().atZone(ZoneOffset.UTC).toLocalDate(),
                "production",
                window,
                new Plans("unpack, switch", "ask for the version", "switch back", "tell the users"),
                new Questionnaire(false, false, true),
                items,
                List.of(new GoNoGoSeat("qa-lead", false), new GoNoGoSeat("security-officer", true)),
                List.of(),
                null);
    }

    /** The same with another package and other stages. */
    public static ReleaseContent with(ReleaseContent content, List<Artifact> items, List<ReleaseStage> stages) {
        return new ReleaseContent(
                content.name(),
                content.description(),
                content.manager(),
                content.train(),
                content.series(),
                content.readyOn(),
                content.environment(),
                content.window(),
                content.plans(),
                content.questionnaire(),
                items,
                content.seats(),
                stages,
                content.template(),
                content.changeTemplate(),
                content.rolloutPlan());
    }

    /** A stage of the hours before the window opens, which quinn's role signs off. */
    public static ReleaseStage stage(Instant now, String name, String environment, StageTest... tests) {
        return new ReleaseStage(
                name,
                environment,
                new Window(now, now.plus(Duration.ofHours(20))),
                List.of(tests),
                List.of("Nobody has found anything serious"),
                "qa-lead");
    }

    /** The same, signed off by each of some roles. */
    public static ReleaseStage signedOffBy(ReleaseStage stage, String... approvals) {
        return new ReleaseStage(
                stage.name(),
                stage.environment(),
                stage.planned(),
                stage.tests(),
                stage.exitCriteria(),
                null,
                List.of(approvals),
                stage.changeTemplate(),
                stage.rehearsesRollback(),
                stage.rolloutPlan());
    }

    /** The same, deployed by a plan template. */
    public static ReleaseStage deployedBy(ReleaseStage stage, @Nullable String template) {
        return new ReleaseStage(
                stage.name(),
                stage.environment(),
                stage.planned(),
                stage.tests(),
                stage.exitCriteria(),
                stage.signedOffBy(),
                stage.approvals(),
                stage.changeTemplate(),
                stage.rehearsesRollback(),
                template);
    }

    /** The same, which goes into production by a plan template. */
    public static ReleaseContent deployedBy(ReleaseContent content, @Nullable String template) {
        return with(content, content.changeTemplate(), template);
    }

    /** The same for which a template of standard changes is named. */
    public static ReleaseContent by(ReleaseContent content, @Nullable String changeTemplate) {
        return with(content, changeTemplate, content.rolloutPlan());
    }

    private static ReleaseContent with(
            ReleaseContent content, @Nullable String changeTemplate, @Nullable String rolloutPlan) {
        return new ReleaseContent(
                content.name(),
                content.description(),
                content.manager(),
                content.train(),
                content.series(),
                content.readyOn(),
                content.environment(),
                content.window(),
                content.plans(),
                content.questionnaire(),
                content.items(),
                content.seats(),
                content.stages(),
                content.template(),
                changeTemplate,
                rolloutPlan);
    }

    /** The same with a train, or without. */
    public static ReleaseContent onTrain(ReleaseContent content, @Nullable String train) {
        return new ReleaseContent(
                content.name(),
                content.description(),
                content.manager(),
                train,
                content.series(),
                content.readyOn(),
                content.environment(),
                content.window(),
                content.plans(),
                content.questionnaire(),
                content.items(),
                content.seats(),
                content.stages(),
                content.template(),
                content.changeTemplate(),
                content.rolloutPlan());
    }
}
