package io.gatehouse.change.process;

import io.gatehouse.access.Person;
import io.gatehouse.access.Roles;
import io.gatehouse.catalog.SampleRelease;
import io.gatehouse.catalog.SampleReleases;
import io.gatehouse.change.Artifact;
import io.gatehouse.change.ChangeContent;
import io.gatehouse.change.ChangeState;
import io.gatehouse.change.Changes;
import io.gatehouse.change.Evidence;
import io.gatehouse.change.EvidenceFiles;
import io.gatehouse.change.EvidenceKind;
import io.gatehouse.change.Plans;
import io.gatehouse.change.Questionnaire;
import io.gatehouse.change.RelationKind;
import io.gatehouse.change.Relations;
import io.gatehouse.change.Window;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Takes the 25 release requests of the sample organisation through Gatehouse once, each step by one of its people and
 * through the doors everybody uses. The last three are left waiting: for a review, for approvals, for their window, and
 * the last of them for the one before. An emergency follows, which two seats approved, and a change that waits for the
 * votes of the board.
 */
@Component
@Profile("sample")
@ConditionalOnBooleanProperty("gatehouse.sample.requests")
@Order(30)
class SampleChanges implements ApplicationRunner {

    private static final int LEFT_WAITING = 3;

    private final ChangeProcess process;
    private final Changes changes;
    private final SampleWork work;
    private final EvidenceFiles evidence;
    private final Relations relations;
    private final Clock clock;

    SampleChanges(
            ChangeProcess process,
            Changes changes,
            SampleWork work,
            EvidenceFiles evidence,
            Relations relations,
            Clock clock) {
        this.process = process;
        this.changes = changes;
        this.work = work;
        this.evidence = evidence;
        this.relations = relations;
        this.clock = clock;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (changes.any()) {
            return;
        }
        List<SampleRelease> releases = SampleReleases.all();
        int closed = releases.size() - LEFT_WAITING;
        releases.subList(0, closed).forEach(release -> advance(submit(release, openNow()), ChangeState.CLOSED));
        List<ChangeState> waiting = List.of(ChangeState.ASSESS, ChangeState.AUTHORIZE, ChangeState.SCHEDULED);
        List<String> left = new ArrayList<>();
        for (int i = 0; i < LEFT_WAITING; i++) {
            left.add(submit(releases.get(closed + i), inDays(i + 1)));
            advance(left.get(i), waiting.get(i));
        }
        relate(left.get(2), left.get(1));
        advance(emergency(), ChangeState.CLOSED);
        advance(forTheBoard(), ChangeState.AUTHORIZE);
    }

    /** Of very high risk, so that the policy has the board vote; it is on the agenda of the next meeting. */
    private String forTheBoard() {
        Person rita = new Person("rita", Set.of(Roles.REQUESTER));
        return SampleWork.as(rita.id(), Roles.REQUESTER, () -> {
            String number = process.raise(
                            rita,
                            new ChangeContent(
                                    "Hash all passwords of keystone anew",
                                    "Each stored hash is wrapped in a stronger one, in one pass over the table of users.",
                                    Set.of("keystone"),
                                    "production",
                                    inDays(10),
                                    new Plans(
                                            "Stop keystone, convert the table, start it.",
                                            "Sign in as an old user and as a new one.",
                                            "Restore the table from the backup taken before.",
                                            "The status page, a week ahead."),
                                    new Questionnaire(
                                            true,
                                            true,
                                            false,
                                            "Hashes that can be broken in hours stay in the database."),
                                    List.of(),
                                    List.of()))
                    .number();
            return process.submit(rita, number).number();
        });
    }

    private void relate(String number, String needed) {
        Person rolf = new Person("rolf", Set.of(Roles.REQUESTER));
        SampleWork.as(
                rolf.id(),
                Roles.REQUESTER,
                () -> relations.add(
                        rolf, number, RelationKind.DEPENDS_ON, needed, "It mends the version that this brings."));
    }

    private String emergency() {
        Person rita = new Person("rita", Set.of(Roles.REQUESTER));
        return SampleWork.as(rita.id(), Roles.REQUESTER, () -> {
            String number = process.raiseEmergency(
                            rita,
                            new ChangeContent(
                                    "Restart placement with a larger pool of connections",
                                    "Nobody gets a machine: every connection to the database is taken.",
                                    Set.of("placement"),
                                    "production",
                                    openNow(),
                                    new Plans(
                                            "Set the limit to 500 and restart node by node.",
                                            "Ask for a machine.",
                                            "Set it back and restart.",
                                            "The status page."),
                                    new Questionnaire(false, true, false),
                                    List.of(),
                                    List.of()))
                    .number();
            return process.submit(rita, number).number();
        });
    }

    private String submit(SampleRelease release, Window window) {
        Person rolf = new Person("rolf", Set.of(Roles.REQUESTER));
        return SampleWork.as(rolf.id(), Roles.REQUESTER, () -> {
            String number = process.raise(rolf, content(release, window)).number();
            // Where its release managers agreed; what else the policy wants is missing, which approvers see.
            evidence.provide(
                    rolf,
                    number,
                    EvidenceKind.CODE_REVIEW,
                    "https://opendev.org/openstack/releases/commit/" + release.request(),
                    null,
                    Evidence.Result.PASSED);
            return process.submit(rolf, number).number();
        });
    }

    private static ChangeContent content(SampleRelease release, Window window) {
        String what = release.versions().entrySet().stream()
                .map(version -> version.getKey() + " " + version.getValue())
                .collect(Collectors.joining(", "));
        String title = "Release " + what + " (" + release.series() + ")";
        return new ChangeContent(
                title.length() <= 200 ? title : title.substring(0, 199) + "…",
                "Request " + release.request() + ", written " + release.requestedAt() + ": " + what + ". Kind: "
                        + release.kind() + (release.security() ? "; fixes a vulnerability." : "."),
                release.versions().keySet(),
                "production",
                window,
                new Plans(
                        "Install the released packages node by node.",
                        "Ask every service for its version.",
                        "Install the packages of the version before.",
                        "Tell the operators' list."),
                new Questionnaire(false, false, true),
                List.of(),
                release.versions().entrySet().stream()
                        .map(version -> new Artifact(version.getKey(), version.getValue(), null))
                        .toList());
    }

    private void advance(String number, ChangeState target) {
        while (state(number) != target) {
            if (!work.takeStep(number)) {
                throw new IllegalStateException(
                        "The sample change " + number + " stopped in " + state(number) + " on its way to " + target);
            }
        }
    }

    private ChangeState state(String number) {
        return changes.find(number).state();
    }

    private Window openNow() {
        Instant now = clock.instant();
        return new Window(now.minusSeconds(60), now.plus(Duration.ofHours(1)));
    }

    private Window inDays(int days) {
        Instant start = clock.instant().plus(Duration.ofDays(days));
        return new Window(start, start.plus(Duration.ofHours(2)));
    }
}
