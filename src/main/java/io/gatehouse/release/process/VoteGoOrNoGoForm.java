package io.gatehouse.release.process;

import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import io.gatehouse.engine.Answers;
import io.gatehouse.engine.OpenTask;
import io.gatehouse.engine.TaskForm;
import io.gatehouse.release.Demand;
import io.gatehouse.release.GoNoGo;
import io.gatehouse.release.GoNoGoDecisions;
import io.gatehouse.release.GoNoGoVote;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import org.springframework.stereotype.Component;

/** Somebody says for a seat whether a release goes into production; one task per seat. */
@Component
class VoteGoOrNoGoForm implements TaskForm {

    private static final int MOST_CONDITIONS = 20;
    private static final int LONGEST_CONDITION = 500;
    private static final int PARTS = 3;

    private final ReleasePicture picture;
    private final GoNoGoDecisions decisions;
    private final Permissions permissions;

    VoteGoOrNoGoForm(ReleasePicture picture, GoNoGoDecisions decisions, Permissions permissions) {
        this.picture = picture;
        this.decisions = decisions;
        this.permissions = permissions;
    }

    @Override
    public Map<String, Object> show(OpenTask task) {
        Map<String, Object> fields = picture.of(task.number());
        List<GoNoGo> asked = decisions.of(task.number());
        fields.put("readiness", asked.get(asked.size() - 1).readiness().text());
        fields.put("seat", Seat.of(task));
        decisions.viewed(task.number(), Seat.of(task));
        return fields;
    }

    @Override
    public void admit(OpenTask task, Person person) {
        decisions.admit(task.number(), Seat.of(task), person);
    }

    @Override
    public Map<String, Object> submit(OpenTask task, Person person, Answers answers) {
        GoNoGoVote vote = answers.choice("vote", GoNoGoVote.class);
        String reason = answers.text("reason", 2000);
        List<Demand> demands = demands(answers.optionalText("conditions", 12_000));
        answers.nothingElse();
        decisions.vote(task.number(), Seat.of(task), person, vote, reason, demands);
        return Map.of();
    }

    private List<Demand> demands(String lines) {
        List<Demand> demands = lines.lines()
                .map(String::strip)
                .filter(line -> !line.isEmpty())
                .map(this::demand)
                .toList();
        if (demands.size() > MOST_CONDITIONS) {
            throw ProblemException.invalid("conditions", "must be at most " + MOST_CONDITIONS);
        }
        return demands;
    }

    /** As {@code Load test again | qa-lead | 2030-06-02T20:00:00Z}. */
    private Demand demand(String line) {
        String[] parts = line.split("\\|", -1);
        if (parts.length != PARTS || parts[0].isBlank() || parts[1].isBlank()) {
            throw ProblemException.invalid(
                    "conditions", "must be lines of what is to be done | who does it | until when, not '" + line + "'");
        }
        String demanded = parts[0].strip();
        String who = parts[1].strip();
        if (demanded.length() > LONGEST_CONDITION) {
            throw ProblemException.invalid("conditions", "must be of at most 500 characters each");
        }
        return permissions.isRole(who)
                ? new Demand(demanded, null, who, moment(parts[2]))
                : new Demand(demanded, who, null, moment(parts[2]));
    }

    private static Instant moment(String text) {
        try {
            return OffsetDateTime.parse(text.strip()).toInstant();
        } catch (DateTimeException e) {
            throw ProblemException.invalid(
                    "conditions", "must say until when with an offset, as 2030-06-02T20:00:00Z, not '" + text + "'");
        }
    }
}
