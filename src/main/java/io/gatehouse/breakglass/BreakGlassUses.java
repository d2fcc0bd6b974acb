package io.gatehouse.breakglass;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.breakglass.BreakGlass.State;
import io.gatehouse.calendar.FreezeExemptions;
import io.gatehouse.engine.Repair;
import io.gatehouse.engine.Repairs;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Objects;
import org.springframework.stereotype.Service;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The one place where something is done by hand to a process: by exactly the person who asked, exactly what was granted,
 * once, before it expires. What is done, that it was done and the entry in the trail are one transaction under the lock of
 * the row; an attempt that is refused is an entry of its own.
 */
@Service
public class BreakGlassUses {

    private static final String USE = "POST /api/v1/break-glass/{number}/actions";

    private final BreakGlasses breakGlasses;
    private final BreakGlassRows rows;
    private final Repairs repairs;
    private final FreezeExemptions exemptions;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;
    private final AuditTrail audit;
    private final Clock clock;
    private final TransactionTemplate transaction;
    private final TransactionTemplate ownTransaction;

    BreakGlassUses(
            BreakGlasses breakGlasses,
            BreakGlassRows rows,
            Repairs repairs,
            FreezeExemptions exemptions,
            Permissions permissions,
            CurrentPerson currentPerson,
            AuditTrail audit,
            Clock clock,
            PlatformTransactionManager transactions) {
        this.breakGlasses = breakGlasses;
        this.rows = rows;
        this.repairs = repairs;
        this.exemptions = exemptions;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
        this.audit = audit;
        this.clock = clock;
        this.transaction = new TransactionTemplate(transactions);
        this.ownTransaction = new TransactionTemplate(transactions);
        this.ownTransaction.setPropagationBehavior(TransactionDefinition.PROPAGATION_REQUIRES_NEW);
    }

    /**
     * Does what was granted.
     *
     * @throws ProblemException forbidden to everybody but who asked; conflict if it is not granted, expired, spent, or
     *     there is nothing to repair; each is on record
     */
    public BreakGlass use(String number, Repair.Kind kind) {
        Person person = currentPerson.find().orElse(null);
        permissions.require(USE, person);
        BreakGlass present = breakGlasses.find(number);
        try {
            transaction.executeWithoutResult(status -> perform(number, kind, Objects.requireNonNull(person)));
        } catch (ProblemException refusal) {
            ownTransaction.executeWithoutResult(status -> refused(present, kind, refusal));
            throw refusal;
        }
        return breakGlasses.find(number);
    }

    private void perform(String number, Repair.Kind kind, Person person) {
        BreakGlass granted = breakGlasses.lock(number);
        NamedAction action = usable(granted, kind, person);
        rows.spend(granted, kind, now());
        breakGlasses.record("breakglass.Used", granted, Map.of("used", action.facts()));
        if (kind == Repair.Kind.OVERRIDE_FREEZE) {
            exemptions.exempt(granted.target(), action.repair().freeze(), granted.expiresAt(), number);
        } else {
            repairs.perform(granted.target(), action.repair(), number);
        }
        if (breakGlasses.lock(number).isSpent()) {
            breakGlasses.spent(number);
        }
    }

    private NamedAction usable(BreakGlass granted, Repair.Kind kind, Person person) {
        if (!granted.askedBy().equals(person.id())) {
            throw ProblemException.forbidden(
                    "break-glass-not-yours",
                    "Not yours",
                    granted.number() + " was granted to " + granted.askedBy() + ", and to nobody else.");
        }
        granted.requireState(State.GRANTED);
        if (granted.isOverAt(now())) {
            throw BreakGlasses.expired(granted);
        }
        NamedAction action = granted.action(kind);
        if (action == null) {
            throw ProblemException.conflict(
                    "break-glass-scope", "Not granted", granted.number() + " does not name " + kind + ".");
        }
        if (action.isUsed()) {
            throw ProblemException.conflict(
                    "break-glass-spent", "Spent", kind + " of " + granted.number() + " was done already. Ask again.");
        }
        return action;
    }

    private void refused(BreakGlass present, Repair.Kind kind, ProblemException refusal) {
        String type = refusal.problem().type().toString();
        audit.record(
                "breakglass.UseRefused",
                present.number(),
                Map.of(
                        "target",
                        present.target(),
                        "kind",
                        kind.name(),
                        "because",
                        type.substring(type.lastIndexOf(':') + 1)));
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
