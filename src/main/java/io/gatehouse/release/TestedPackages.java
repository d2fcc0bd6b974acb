package io.gatehouse.release;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.api.ProblemException;
import io.gatehouse.change.Artifact;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * Which test a pipeline has run. It knows the release, the stage and the name of the test, and what it has tested: only a
 * result of the package that is in the stage counts.
 */
@Service
@Transactional
public class TestedPackages {

    private static final String RECORD = "POST /api/v1/releases/{number}/stages/{stage}/tests/{test}/results";

    /** Differences that are named, so that the refusal of a large package can be read. */
    private static final int MOST_NAMED = 10;

    private final Releases releases;
    private final Stages stages;
    private final TestOwnership ownership;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;

    TestedPackages(
            Releases releases,
            Stages stages,
            TestOwnership ownership,
            Permissions permissions,
            CurrentPerson currentPerson) {
        this.releases = releases;
        this.stages = stages;
        this.ownership = ownership;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
    }

    /**
     * Locks the release and finds the number of its test that waits for a result of this package.
     *
     * @throws ProblemException 403 if the package or the environment is out of the scope of the tool; 404 if the release
     *     has no such test; 409 if another package is in the stage, or nobody waits for a result
     */
    public String testWaitingFor(String number, String stage, String test, List<Artifact> tested) {
        Release release = releases.lock(number);
        permissions.require(RECORD, currentPerson.find().orElse(null), () -> ownership.of(release, stage));
        requireTest(release, stage, test);
        StageRun run = runIn(release, stage);
        requireSame(release, stage, tested);
        TestRun waiting = run.newestTests().stream()
                .filter(one -> one.name().equals(test))
                .findFirst()
                .orElseThrow(() -> notNow(test + " is not asked for yet: " + number + " is not deployed in " + stage
                        + ". Try again once it is."));
        if (waiting.result() != null) {
            throw notNow(waiting.sentence() + ". " + waiting.recordedBy() + " recorded that at " + waiting.recordedAt()
                    + "; another result is taken once the test is repeated.");
        }
        return waiting.number();
    }

    private static void requireTest(Release release, String stage, String test) {
        boolean known = release.content().stages().stream()
                .filter(one -> one.name().equals(stage))
                .flatMap(one -> one.tests().stream())
                .anyMatch(one -> one.name().equals(test));
        if (!known) {
            throw ProblemException.notFound(
                    "test-not-found",
                    "No such test",
                    release.number() + " has no test " + test + " in a stage " + stage
                            + "; GET /api/v1/releases/{number}/stages lists them.");
        }
    }

    /** Its present stay in that stage. */
    private StageRun runIn(Release release, String stage) {
        List<StageRun> there = stages.runs(release.number()).stream()
                .filter(run -> run.stage().equals(stage))
                .toList();
        if (there.isEmpty()) {
            throw notNow(release.number() + " has not come to " + stage + " yet.");
        }
        StageRun last = there.get(there.size() - 1);
        if (!last.isOpen()) {
            throw notNow(release.number() + " left " + stage + " at " + last.endedAt() + " (" + last.outcome()
                    + "); a result that comes now counts for nothing.");
        }
        return last;
    }

    /** Each service in its version; and its digest, if the package has one. */
    private static void requireSame(Release release, String stage, List<Artifact> tested) {
        Map<String, Artifact> rest = new TreeMap<>();
        tested.forEach(one -> rest.put(one.service(), one));
        if (rest.size() < tested.size()) {
            throw ProblemException.invalid("tested", "must name each service once");
        }
        List<String> differences = new ArrayList<>();
        for (Artifact there : release.content().items()) {
            Artifact one = rest.remove(there.service());
            if (one == null) {
                differences.add(words(there) + " is there and was not tested");
            } else if (!isSame(there, one)) {
                differences.add(words(there) + " is there, not " + words(one));
            }
        }
        rest.values().forEach(one -> differences.add(words(one) + " is not in the package"));
        if (!differences.isEmpty()) {
            String more =
                    differences.size() <= MOST_NAMED ? "" : "; and " + (differences.size() - MOST_NAMED) + " more";
            throw ProblemException.conflict(
                    "another-package",
                    "Another package",
                    "A result counts for the package that is in the stage, and " + release.number() + " has another in "
                            + stage + ": "
                            + differences.stream().limit(MOST_NAMED).collect(Collectors.joining("; ")) + more + ".");
        }
    }

    private static boolean isSame(Artifact there, Artifact tested) {
        return there.version().equals(tested.version())
                && (there.digest() == null || there.digest().equals(tested.digest()));
    }

    private static String words(Artifact one) {
        return one.service() + " " + one.version() + (one.digest() == null ? "" : " (" + one.digest() + ")");
    }

    private static ProblemException notNow(String detail) {
        return ProblemException.conflict("test-state", "Not possible in this state", detail);
    }
}
