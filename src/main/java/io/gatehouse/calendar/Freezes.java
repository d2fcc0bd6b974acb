package io.gatehouse.calendar;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.api.InvalidField;
import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.catalog.Environments;
import io.gatehouse.catalog.Services;
import io.gatehouse.change.Change;
import io.gatehouse.change.Window;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** All freezes. Change managers and release managers declare and lift them. */
@Service
@Transactional
public class Freezes {

    private static final String DECLARE = "POST /api/v1/freezes";
    private static final String LIFT = "DELETE /api/v1/freezes/{id}";

    private final FreezeRepository rows;
    private final Services services;
    private final Environments environments;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;
    private final AuditTrail audit;
    private final Clock clock;

    Freezes(
            FreezeRepository rows,
            Services services,
            Environments environments,
            Permissions permissions,
            CurrentPerson currentPerson,
            AuditTrail audit,
            Clock clock) {
        this.rows = rows;
        this.services = services;
        this.environments = environments;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
        this.audit = audit;
        this.clock = clock;
    }

    /** Declares a freeze; changes that are already scheduled in it are sent back when their window opens. */
    public Freeze declare(
            String name,
            String reason,
            Instant startsAt,
            Instant endsAt,
            @Nullable String service,
            @Nullable String environment) {
        permissions.require(DECLARE, currentPerson.find().orElse(null));
        Freeze wanted = new Freeze(
                null,
                0,
                name,
                reason,
                startsAt.truncatedTo(ChronoUnit.MICROS),
                endsAt.truncatedTo(ChronoUnit.MICROS),
                service,
                environment);
        check(wanted);
        Freeze freeze = rows.save(wanted);
        audit.recordState(
                "calendar.FreezeDeclared",
                AuditTrail.numbered("freeze", freeze.storedId()),
                Map.of("startsAt", startsAt.toString(), "endsAt", endsAt.toString()),
                freeze.fingerprint());
        return freeze;
    }

    public void lift(long id) {
        permissions.require(LIFT, currentPerson.find().orElse(null));
        rows.deleteById(get(id).storedId());
        audit.recordEnd("calendar.FreezeLifted", AuditTrail.numbered("freeze", id), Map.of());
    }

    /** The freeze, or the problem {@code freeze-not-found}. */
    @Transactional(readOnly = true)
    public Freeze get(long id) {
        return rows.findById(id)
                .orElseThrow(() -> ProblemException.notFound(
                        "freeze-not-found",
                        "No such freeze",
                        "There is no freeze " + id + "; it may have been lifted."));
    }

    /** Freezes that are not over yet, newest first; the cursor is the id of the last one shown. */
    @Transactional(readOnly = true)
    public Page<Freeze> current(PageQuery page) {
        long before = page.afterNumber().orElse(Long.MAX_VALUE);
        List<Freeze> found = rows.findByEndsAtAfterOrderByIdDesc(clock.instant()).stream()
                .filter(freeze -> freeze.storedId() < before)
                .limit(page.fetchSize())
                .toList();
        return page.page(found, Freeze::storedId);
    }

    /** The freezes that keep this change from being made in its window. */
    @Transactional(readOnly = true)
    public List<Freeze> against(Change change) {
        return in(change.environment(), change.services(), change.window());
    }

    /** The freezes that keep changes of these services from being made there in a window. */
    @Transactional(readOnly = true)
    public List<Freeze> in(String environment, Set<String> services, Window window) {
        return rows.findBetween(window.startsAt(), window.endsAt()).stream()
                .filter(freeze -> freeze.concerns(environment, services))
                .toList();
    }

    private void check(Freeze wanted) {
        List<InvalidField> wrong = new ArrayList<>();
        if (!wanted.startsAt().isBefore(wanted.endsAt())) {
            wrong.add(new InvalidField("endsAt", "must be after startsAt"));
        } else if (!wanted.endsAt().isAfter(clock.instant())) {
            wrong.add(new InvalidField("endsAt", "must be in the future"));
        }
        if (wanted.serviceKey() != null && !services.exists(wanted.serviceKey())) {
            wrong.add(new InvalidField("service", "must be the key of a service in the catalog"));
        }
        if (wanted.environmentKey() != null && !environments.exists(wanted.environmentKey())) {
            wrong.add(new InvalidField("environment", "must be the key of an environment in the catalog"));
        }
        if (!wrong.isEmpty()) {
            throw ProblemException.invalid(wrong);
        }
    }
}
