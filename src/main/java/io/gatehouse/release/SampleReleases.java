package io.gatehouse.release;

import io.gatehouse.access.Roles;
import io.gatehouse.api.PageQuery;
import io.gatehouse.catalog.SampleFile;
import io.gatehouse.catalog.SampleFile.Row;
import io.gatehouse.change.Artifact;
import io.gatehouse.change.Plans;
import io.gatehouse.change.Questionnaire;
import io.gatehouse.change.Window;
import io.gatehouse.change.process.SampleWork;
import io.gatehouse.engine.SampleJobs;
import io.gatehouse.release.train.SampleTrain;
import io.gatehouse.release.train.Trains;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Takes the versions of OpenStack 2026.1 through Gatehouse as releases of the train of the sample organisation, each step
 * by one of its people and through the doors everybody uses. Libraries go first, in the order in which they need each
 * other; each release goes as far as {@code sample/gazpacho-versions.csv} says. Only the first releases go all the way:
 * each has two changes, and the start is waited for.
 */
@Component
@Profile("sample")
@ConditionalOnBooleanProperty("gatehouse.sample.releases")
@Order(35)
class SampleReleases implements ApplicationRunner {

    private static final String SERVICE = "service";

    static final Plans PLANS = new Plans(
            "Install the released packages node by node.",
            "Ask every service for its version.",
            "Install the packages of the version before.",
            "Tell the operators' list.");

    private static final List<String> SEATS =
            List.of(Roles.QA_LEAD, Roles.PRODUCT_OWNER, Roles.RELEASE_MANAGER, Roles.SECURITY_OFFICER, Roles.OPS_LEAD);

    private final Trains trains;
    private final ReleaseTemplates templates;
    private final Releases releases;
    private final Stages stages;
    private final GoNoGoDecisions decisions;
    private final Carriers carriers;
    private final SampleWork work;
    private final SampleJobs jobs;
    private final Clock clock;

    SampleReleases(
            Trains trains,
            ReleaseTemplates templates,
            Releases releases,
            Stages stages,
            GoNoGoDecisions decisions,
            Carriers carriers,
            SampleWork work,
            SampleJobs jobs,
            Clock clock) {
        this.trains = trains;
        this.templates = templates;
        this.releases = releases;
        this.stages = stages;
        this.decisions = decisions;
        this.carriers = carriers;
        this.work = work;
        this.jobs = jobs;
        this.clock = clock;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        boolean loaded = !releases.list(new ReleaseFilter(null, null, null, SampleTrain.KEY), new PageQuery(null, 1))
                .items()
                .isEmpty();
        if (!loaded) {
            SampleFile.rows("gazpacho-versions.csv").forEach(this::release);
        }
    }

    private void release(Row row) {
        SampleProgress progress = SampleProgress.valueOf(row.text("progress"));
        ReleaseContent content = content(row, progress);
        String number = SampleWork.as(Roles.RELEASE_MANAGER, () -> releases.plan(content))
                .number();
        switch (progress) {
            case PLANNED -> {}
            case RETIRED -> SampleWork.as(
                    Roles.RELEASE_MANAGER, () -> releases.retirePlanned(number, "Nothing of ours uses it any more."));
            default -> prepare(number, progress);
        }
    }

    private void prepare(String number, SampleProgress progress) {
        SampleWork.as(Roles.RELEASE_MANAGER, () -> releases.start(number));
        switch (progress) {
            case PREPARING -> {}
            case GIVEN_UP -> confirmPackage(
                    number, Map.of("action", "RETIRE", "reason", "The SDK does all that it did for us."));
            default -> {
                confirmPackage(number, Map.of("action", "CONFIRM"));
                test(number, progress);
            }
        }
    }

    private void confirmPackage(String number, Map<String, Object> answers) {
        work.answer(number, ReleaseModel.CONFIRM_PACKAGE, Roles.RELEASE_MANAGER, answers);
        jobs.run(number);
    }

    private void test(String number, SampleProgress progress) {
        if (progress == SampleProgress.TESTING
                || !deploy(number, stages.currentOf(number).change())) {
            return;
        }
        List<TestRun> tests = stages.currentOf(number).newestTests();
        if (progress == SampleProgress.TESTED) {
            tests.stream().limit(1).forEach(this::recordResult);
            return;
        }
        tests.forEach(this::recordResult);
        if (progress == SampleProgress.FAILED) {
            signOff(number, Roles.QA_LEAD, Map.of("decision", "FAIL", "note", "Lines of two requests are mixed up."));
        } else {
            StageRun run = stages.currentOf(number);
            stages.stageOf(number, run)
                    .seats()
                    .forEach(seat -> signOff(number, seat, Map.of("decision", "PASS", "criteriaMet", true)));
            decide(number, progress);
        }
    }

    private void recordResult(TestRun test) {
        work.answer(
                test.number(),
                ReleaseModel.RECORD_TEST_RESULT,
                test.askedGroup(),
                Map.of("passed", "412", "failed", "0", "skipped", "9"));
    }

    private void signOff(String number, String seat, Map<String, Object> answers) {
        work.answer(number, ReleaseModel.SIGN_OFF_STAGE, seat, answers);
        jobs.run(number);
    }

    private void decide(String number, SampleProgress progress) {
        switch (progress) {
            case DECIDING -> {}
            case VOTED -> SEATS.subList(0, 2).forEach(seat -> vote(number, seat));
            case CONDITIONAL -> {
                SEATS.subList(0, SEATS.size() - 1).forEach(seat -> vote(number, seat));
                work.answer(number, ReleaseModel.VOTE, Roles.OPS_LEAD, condition());
            }
            default -> {
                SEATS.forEach(seat -> vote(number, seat));
                jobs.run(number);
                if (progress == SampleProgress.CLOSED) {
                    deploy(number, releases.find(number).progress().change());
                }
            }
        }
    }

    private void vote(String number, String seat) {
        work.answer(number, ReleaseModel.VOTE, seat, Map.of("vote", "GO", "reason", "Nothing is against it."));
    }

    private Map<String, Object> condition() {
        String dueAt = clock.instant()
                .plus(Duration.ofDays(5))
                .truncatedTo(ChronoUnit.SECONDS)
                .toString();
        return Map.of(
                "vote",
                "CONDITIONAL_GO",
                "reason",
                "We are short of people next week.",
                "conditions",
                "Name who is on call | " + Roles.OPS_LEAD + " | " + dueAt);
    }

    /** Whether its change got through: a freeze that somebody has declared since, for one, keeps it where it is. */
    private boolean deploy(String number, @Nullable String change) {
        if (change == null) {
            return false;
        }
        while (work.takeStep(change)) {
            // On to its end, or to what people cannot do.
        }
        jobs.run(number);
        return carriers.find(change).state().isFinal();
    }

    private ReleaseContent content(Row row, SampleProgress progress) {
        String service = row.text("deliverable");
        boolean library = !row.text("type").equals(SERVICE);
        ReleaseTemplate template =
                templates.get(library ? SampleReleaseTemplates.LIBRARY : SampleReleaseTemplates.SERVICE);
        Window window = library ? windowOfLibrary(progress) : windowOfService();
        return new ReleaseContent(
                service + " " + row.text("version"),
                "The version of OpenStack 2026.1 Gazpacho.",
                "rolf",
                SampleTrain.KEY,
                null,
                LocalDate.ofInstant(window.startsAt(), ZoneOffset.UTC),
                "production",
                window,
                PLANS,
                new Questionnaire(!library, false, true),
                List.of(new Artifact(service, row.text("version"), null)),
                template.content().seats(),
                template.content().stagesBefore(window.startsAt()),
                template.name(),
                service.equals(SampleCarrier.SERVICE) ? SampleCarrier.KEY : null,
                goesAtOnce(progress) ? null : template.content().rolloutPlan());
    }

    /** Those that the start takes into production are deployed by its people, without a plan. */
    private static boolean goesAtOnce(SampleProgress progress) {
        return progress == SampleProgress.DEPLOYING || progress == SampleProgress.CLOSED;
    }

    /** What goes into production at once has its window open; seats that still vote have the days they need. */
    private Window windowOfLibrary(SampleProgress progress) {
        Instant opens = goesAtOnce(progress)
                ? clock.instant().truncatedTo(ChronoUnit.MINUTES)
                : clock.instant().plus(Duration.ofDays(7)).truncatedTo(ChronoUnit.HOURS);
        return new Window(opens, opens.plus(Duration.ofDays(14)));
    }

    /** All services go in the week in which the train releases. */
    private Window windowOfService() {
        Instant opens =
                trains.releasesOn(SampleTrain.KEY).orElseThrow().atStartOfDay().toInstant(ZoneOffset.UTC);
        return new Window(opens, opens.plus(Duration.ofDays(5)));
    }
}
