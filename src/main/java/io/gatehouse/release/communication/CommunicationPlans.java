package io.gatehouse.release.communication;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.mail.Outbox;
import io.gatehouse.mail.OutboxMail;
import io.gatehouse.release.Release;
import io.gatehouse.release.ReleaseWritten;
import io.gatehouse.release.Releases;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Who hears what of which release: planned, told, and what became of it. */
@Service
@Transactional
public class CommunicationPlans {

    private static final String PUT = "PUT /api/v1/releases/{number}/communication-plan";

    private final CommunicationRows rows;
    private final CommunicationRules rules;
    private final Releases releases;
    private final Announcements announcements;
    private final Outbox outbox;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;
    private final ApplicationEventPublisher events;
    private final AuditTrail audit;
    private final Clock clock;

    CommunicationPlans(
            CommunicationRows rows,
            CommunicationRules rules,
            Releases releases,
            Announcements announcements,
            Outbox outbox,
            Permissions permissions,
            CurrentPerson currentPerson,
            ApplicationEventPublisher events,
            AuditTrail audit,
            Clock clock) {
        this.rows = rows;
        this.rules = rules;
        this.releases = releases;
        this.announcements = announcements;
        this.outbox = outbox;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
        this.events = events;
        this.audit = audit;
        this.clock = clock;
    }

    /**
     * Who hears what of a release.
     *
     * @throws ProblemException 404 as long as nobody has said so
     */
    @Transactional(readOnly = true)
    public CommunicationPlan of(String number) {
        return rows.find(releases.find(number).stored())
                .orElseThrow(() -> ProblemException.notFound(
                        "communication-plan-not-found",
                        "No communication plan",
                        "Nobody has said who hears what of " + number + " yet."));
    }

    /** Says anew who hears what of a release, as long as anything can happen to it. */
    public CommunicationPlan put(String number, List<CommunicationEntry> entries, Precondition precondition) {
        Person person = currentPerson.find().orElse(null);
        permissions.require(PUT, person);
        Release release = releases.lock(number);
        if (release.state().isFinal()) {
            throw ProblemException.conflict(
                    "release-state",
                    "Not possible in this state",
                    number + " is " + release.state() + "; there is nothing left to be told.");
        }
        Optional<CommunicationPlan> before = rows.find(release.stored());
        before.ifPresentOrElse(plan -> precondition.check(plan.version()), precondition::checkAbsent);
        rules.check(release, entries);
        CommunicationPlan plan = new CommunicationPlan(
                release.stored(),
                before.map(CommunicationPlan::version).orElse(0L) + 1,
                Objects.requireNonNull(person).id(),
                now(),
                List.copyOf(entries));
        before.ifPresentOrElse(any -> rows.update(plan), () -> rows.insert(plan));
        audit.recordState(
                "release.CommunicationPlanned",
                "communication-" + release.stored(),
                Map.of("release", number, "version", plan.version(), "entries", entries.size()),
                plan.fingerprint());
        events.publishEvent(new ReleaseWritten(release));
        return plan;
    }

    /** What was told of a release and what is coming. */
    @Transactional(readOnly = true)
    public Communications communications(String number) {
        Release release = releases.find(number);
        List<Announcement> told = announcements.of(release);
        Map<Long, List<OutboxMail>> mails =
                outbox
                        .about(
                                Announcements.KIND,
                                told.stream().map(Announcement::id).toList())
                        .stream()
                        .collect(Collectors.groupingBy(OutboxMail::about));
        return new Communications(
                told.stream()
                        .map(one -> new Communications.Sending(one, mails.getOrDefault(one.id(), List.of())))
                        .toList(),
                release.state().isFinal()
                        ? List.of()
                        : rows.entries(release.stored()).stream()
                                .filter(entry -> told.stream().noneMatch(one -> isAbout(one, entry)))
                                .toList());
    }

    private static boolean isAbout(Announcement told, CommunicationEntry entry) {
        return told.moment() == entry.moment()
                && Objects.equals(told.stage(), entry.stage())
                && told.template().equals(entry.template());
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
