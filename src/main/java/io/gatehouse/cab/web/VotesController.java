package io.gatehouse.cab.web;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Person;
import io.gatehouse.cab.BallotView;
import io.gatehouse.cab.Ballots;
import io.gatehouse.cab.Vote;
import io.gatehouse.change.Changes;
import io.gatehouse.engine.Tasks;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.transaction.annotation.Transactional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What boards vote about a change; each operation answers with every vote about it, oldest first. */
@RestController
@RequestMapping("/api/v1/changes/{number}")
@Transactional
class VotesController {

    record VoteInput(
            @NotNull Vote vote,
            @NotBlank @Size(max = 2000) String reason,
            @Nullable @Size(max = 20) List<@NotBlank @Size(max = 400) String> conditions) {}

    /** How it goes on after a vote that came to nothing. */
    enum Continuation {
        VOTE_AGAIN,
        SEND_BACK
    }

    record DeferralInput(@NotNull Continuation decision, @NotBlank @Size(max = 1000) String reason) {}

    record FulfilmentInput(@NotBlank @Size(max = 1000) String note) {}

    private final Ballots ballots;
    private final Changes changes;
    private final Tasks tasks;
    private final CurrentPerson currentPerson;

    VotesController(Ballots ballots, Changes changes, Tasks tasks, CurrentPerson currentPerson) {
        this.ballots = ballots;
        this.changes = changes;
        this.tasks = tasks;
        this.currentPerson = currentPerson;
    }

    /** Whoever's vote is wanted looks at what they decide about; that is on record. */
    @GetMapping("/votes")
    List<BallotView> votes(@PathVariable String number) {
        currentPerson.find().ifPresent(person -> ballots.viewed(changes.glance(number), person));
        return ballots.viewsOf(number);
    }

    @PostMapping("/votes")
    List<BallotView> vote(@PathVariable String number, @RequestBody @Valid VoteInput input) {
        Map<String, Object> answers = new HashMap<>();
        answers.put("vote", input.vote().name());
        answers.put("reason", input.reason());
        if (input.conditions() != null) {
            answers.put("conditions", lines(input.conditions()));
        }
        return submit(number, "CastVote", answers);
    }

    @PostMapping("/deferrals")
    List<BallotView> settleDeferral(@PathVariable String number, @RequestBody @Valid DeferralInput input) {
        return submit(
                number, "SettleDeferral", Map.of("decision", input.decision().name(), "reason", input.reason()));
    }

    @PostMapping("/conditions/{position}/fulfilment")
    List<BallotView> meet(
            @PathVariable String number, @PathVariable int position, @RequestBody @Valid FulfilmentInput input) {
        Person person = currentPerson.find().orElseThrow();
        ballots.meet(number, position, person, input.note());
        return ballots.viewsOf(number);
    }

    /** As the form has them: a condition is one line. */
    private static String lines(List<String> conditions) {
        return String.join(
                "\n", conditions.stream().map(one -> one.replaceAll("\\R", " ")).toList());
    }

    private List<BallotView> submit(String number, String stem, Map<String, Object> answers) {
        changes.lock(number);
        tasks.submit(number, stem, null, answers);
        return ballots.viewsOf(number);
    }
}
