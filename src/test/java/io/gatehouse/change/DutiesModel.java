package io.gatehouse.change;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The segregation of duties as its rule reads, without a database, an engine or any code of the product: what may
 * happen to one normal change whose window is open, and where it then stands.
 */
final class DutiesModel {

    static final String REVIEW_TECHNICALLY = "ReviewTechnically";
    static final String APPROVE_CHANGE = "ApproveChange";
    static final String REVISE_CHANGE = "ReviseChange";
    static final String IMPLEMENT_CHANGE = "ImplementChange";
    static final String REVIEW_CHANGE = "ReviewChange";

    private static final Set<String> IMPLEMENTERS = Set.of("ops-lead", "release-manager", "technical-approver");

    /** Somebody with the groups of this moment. */
    record Actor(String id, Set<String> groups) {

        boolean isIn(String group) {
            return groups.contains(group);
        }

        boolean mayDecideNothing() {
            return isIn("auditor") || isIn("admin");
        }
    }

    private final String requester;
    private final List<String> board;
    private final PolicyModel policies;
    private final Set<String> rulers = new HashSet<>();
    private final Set<String> authors = new HashSet<>();
    private final Map<String, @Nullable String> seats = new TreeMap<>();
    private final Map<String, String> claims = new HashMap<>();
    private ChangeState state = ChangeState.ASSESS;
    private int round = 1;
    private boolean onHold;
    private @Nullable String implementer;

    /** A change that its requester has submitted; the policy will ask this board after the technical review. */
    DutiesModel(String requester, List<String> board, PolicyModel policies) {
        this.requester = requester;
        this.board = board;
        this.policies = policies;
        authors.add(requester);
        rulers.addAll(policies.rulers(authors));
        seats.put("technical-approver", null);
    }

    DutiesModel copy() {
        DutiesModel copy = new DutiesModel(requester, board, policies);
        copy.rulers.clear();
        copy.rulers.addAll(rulers);
        copy.authors.addAll(authors);
        copy.seats.clear();
        copy.seats.putAll(seats);
        copy.claims.putAll(claims);
        copy.state = state;
        copy.round = round;
        copy.onHold = onHold;
        copy.implementer = implementer;
        return copy;
    }

    ChangeState state() {
        return state;
    }

    int round() {
        return round;
    }

    /** Who approved in which seat of this round; null where nobody has yet. */
    Map<String, @Nullable String> seats() {
        return seats;
    }

    /** Who had a hand in what decides about it. */
    Set<String> rulers() {
        return rulers;
    }

    /** The waiting tasks: a seat's name, or the stem of the task. */
    List<String> tasks() {
        return switch (state) {
            case ASSESS -> List.of("technical-approver");
            case AUTHORIZE -> board.stream()
                    .filter(seat -> seats.get(seat) == null)
                    .toList();
            case NEW -> List.of(REVISE_CHANGE);
            case IMPLEMENT -> List.of(IMPLEMENT_CHANGE);
            case REVIEW -> List.of(REVIEW_CHANGE);
            default -> List.of();
        };
    }

    private boolean admits(String task, Actor actor) {
        if (actor.mayDecideNothing()) {
            return false;
        }
        return switch (task) {
            case REVISE_CHANGE -> !onHold && (actor.isIn("change-manager") || raisedIt(actor));
            case IMPLEMENT_CHANGE -> actor.groups().stream().anyMatch(IMPLEMENTERS::contains)
                    && !rulers.contains(actor.id());
            case REVIEW_CHANGE -> actor.isIn("change-manager")
                    && !authors.contains(actor.id())
                    && !rulers.contains(actor.id())
                    && !actor.id().equals(implementer);
            default -> !onHold
                    && actor.isIn(task)
                    && !authors.contains(actor.id())
                    && !rulers.contains(actor.id())
                    && !seats.containsValue(actor.id());
        };
    }

    private boolean isClaimedByAnother(String task, Actor actor) {
        String claimant = claims.get(task);
        return claimant != null && !claimant.equals(actor.id());
    }

    boolean mayComplete(String task, Actor actor) {
        return tasks().contains(task) && admits(task, actor) && !isClaimedByAnother(task, actor);
    }

    /** Whether it would change nothing to give a waiting task to this person. */
    boolean has(String task, String person) {
        return tasks().contains(task) && person.equals(claims.get(task));
    }

    /** A person claims a task for themselves; once more is nothing, whatever has become of them since. */
    boolean claim(String task, Actor actor) {
        if (has(task, actor.id())) {
            return true;
        }
        boolean allowed = mayComplete(task, actor);
        if (allowed) {
            claims.put(task, actor.id());
        }
        return allowed;
    }

    /** A person gives a task back: their own, or as a change manager anybody's. */
    boolean giveBack(String task, Actor actor) {
        boolean manages = actor.isIn("change-manager") && !actor.mayDecideNothing();
        boolean allowed = tasks().contains(task) && (!isClaimedByAnother(task, actor) || manages);
        if (allowed) {
            claims.remove(task);
        }
        return allowed;
    }

    boolean vote(String seat, Actor actor, boolean approves) {
        if (!mayComplete(seat, actor)) {
            return false;
        }
        claims.remove(seat);
        seats.put(seat, actor.id());
        if (!approves) {
            toNew();
        } else if (state == ChangeState.ASSESS) {
            state = ChangeState.AUTHORIZE;
            board.forEach(asked -> seats.put(asked, null));
        } else if (seats.values().stream().allMatch(Objects::nonNull)) {
            state = ChangeState.IMPLEMENT;
        }
        return true;
    }

    private void toNew() {
        state = ChangeState.NEW;
        claims.clear();
    }

    /** Somebody who may write the change takes it back to rewrite it. */
    boolean revise(Actor actor) {
        boolean before = state == ChangeState.ASSESS || state == ChangeState.AUTHORIZE;
        if (!before || onHold || !mayWrite(actor)) {
            return false;
        }
        toNew();
        return true;
    }

    private boolean mayWrite(Actor actor) {
        return !actor.isIn("auditor") && (actor.isIn("change-manager") || raisedIt(actor));
    }

    /** And still has a role in which one raises changes. */
    private boolean raisedIt(Actor actor) {
        return actor.id().equals(requester) && (actor.isIn("requester") || actor.isIn("release-manager"));
    }

    /** Somebody rewrites it, or not, and submits it again: every approval is void. */
    boolean resubmit(Actor actor, boolean rewrites) {
        if (!mayComplete(REVISE_CHANGE, actor)) {
            return false;
        }
        if (rewrites) {
            authors.add(actor.id());
        }
        rulers.addAll(policies.rulers(authors));
        claims.clear();
        seats.clear();
        seats.put("technical-approver", null);
        round++;
        state = ChangeState.ASSESS;
        return true;
    }

    boolean hold(Actor actor) {
        boolean allowed = state.isBeforeImplement() && !onHold && mayWrite(actor);
        onHold |= allowed;
        return allowed;
    }

    boolean resume(Actor actor) {
        boolean allowed = onHold && mayWrite(actor);
        onHold &= !allowed;
        return allowed;
    }

    boolean implement(Actor actor) {
        if (!mayComplete(IMPLEMENT_CHANGE, actor)) {
            return false;
        }
        implementer = actor.id();
        claims.clear();
        state = ChangeState.REVIEW;
        return true;
    }

    boolean review(Actor actor) {
        if (!mayComplete(REVIEW_CHANGE, actor)) {
            return false;
        }
        claims.clear();
        state = ChangeState.CLOSED;
        return true;
    }

    /** What must hold whatever happened; asked of what the database says. */
    static List<String> breaches(String requester, Set<String> rulers, ChangeState state, List<Approval> seats) {
        List<String> found = new ArrayList<>();
        List<String> people =
                seats.stream().map(Approval::person).filter(Objects::nonNull).toList();
        if (people.contains(requester)) {
            found.add(requester + " decided on their own change");
        }
        if (people.stream().anyMatch(rulers::contains)) {
            found.add("of " + people + " somebody decided by a rule of " + rulers);
        }
        if (new HashSet<>(people).size() < people.size()) {
            found.add("somebody fills two seats: " + people);
        }
        boolean goesAhead = !state.isBeforeImplement() || state == ChangeState.SCHEDULED;
        if (goesAhead && !seats.stream().allMatch(seat -> seat.decision() == Approval.Decision.APPROVED)) {
            found.add("it went ahead without " + seats);
        }
        return found;
    }
}
