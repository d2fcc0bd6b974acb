package io.gatehouse.cab.process;

import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import io.gatehouse.cab.Ballots;
import io.gatehouse.cab.Vote;
import io.gatehouse.change.process.ChangePicture;
import io.gatehouse.engine.Answers;
import io.gatehouse.engine.OpenTask;
import io.gatehouse.engine.TaskForm;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.stereotype.Component;

/** Whoever has the vote of a seat of a board casts it; one task per seat. */
@Component
class CastVoteForm implements TaskForm {

    private static final int MOST_CONDITIONS = 20;
    private static final int LONGEST_CONDITION = 500;

    private final ChangePicture picture;
    private final BallotPicture vote;
    private final Ballots ballots;

    CastVoteForm(ChangePicture picture, BallotPicture vote, Ballots ballots) {
        this.picture = picture;
        this.vote = vote;
        this.ballots = ballots;
    }

    @Override
    public Map<String, Object> show(OpenTask task) {
        Map<String, Object> fields = picture.of(task.number());
        fields.putAll(vote.of(task.number()));
        fields.put("seat", seatOf(task));
        ballots.viewed(task.number(), seatOf(task));
        return fields;
    }

    @Override
    public void admit(OpenTask task, Person person) {
        ballots.admit(task.number(), seatOf(task), person);
    }

    @Override
    public Map<String, Object> submit(OpenTask task, Person person, Answers answers) {
        Vote said = answers.choice("vote", Vote.class);
        String reason = answers.text("reason", 2000);
        List<String> conditions = conditions(answers.optionalText("conditions", 10_000));
        answers.nothingElse();
        ballots.cast(task.number(), seatOf(task), person, said, reason, conditions);
        return Map.of();
    }

    /** The chair of this board, unless the chair is who is late. */
    @Override
    public Optional<String> escalatesTo(OpenTask task) {
        return ballots.chair(task.number()).filter(chair -> !task.people().contains(chair));
    }

    /** The one seat that the task asks for its vote. */
    private static String seatOf(OpenTask task) {
        return Ballots.seatOf(task.number(), task.groups());
    }

    private static List<String> conditions(String lines) {
        List<String> conditions =
                lines.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
        if (conditions.size() > MOST_CONDITIONS
                || conditions.stream().anyMatch(condition -> condition.length() > LONGEST_CONDITION)) {
            throw ProblemException.invalid(
                    "conditions", "must be at most 20, one in each line, of at most 500 characters each");
        }
        return conditions;
    }
}
