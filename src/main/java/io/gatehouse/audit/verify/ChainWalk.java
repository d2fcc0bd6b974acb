package io.gatehouse.audit.verify;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes the entries of a trail one after the other, from the first to the last, and says which is the first wrong one. */
final class ChainWalk {

    private final @Nullable Head known;
    private final List<Checkpoints> checkpoints;
    private final List<Checkpoints.Walk> walks;
    private Head last = Head.START;

    /**
     * @param known a head kept elsewhere since an earlier check
     * @param checkpoints kept elsewhere too; without either nobody can tell a trail whose end was cut off, or that was
     *     written anew, from an honest one
     */
    ChainWalk(@Nullable Head known, List<Checkpoints> checkpoints) {
        this.known = known;
        this.checkpoints = checkpoints;
        this.walks = checkpoints.stream().map(Checkpoints::walk).toList();
    }

    /** The last entry that was taken. */
    Head last() {
        return last;
    }

    /**
     * Takes the next entry.
     *
     * @param expectedHash the hash it must have
     * @return what is wrong, if anything; the walk is over then
     */
    Optional<Verdict> next(StoredEntry entry, String expectedHash) {
        String fault = fault(entry, expectedHash);
        if (fault != null) {
            return Optional.of(Verdict.broken(last.number() + 1, fault));
        }
        last = new Head(entry.number(), entry.hash());
        return Optional.empty();
    }

    private @Nullable String fault(StoredEntry entry, String expectedHash) {
        if (entry.number() != last.number() + 1) {
            return "the next entry found is number " + entry.number();
        }
        if (!entry.previousHash().equals(last.hash())) {
            return "it does not follow the entry before it";
        }
        if (!entry.hash().equals(expectedHash)) {
            return "its content does not match its hash";
        }
        if (known != null && known.number() == entry.number() && !known.hash().equals(entry.hash())) {
            return "it is not the entry that was there at the earlier check";
        }
        for (Checkpoints.Walk walk : walks) {
            String contradiction = walk.contradiction(entry);
            if (contradiction != null) {
                return contradiction;
            }
        }
        return null;
    }

    /**
     * After the last entry.
     *
     * @param heads what the trail itself says about its end
     */
    Verdict end(Map<Integer, Head> heads) {
        if (known != null && known.number() > last.number()) {
            return Verdict.broken(last.number() + 1, "it is missing, an earlier check went to " + known.number());
        }
        for (Checkpoints file : checkpoints) {
            if (file.reach() > last.number()) {
                return Verdict.broken(
                        last.number() + 1,
                        "it is missing, the checkpoint of " + file.newest() + " went to " + file.reach());
            }
        }
        if (!heads.equals(Map.of(1, last))) {
            return Verdict.broken(last.number() + 1, "the trail ends before it, but its head says " + heads.values());
        }
        return Verdict.intact(last);
    }
}
