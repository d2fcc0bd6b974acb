package io.gatehouse.release.report;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.api.InvalidField;
import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.release.Release;
import io.gatehouse.release.ReleaseNumber;
import io.gatehouse.release.Releases;
import io.gatehouse.release.train.Days;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** What releases may cost, and what is spent on them. Each write locks the release and is an entry in the trail. */
@Service
@Transactional
public class Budgets {

    private static final String SET = "PUT /api/v1/releases/{number}/budget";
    private static final String BOOK = "POST /api/v1/releases/{number}/bookings";
    private static final String REVERSE = "POST /api/v1/releases/{number}/bookings/{id}/reversal";

    private final BudgetRows rows;
    private final Releases releases;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;
    private final AuditTrail audit;
    private final Clock clock;

    Budgets(
            BudgetRows rows,
            Releases releases,
            Permissions permissions,
            CurrentPerson currentPerson,
            AuditTrail audit,
            Clock clock) {
        this.rows = rows;
        this.releases = releases;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
        this.audit = audit;
        this.clock = clock;
    }

    /** Empty if nobody has set one. */
    @Transactional(readOnly = true)
    public Optional<Budget> find(String number) {
        return rows.find(releases.find(number).stored());
    }

    /** The budget, or the problem {@code budget-not-found}. */
    @Transactional(readOnly = true)
    public Budget get(String number) {
        return find(number)
                .orElseThrow(() -> ProblemException.notFound(
                        "budget-not-found",
                        "No budget",
                        "Nobody has set a budget of " + number + "; PUT /api/v1/releases/{number}/budget does."));
    }

    @Transactional(readOnly = true)
    public Spent spent(Budget budget) {
        return rows.spent(budget);
    }

    /** Sets what a release may cost that is neither closed nor retired: what was overspent is not planned afterwards. */
    public Budget set(String number, BigDecimal hours, Money money, Precondition precondition) {
        admitted(SET);
        Release release = releases.lock(number);
        Optional<Budget> existing = rows.find(release.stored());
        existing.ifPresentOrElse(budget -> precondition.check(budget.version()), precondition::checkAbsent);
        if (release.state().isFinal()) {
            throw ProblemException.conflict(
                    "release-state",
                    "Not possible in this state",
                    number + " is " + release.state() + "; its budget stays what it was.");
        }
        existing.ifPresent(budget -> requireCurrency(budget, money));
        Budget wanted = existing.map(budget -> budget.next(hours, money))
                .orElseGet(() -> new Budget(release.stored(), 1, hours, money));
        if (existing.isPresent()) {
            rows.update(wanted);
        } else {
            rows.insert(wanted);
        }
        audit.recordState(
                "release.BudgetSet",
                "budget-" + wanted.release(),
                Map.of("hours", wanted.hours().toPlainString(), "money", money.toString()),
                wanted.fingerprint());
        return wanted;
    }

    /** What was spent in one currency cannot be counted in another. */
    private void requireCurrency(Budget budget, Money money) {
        if (!budget.money().currency().equals(money.currency()) && rows.hasBookings(budget.release())) {
            throw ProblemException.conflict(
                    "budget-currency",
                    "Another currency",
                    "There are bookings in " + budget.money().currency() + "; reading them in " + money.currency()
                            + " would be wrong.");
        }
    }

    /** Books what was spent; also on a release that is closed, because bills come late. */
    public Booking book(String number, LocalDate spentOn, BigDecimal hours, Money money, String what) {
        Person person = admitted(BOOK);
        Budget budget = lockBudget(number);
        check(budget, spentOn, hours, money);
        return save(
                "release.SpendBooked",
                new Booking(0, budget.release(), spentOn, hours, money, what, person.id(), now(), null));
    }

    private void check(Budget budget, LocalDate spentOn, BigDecimal hours, Money money) {
        List<InvalidField> wrong = new ArrayList<>();
        Days.check("spentOn", spentOn, wrong);
        if (spentOn.isAfter(clock.instant().atZone(ZoneOffset.UTC).toLocalDate())) {
            wrong.add(new InvalidField("spentOn", "must not be in the future, in UTC: it is not spent yet"));
        }
        if (hours.signum() == 0 && money.amount().signum() == 0) {
            wrong.add(new InvalidField("hours", "must be more than 0, or money.amount must"));
        }
        if (!money.currency().equals(budget.money().currency())) {
            wrong.add(new InvalidField(
                    "money.currency",
                    "must be that of the budget, " + budget.money().currency()));
        }
        if (!wrong.isEmpty()) {
            throw ProblemException.invalid(wrong);
        }
    }

    /** Takes a booking back by another one. */
    public Booking reverse(String number, long id, String because) {
        Person person = admitted(REVERSE);
        Budget budget = lockBudget(number);
        Booking booking = rows.booking(budget.release(), id)
                .orElseThrow(() -> ProblemException.notFound(
                        "booking-not-found", "No such booking", number + " has no booking " + id + "."));
        if (booking.reverses() != null || rows.isReversed(id)) {
            throw ProblemException.conflict(
                    "booking-reversed",
                    "Reversed already",
                    "The booking " + id + " takes another back or was taken back; book what was spent anew.");
        }
        return save("release.SpendReversed", booking.reversal(because, person.id(), now()));
    }

    private Budget lockBudget(String number) {
        return rows.find(releases.lock(number).stored())
                .orElseThrow(() -> ProblemException.conflict(
                        "budget-missing",
                        "No budget",
                        "Set a budget of " + number + " first: PUT /api/v1/releases/{number}/budget."));
    }

    private Booking save(String action, Booking booking) {
        Booking saved = rows.insert(booking);
        audit.recordState(
                action,
                saved.object(),
                Map.of(
                        "release", ReleaseNumber.of(saved.release()),
                        "hours", saved.hours().toPlainString(),
                        "money", saved.money().toString()),
                saved.fingerprint());
        return saved;
    }

    /** Newest first. */
    @Transactional(readOnly = true)
    public Page<Booking> bookings(String number, PageQuery page) {
        return page.page(
                rows.bookings(
                        releases.find(number).stored(), page.afterNumber().orElse(Long.MAX_VALUE), page.fetchSize()),
                Booking::id);
    }

    private Person admitted(String operation) {
        Person person = currentPerson.find().orElse(null);
        permissions.require(operation, person);
        return Objects.requireNonNull(person);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
