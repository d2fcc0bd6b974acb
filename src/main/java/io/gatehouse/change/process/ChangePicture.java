package io.gatehouse.change.process;

import io.gatehouse.change.ApproverInsight;
import io.gatehouse.change.Artifact;
import io.gatehouse.change.Change;
import io.gatehouse.change.Changes;
import io.gatehouse.change.Emergency;
import io.gatehouse.change.Overlap;
import io.gatehouse.change.Relation;
import io.gatehouse.engine.FormText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What every form about a change shows above its questions. Times are shown in UTC and say so. */
@Component
public class ChangePicture {

    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("EEE d MMM uuuu HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private final Changes changes;
    private final List<ApproverInsight> insights;

    ChangePicture(Changes changes, List<ApproverInsight> insights) {
        this.changes = changes;
        this.insights = insights;
    }

    /** By field of the form; the map may be added to. */
    public Map<String, Object> of(String number) {
        Change change = changes.find(number);
        Map<String, Object> fields = new TreeMap<>();
        fields.put("number", number);
        fields.put("title", FormText.literal(change.title()));
        fields.put("description", orNone(change.description()));
        fields.put("services", FormText.literal(services(change)));
        fields.put("environment", FormText.literal(change.environment()));
        fields.put("requester", FormText.literal(change.requester()));
        fields.put(
                "window",
                shown(change.window().startsAt()) + " to "
                        + shown(change.window().endsAt()));
        fields.put(
                "risk",
                change.risk() == null
                        ? "not assessed"
                        : Objects.requireNonNull(change.risk()).name());
        fields.put("riskReasons", lines(change.riskReasons()));
        fields.put("authorisation", authorisation(change));
        fields.put("implementationPlan", orNone(change.plans().implementation()));
        fields.put("testPlan", orNone(change.plans().test()));
        fields.put("backoutPlan", orNone(change.plans().backout()));
        fields.put("communicationPlan", orNone(change.plans().communication()));
        fields.put(
                "links",
                lines(change.links().stream()
                        .map(link -> link.title() + ": " + link.url())
                        .toList()));
        fields.put(
                "conflicts",
                lines(changes.overlaps(change).stream()
                        .map(ChangePicture::sentence)
                        .toList()));
        fields.put(
                "relations",
                lines(change.relations().stream()
                        .filter(Relation::isInForce)
                        .map(Relation::line)
                        .toList()));
        insights.forEach(insight -> fields.put(insight.field(), insight.about(change)));
        return fields;
    }

    private static String authorisation(Change change) {
        Emergency emergency = change.emergency();
        if (emergency == null) {
            return switch (change.type()) {
                case STANDARD -> "by its template";
                case NORMAL -> "by every seat the policy asks";
                case EMERGENCY -> "by the seats the policy will ask";
            };
        }
        Instant approveBy = emergency.approveBy();
        if (emergency.unauthorisedBecause() != null) {
            return "**not authorised**: it began before it was approved, and then was "
                    + (emergency.unauthorisedBecause() == Emergency.Unauthorised.REJECTED
                            ? "rejected"
                            : "not approved in time");
        }
        String seats = "any " + emergency.approvalsNeeded() + " of the seats asked";
        if (approveBy != null) {
            return "afterwards, by " + seats + ", until " + shown(approveBy);
        }
        return change.state().isBeforeImplement()
                ? "by " + seats + ", until " + shown(emergency.timeBoxEndsAt())
                : "by " + seats + ", before it began";
    }

    private static String services(Change change) {
        Map<String, String> versions = change.artifacts().stream()
                .collect(Collectors.toMap(Artifact::service, artifact -> " " + artifact.version()));
        return change.services().stream()
                .map(service -> service + versions.getOrDefault(service, ""))
                .collect(Collectors.joining(", "));
    }

    private static String sentence(Overlap overlap) {
        return overlap.number() + " (" + overlap.state() + ") also changes " + overlap.service() + ", "
                + shown(overlap.window().startsAt()) + " to "
                + shown(overlap.window().endsAt()) + ": "
                + overlap.title();
    }

    private static String shown(Instant moment) {
        return SHOWN.format(moment);
    }

    private static String lines(List<String> lines) {
        return lines.isEmpty() ? "none" : lines.stream().collect(Collectors.joining("\n"));
    }

    private static String orNone(@Nullable String text) {
        return text == null || text.isBlank() ? "none" : text;
    }
}
