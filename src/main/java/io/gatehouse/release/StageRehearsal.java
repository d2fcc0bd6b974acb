package io.gatehouse.release;

import io.gatehouse.rollout.ProvenRollback;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * That the way back of a release is tried out in a stage.
 *
 * @param change the number of the change that deploys it there and undoes everything
 * @param proof what came of it; absent until it has come back completely
 */
public record StageRehearsal(String change, @Nullable ProvenRollback proof) {

    /** How long something took, as people say it. */
    static String words(Duration took) {
        List<String> parts = new ArrayList<>();
        if (took.toHours() > 0) {
            parts.add(took.toHours() + " h");
        }
        if (took.toHours() > 0 || took.toMinutesPart() > 0) {
            parts.add(took.toMinutesPart() + " min");
        }
        parts.add(took.toSecondsPart() + " s");
        return String.join(" ", parts);
    }

    /** How many steps came back and how fast. */
    static String sentence(ProvenRollback proof) {
        Duration took = proof.took();
        return proof.steps()
                + (proof.steps() == 1 ? " step" : " steps in exact reverse")
                + (took == null ? "" : ", in " + words(took));
    }

    /** For people who look at the stage. */
    public String sentence() {
        return proof == null
                ? change + " rehearses it"
                : proof.rollout() + " of " + change + " came back: " + sentence(proof);
    }
}
