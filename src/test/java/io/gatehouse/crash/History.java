package io.gatehouse.crash;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What happened, as told by those who were there: the tool by its own journal, the product by its ledger and its audit
 * trail, and those who called the API by what they were promised.
 *
 * @param requests what the tool was told, in the order in which it came
 * @param trail of the audit trail, oldest first, what concerns the rest
 * @param changes the change of each rollout
 * @param watched the actions that only happen because somebody asks for them
 * @param acknowledged how often each of them was promised, by object and action with a blank between
 * @param standing what is not over yet
 * @param faults what the verifier of the audit trail has to say against it
 */
public record History(
        List<Request> requests,
        List<Command> commands,
        List<Step> steps,
        List<Entry> trail,
        Map<String, String> changes,
        List<Approval> approvals,
        Set<String> watched,
        Map<String, Integer> acknowledged,
        List<Standing> standing,
        List<String> faults) {

    /** One step of a rollout in one direction. */
    public record Move(String rollout, int seq, String kind) {

        @Override
        public String toString() {
            return kind + " of step " + seq + " of " + rollout;
        }
    }

    /**
     * @param fence of the lease under which it was sent; 0 if the tool was not told
     * @param executed false if the tool only repeated what it had answered to the same key
     * @param ended {@link Long#MAX_VALUE} if the tool never finished; like {@code began} a place in its journal
     */
    public record Request(String key, Move move, long fence, boolean executed, long began, long ended) {}

    /** @param afterCrash what its tool allows when nobody knows whether it got there */
    public record Command(
            String key, Move move, int attempt, String afterCrash, String state, long fence, boolean maybeSent) {}

    /** @param onlyLooks whether there is nothing of it to undo */
    public record Step(String rollout, int seq, String state, boolean onlyLooks) {}

    /** @param facts the values of its payload, as text */
    public record Entry(long n, String actor, String action, String object, Map<String, String> facts) {

        boolean is(String wanted, String of) {
            return action.equals(wanted) && object.equals(of);
        }

        String fact(String name) {
            return facts.getOrDefault(name, "");
        }
    }

    /** @param n where it stands in the audit trail */
    public record Approval(String change, String requester, String approver, long n) {}

    /** @param waitsFor what will take it on: a person, a timer, a job, a command; nothing if it is lost */
    public record Standing(String object, String state, List<String> waitsFor) {}
}
