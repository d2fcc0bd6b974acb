package io.gatehouse.breakglass;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.breakglass.BreakGlass.EndReason;
import io.gatehouse.breakglass.BreakGlass.Outcome;
import io.gatehouse.breakglass.BreakGlass.State;
import io.gatehouse.calendar.FreezeExemption;
import io.gatehouse.calendar.FreezeExemptions;
import io.gatehouse.engine.Repair;
import io.gatehouse.engine.RunningProcesses;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * How overrides come to be and end: asked by one person, granted by a second, reviewed by a third. What is done with one
 * is in {@link BreakGlassUses}. Every step locks the row, and is decided by it and by nothing the engine says.
 */
@Service
@Transactional
public class BreakGlasses {

    private static final String ASK = "POST /api/v1/break-glass";
    private static final String GRANT = "POST /api/v1/break-glass/{number}/decision";
    private static final String CHANGE = "CHG-";
    private static final String END = "POST /api/v1/break-glass/{number}/end";
    private static final String END_OVERRIDE = "POST /api/v1/break-glass/{number}/override-end";

    private final BreakGlassRows rows;
    private final BreakGlassProcess process;
    private final RunningProcesses processes;
    private final FreezeExemptions exemptions;
    private final BreakGlassProperties limits;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;
    private final AuditTrail audit;
    private final Clock clock;

    BreakGlasses(
            BreakGlassRows rows,
            BreakGlassProcess process,
            RunningProcesses processes,
            FreezeExemptions exemptions,
            BreakGlassProperties limits,
            Permissions permissions,
            CurrentPerson currentPerson,
            AuditTrail audit,
            Clock clock) {
        this.rows = rows;
        this.process = process;
        this.processes = processes;
        this.exemptions = exemptions;
        this.limits = limits;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Asks for an override.
     *
     * @param target the number of the one process it is about
     * @param repairs what exactly is to be done, each kind once
     * @throws ProblemException invalid if it says too little or lasts too long; conflict if no such process is under way
     */
    public BreakGlass ask(String target, List<Repair> repairs, String reason, String incident, Instant expiresAt) {
        Person person = admitted(ASK);
        requireOnePerKind(repairs);
        requireInTime(expiresAt);
        if (target.startsWith(BreakGlassNumber.PREFIX)) {
            throw ProblemException.invalid("target", "must not be a break-glass: none is overridden by another");
        }
        requireFreezes(target, repairs);
        if (!processes.exists(target)) {
            throw ProblemException.conflict(
                    "no-such-process", "No such process", "No process of " + target + " is under way.");
        }
        long id = rows.insert(
                target, repairs, reason, incident, expiresAt.truncatedTo(ChronoUnit.MICROS), person.id(), now());
        BreakGlass asked = find(BreakGlassNumber.of(id));
        record("breakglass.Asked", asked, Map.of());
        process.start(asked.number());
        return asked;
    }

    private static void requireOnePerKind(List<Repair> repairs) {
        Set<Repair.Kind> kinds = new HashSet<>();
        for (int i = 0; i < repairs.size(); i++) {
            String field = "actions[" + i + "]";
            repairs.get(i).check(field);
            if (!kinds.add(repairs.get(i).kind())) {
                throw ProblemException.invalid(field, "names a kind that is named before");
            }
        }
    }

    private void requireFreezes(String target, List<Repair> repairs) {
        for (Repair repair : repairs) {
            if (repair.kind() == Repair.Kind.OVERRIDE_FREEZE) {
                if (!target.startsWith(CHANGE)) {
                    throw ProblemException.invalid(
                            "target", "must be a change: that is what a freeze keeps from being made");
                }
                exemptions.requireFreeze(repair.freeze());
            }
        }
    }

    private void requireInTime(Instant expiresAt) {
        if (!expiresAt.isAfter(now()) || expiresAt.isAfter(now().plus(limits.longest()))) {
            throw ProblemException.invalid(
                    "expiresAt", "must be in the next " + limits.longest().toMinutes() + " minutes");
        }
    }

    /**
     * Refuses whoever must not be the second person.
     *
     * @throws ProblemException forbidden to whoever asked
     */
    public void requireSecondPerson(String number, Person person) {
        if (lock(number).askedBy().equals(person.id())) {
            throw duties("You asked for " + number + ", so somebody else has to grant it.");
        }
    }

    /** Records that the current person looked at what they are asked to grant, once. */
    public void viewed(String number) {
        audit.recordOnce(
                "breakglass.Viewed", number, Map.of("target", find(number).target()));
    }

    /** Likewise for whoever may grant it and looks over the API, as long as it is asked for. */
    public void viewed(BreakGlass shown, Person person) {
        if (shown.state() == State.ASKED
                && permissions.allowsAll(GRANT, person)
                && !shown.askedBy().equals(person.id())) {
            viewed(shown.number());
        }
    }

    /**
     * Records what the second person says.
     *
     * @throws ProblemException conflict if it is decided, taken back or too late
     */
    public void decide(String number, Person person, boolean granted, String reason) {
        requireSecondPerson(number, person);
        BreakGlass asked = lock(number);
        asked.requireState(State.ASKED);
        if (asked.isOverAt(now())) {
            throw expired(asked);
        }
        rows.decide(asked, granted ? State.GRANTED : State.REFUSED, person.id(), now(), reason);
        record(granted ? "breakglass.Granted" : "breakglass.Refused", asked, Map.of());
    }

    /** Ends it before its time. What is over already stays as it is: taking a right away never fails. */
    public BreakGlass end(String number) {
        admitted(END);
        BreakGlass present = lock(number);
        if (over(present, State.WITHDRAWN, EndReason.ENDED_EARLY)) {
            process.over(number);
        }
        return find(number);
    }

    /**
     * Has the freeze hold again that was overridden by it, whatever state it is in since. What is over already stays as it
     * is, as with {@link #end}.
     *
     * @param reason why; kept with the exemption
     * @throws ProblemException conflict if no freeze was overridden by it
     */
    public BreakGlass endOverride(String number, String reason) {
        Person person = admitted(END_OVERRIDE);
        BreakGlass present = lock(number);
        if (exemptions.end(number, person.id(), reason)) {
            record("breakglass.OverrideEnded", present, Map.of());
        }
        return present;
    }

    /** What became of the freezes that were overridden by some of them, by their numbers. */
    @Transactional(readOnly = true)
    public Map<String, FreezeExemption> overridesOf(Collection<BreakGlass> some) {
        return exemptions.of(some.stream()
                .filter(one -> one.action(Repair.Kind.OVERRIDE_FREEZE) != null)
                .map(BreakGlass::number)
                .toList());
    }

    /** Ends it because its time has come, if nothing has ended it before. */
    public void expire(String number) {
        over(lock(number), State.LAPSED, EndReason.EXPIRED);
    }

    /** Ends it because all it names has been done. */
    void spent(String number) {
        over(lock(number), State.ENDED, EndReason.SPENT);
        process.over(number);
    }

    /**
     * Ends one whose process somebody has deleted: nothing may be done under it any more, and if it was granted its review
     * is asked for again. Looks again under the lock, under which a process ends along with its break-glass.
     */
    void takeUp(String number) {
        BreakGlass present = lock(number);
        if (present.isUnderWay() && !processes.exists(number)) {
            record("breakglass.ProcessLost", present, Map.of());
            over(present, State.LAPSED, EndReason.PROCESS_LOST);
            if (present.wasGranted()) {
                process.review(number);
            }
        }
    }

    private boolean over(BreakGlass present, State ifUndecided, EndReason because) {
        switch (present.state()) {
            case ASKED -> {
                rows.end(present, ifUndecided, null, now());
                record(ifUndecided == State.LAPSED ? "breakglass.Lapsed" : "breakglass.Withdrawn", present, Map.of());
            }
            case GRANTED -> {
                rows.end(present, State.ENDED, because, now());
                record("breakglass.Ended", present, Map.of("because", because.name()));
            }
            default -> {
                return false;
            }
        }
        return true;
    }

    /**
     * Refuses whoever must not review.
     *
     * @throws ProblemException forbidden to whoever asked and whoever granted
     */
    public void requireThirdPerson(String number, Person person) {
        BreakGlass ended = lock(number);
        if (ended.askedBy().equals(person.id()) || person.id().equals(ended.decidedBy())) {
            throw duties("You asked for " + number + " or granted it, so somebody else has to review it.");
        }
    }

    /**
     * Records what the review found.
     *
     * @throws ProblemException conflict if it is not over or reviewed already
     */
    public void review(String number, Person person, Outcome outcome, String toMend) {
        requireThirdPerson(number, person);
        BreakGlass ended = lock(number);
        ended.requireState(State.ENDED);
        rows.review(ended, outcome, toMend, person.id(), now());
        record("breakglass.Reviewed", ended, Map.of("outcome", outcome.name()));
    }

    /** @throws ProblemException 404 when there is none */
    @Transactional(readOnly = true)
    public BreakGlass find(String number) {
        return BreakGlassNumber.findId(number).stream()
                .boxed()
                .flatMap(id -> rows.find(id).stream())
                .findFirst()
                .orElseThrow(() -> BreakGlassNumber.unknown(number));
    }

    /** Newest first; of one state, or of all. */
    @Transactional(readOnly = true)
    public Page<BreakGlass> list(@Nullable State state, PageQuery page) {
        return page.page(
                rows.list(state, page.afterNumber().orElse(Long.MAX_VALUE), page.fetchSize()), BreakGlassRows::idOf);
    }

    BreakGlass lock(String number) {
        return BreakGlassNumber.findId(number).stream()
                .boxed()
                .flatMap(id -> rows.lock(id).stream())
                .findFirst()
                .orElseThrow(() -> BreakGlassNumber.unknown(number));
    }

    /** Each entry says again what it is about, and what its rows are since, so that one that is altered shows. */
    void record(String action, BreakGlass about, Map<String, ?> more) {
        Map<String, Object> facts = new TreeMap<>(more);
        facts.put("target", about.target());
        facts.put("actions", about.actions().stream().map(NamedAction::facts).toList());
        facts.put("expiresAt", about.expiresAt().toString());
        facts.put("scopeSha256", about.scopeFingerprint());
        audit.recordState(action, about.number(), facts, lock(about.number()).fingerprint());
    }

    private Person admitted(String operation) {
        Person person = currentPerson.find().orElse(null);
        permissions.require(operation, person);
        return Objects.requireNonNull(person);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    static ProblemException expired(BreakGlass over) {
        return ProblemException.conflict(
                "break-glass-expired", "Expired", over.number() + " expired at " + over.expiresAt() + ". Ask again.");
    }

    private static ProblemException duties(String detail) {
        return ProblemException.forbidden("segregation-of-duties", "Segregation of duties", detail);
    }
}
