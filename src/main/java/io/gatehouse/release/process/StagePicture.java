package io.gatehouse.release.process;

import io.gatehouse.change.ChangeType;
import io.gatehouse.engine.FormText;
import io.gatehouse.release.Carrier;
import io.gatehouse.release.ReleaseStage;
import io.gatehouse.release.StageRun;
import io.gatehouse.release.Stages;
import io.gatehouse.release.TestRun;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What forms show of the stage that a release is in. */
@Component
class StagePicture {

    private final Stages stages;

    StagePicture(Stages stages) {
        this.stages = stages;
    }

    Map<String, Object> of(String number) {
        StageRun run = stages.currentOf(number);
        ReleaseStage stage = stages.stageOf(number, run);
        Map<String, Object> fields = new TreeMap<>();
        fields.put("stage", FormText.literal(stage.name()));
        fields.put("stageEnvironment", FormText.literal(stage.environment()));
        fields.put("stageChange", FormText.literal(change(run)));
        fields.put(
                "rehearsal", run.rehearsal() == null ? "none" : run.rehearsal().sentence());
        fields.put(
                "stagePlanned",
                ReleasePicture.shown(stage.planned().startsAt()) + " to "
                        + ReleasePicture.shown(stage.planned().endsAt()));
        fields.put(
                "tests",
                run.tests().isEmpty()
                        ? "none"
                        : run.newestTests().stream().map(TestRun::evidence).collect(Collectors.joining("\n")));
        fields.put("rolloutPlan", rolloutPlan(run));
        fields.put("signOffs", signOffs(run, stage));
        fields.put("exitCriteria", stage.exitCriteria().isEmpty() ? "none" : String.join("\n", stage.exitCriteria()));
        return fields;
    }

    private static String change(StageRun run) {
        Carrier carrier = run.carrier();
        return carrier == null ? String.valueOf(run.change()) : run.change() + ", " + carrier.sentence();
    }

    private static String rolloutPlan(StageRun run) {
        if (run.rolloutPlan() != null) {
            return FormText.literal(
                    run.rolloutPlan() + (run.planAltered() ? ", altered since: it has to be deployed here again" : ""));
        }
        Carrier carrier = run.carrier();
        return carrier != null && carrier.type() == ChangeType.STANDARD
                ? "that of its template, if it has one"
                : "made of the plans of its services, if all have one";
    }

    private static String signOffs(StageRun run, ReleaseStage stage) {
        return Stream.concat(
                        run.standing().stream()
                                .map(signOff -> signOff.seat() + ": " + signOff.signer() + " says " + signOff.said()
                                        + " on " + ReleasePicture.shown(signOff.signedAt())),
                        run.missing(stage).stream().map(seat -> seat + ": asked"))
                .collect(Collectors.joining("\n"));
    }
}
