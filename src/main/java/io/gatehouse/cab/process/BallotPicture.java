package io.gatehouse.cab.process;

import io.gatehouse.cab.BallotView;
import io.gatehouse.cab.Ballots;
import io.gatehouse.catalog.Deployment;
import io.gatehouse.catalog.Deployments;
import io.gatehouse.change.Change;
import io.gatehouse.change.Changes;
import io.gatehouse.engine.FormText;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Component;

/** What the forms of a vote show besides the change: how it stands, and what stays as it is if nothing is decided. */
@Component
class BallotPicture {

    private static final DateTimeFormatter SHOWN =
            DateTimeFormatter.ofPattern("EEE d MMM uuuu HH:mm 'UTC'").withZone(ZoneOffset.UTC);

    private final Ballots ballots;
    private final Changes changes;
    private final Deployments deployments;

    BallotPicture(Ballots ballots, Changes changes, Deployments deployments) {
        this.ballots = ballots;
        this.changes = changes;
        this.deployments = deployments;
    }

    Map<String, Object> of(String number) {
        Change change = changes.find(number);
        List<BallotView> all = ballots.viewsOf(number);
        BallotView now = all.get(all.size() - 1);
        Map<String, Object> fields = new TreeMap<>();
        fields.put("board", FormText.literal(now.board()));
        fields.put("closesAt", shown(now.closesAt()));
        fields.put("because", FormText.literal(now.reason() == null ? "the vote is open" : now.reason()));
        fields.put("votesSoFar", votes(now));
        fields.put("ifNothingIsDone", unchanged(change));
        return fields;
    }

    private static String votes(BallotView ballot) {
        List<String> lines = new ArrayList<>();
        ballot.seats()
                .forEach(seat -> lines.add(seat.seat() + (seat.required() ? " (required)" : "")
                        + (seat.veto() ? " (veto)" : "") + ": " + said(ballot, seat.seat())));
        ballot.conditions()
                .forEach(condition -> lines.add("Condition by " + condition.seat() + ": " + condition.demanded()));
        lines.add("Needed: " + ballot.minimumVotes() + " votes, those of the required seats among them");
        return String.join("\n", lines);
    }

    private static String said(BallotView ballot, String seat) {
        return ballot.votes().stream()
                .filter(vote -> vote.seat().equals(seat))
                .map(vote -> vote.vote() + " by " + vote.person() + ": " + vote.reason())
                .findFirst()
                .orElse("no vote yet");
    }

    private String unchanged(Change change) {
        String said = change.questionnaire().ifNotDone();
        return (said == null || said.isBlank() ? "Not said: ask the requester what happens if this is not done" : said)
                + "\n"
                + change.services().stream()
                        .map(service -> service + " stays at "
                                + deployments
                                        .live(service, change.environment())
                                        .map(BallotPicture::running)
                                        .orElse("what it is; no version is known")
                                + " in " + change.environment())
                        .collect(Collectors.joining("\n"));
    }

    private static String running(Deployment deployment) {
        return deployment.version() + ", there since " + shown(deployment.at());
    }

    private static String shown(Instant moment) {
        return SHOWN.format(moment);
    }
}
