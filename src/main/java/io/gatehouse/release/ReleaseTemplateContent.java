package io.gatehouse.release;

import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What release managers write of a template.
 *
 * @param stages what its releases go through before production, in order
 * @param criteria of what somebody says whether it is so, besides what a machine can see
 * @param seats who decides whether they go into production
 * @param rolloutPlan the key of the plan template by which they go there, if not by the plans of their services
 */
public record ReleaseTemplateContent(
        String name,
        @Nullable String description,
        List<TemplateStage> stages,
        List<TemplateCriterion> criteria,
        List<GoNoGoSeat> seats,
        @Nullable String rolloutPlan) {

    /** Whose releases go into production by the plans of their services. */
    public ReleaseTemplateContent(
            String name,
            @Nullable String description,
            List<TemplateStage> stages,
            List<TemplateCriterion> criteria,
            List<GoNoGoSeat> seats) {
        this(name, description, stages, criteria, seats, null);
    }

    /** The stages of a release whose window opens then. */
    public List<ReleaseStage> stagesBefore(Instant production) {
        return stages.stream().map(stage -> stage.before(production)).toList();
    }

    /** As they are stored: {@code qa-lead} or, with a veto, {@code security-officer!}, in a line each. */
    String seatLines() {
        return seats.stream()
                .map(seat -> seat.seat() + (seat.veto() ? "!" : ""))
                .collect(Collectors.joining("\n"));
    }

    static List<GoNoGoSeat> seats(String lines) {
        return Arrays.stream(lines.split("\n"))
                .map(line -> new GoNoGoSeat(line.replace("!", ""), line.endsWith("!")))
                .toList();
    }
}
