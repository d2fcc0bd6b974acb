package io.gatehouse.change;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;
import org.springframework.transaction.support.TransactionSynchronization;
import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * The changes whose rows the running transaction has locked, each read once: until it ends nobody else can alter them,
 * and every step in it works on the same object. And what is around changes, of which each step of it is told the same.
 */
final class LockedChanges implements TransactionSynchronization {

    private record Round(long change, int round) {}

    private final Map<Long, Change> byId = new HashMap<>();
    private final Map<Long, List<Approval>> approvalsById = new HashMap<>();

    private final Map<Round, Map<String, List<Integer>>> pinsByRound = new HashMap<>();

    private final Map<ChangeSurroundings.Place, ChangeSurroundings.Known> surroundings = new HashMap<>();

    private LockedChanges() {}

    static Optional<Change> find(long id) {
        return Optional.ofNullable(ofTransaction().byId.get(id));
    }

    static Change add(Change locked) {
        ofTransaction().byId.put(locked.id(), locked);
        return locked;
    }

    /** The approvals of a change, read once if the change is locked: whoever writes one locks the change first. */
    static List<Approval> approvals(long id, Supplier<List<Approval>> read) {
        LockedChanges locked = ofTransaction();
        return locked.byId.containsKey(id)
                ? locked.approvalsById.computeIfAbsent(id, unread -> read.get())
                : read.get();
    }

    /** What has been written of the approvals of a locked change need not be read again. */
    static void replaceApprovals(long id, UnaryOperator<List<Approval>> written) {
        ofTransaction().approvalsById.computeIfPresent(id, (read, approvals) -> List.copyOf(written.apply(approvals)));
    }

    /** The versions of tables that are pinned for the present round, read once if the change is locked, as approvals. */
    static Map<String, List<Integer>> pins(Change change, Supplier<Map<String, List<Integer>>> read) {
        LockedChanges locked = ofTransaction();
        return locked.byId.containsKey(change.id())
                ? locked.pinsByRound.computeIfAbsent(roundOf(change), unread -> read.get())
                : read.get();
    }

    /** What has been pinned for a round that has just begun need not be read again. */
    static void pinned(Change change, Map<String, List<Integer>> pins) {
        LockedChanges locked = ofTransaction();
        if (locked.byId.containsKey(change.id())) {
            locked.pinsByRound.put(roundOf(change), Map.copyOf(pins));
        }
    }

    /** More has been pinned for a round, so what has been read of it is no longer all. */
    static void forgetPins(Change change) {
        ofTransaction().pinsByRound.remove(roundOf(change));
    }

    /** What is around a change, read once, also before it is raised: the steps of one transaction are told the same. */
    static ChangeSurroundings.Known surroundings(
            ChangeSurroundings.Place place, Function<ChangeSurroundings.Place, ChangeSurroundings.Known> read) {
        return ofTransaction().surroundings.computeIfAbsent(place, read);
    }

    private static Round roundOf(Change change) {
        return new Round(change.id(), change.approvalRound());
    }

    private static LockedChanges ofTransaction() {
        for (TransactionSynchronization candidate : TransactionSynchronizationManager.getSynchronizations()) {
            if (candidate instanceof LockedChanges locked) {
                return locked;
            }
        }
        LockedChanges locked = new LockedChanges();
        TransactionSynchronizationManager.registerSynchronization(locked);
        return locked;
    }
}
