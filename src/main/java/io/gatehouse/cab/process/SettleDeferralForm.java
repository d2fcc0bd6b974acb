package io.gatehouse.cab.process;

import io.gatehouse.access.Person;
import io.gatehouse.cab.Ballots;
import io.gatehouse.change.Changes;
import io.gatehouse.change.process.ChangePicture;
import io.gatehouse.engine.Answers;
import io.gatehouse.engine.OpenTask;
import io.gatehouse.engine.TaskForm;
import java.util.Map;
import org.springframework.stereotype.Component;

/** The chair or a change manager says how it goes on after a vote that came to nothing. */
@Component
class SettleDeferralForm implements TaskForm {

    /** What can be done then; neither approves anything. */
    public enum Decision {
        VOTE_AGAIN,
        SEND_BACK
    }

    private final ChangePicture picture;
    private final BallotPicture vote;
    private final Ballots ballots;
    private final Changes changes;

    SettleDeferralForm(ChangePicture picture, BallotPicture vote, Ballots ballots, Changes changes) {
        this.picture = picture;
        this.vote = vote;
        this.ballots = ballots;
        this.changes = changes;
    }

    @Override
    public Map<String, Object> show(OpenTask task) {
        Map<String, Object> fields = picture.of(task.number());
        fields.putAll(vote.of(task.number()));
        return fields;
    }

    @Override
    public void admit(OpenTask task, Person person) {
        changes.lock(task.number()).requireNotOnHold();
    }

    @Override
    public Map<String, Object> submit(OpenTask task, Person person, Answers answers) {
        Decision decision = answers.choice("decision", Decision.class);
        String reason = answers.text("reason", 1000);
        answers.nothingElse();
        ballots.settle(task.number(), person, decision == Decision.VOTE_AGAIN, reason);
        return Map.of();
    }
}
