package io.gatehouse.release;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.change.Artifact;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/**
 * All releases. Whoever moves one locks its row first, so that two people, two nodes or the end of its change never act
 * on it at once, and writes an audit entry in the same transaction. How it gets into production is in
 * {@link ProductionChanges}.
 */
@Service
@Transactional
public class Releases {

    private static final int LONGEST_REASON = 1000;

    private static final String PLAN = "POST /api/v1/releases";
    private static final String REWRITE = "PUT /api/v1/releases/{number}";
    private static final String START = "POST /api/v1/releases/{number}/start";
    private static final String RETIRE = "POST /api/v1/releases/{number}/retirement";

    private final ReleaseRows rows;
    private final ReleaseRules rules;
    private final PackageScope scope;
    private final DependencyRows dependencies;
    private final ReleaseProcess process;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;
    private final ApplicationEventPublisher events;
    private final AuditTrail audit;
    private final Clock clock;

    Releases(
            ReleaseRows rows,
            ReleaseRules rules,
            PackageScope scope,
            DependencyRows dependencies,
            ReleaseProcess process,
            Permissions permissions,
            CurrentPerson currentPerson,
            ApplicationEventPublisher events,
            AuditTrail audit,
            Clock clock) {
        this.rows = rows;
        this.rules = rules;
        this.scope = scope;
        this.dependencies = dependencies;
        this.process = process;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
        this.events = events;
        this.audit = audit;
        this.clock = clock;
    }

    /** Writes a new release down; nobody is asked anything before it is started. */
    public Release plan(ReleaseContent content) {
        Person person = admitted(PLAN);
        Instant now = now();
        ReleaseContent settled = rules.settled(content);
        rules.checkWritten(settled, null, now);
        String stored = rows.nextNumber(now.atZone(ZoneOffset.UTC).getYear());
        Release planned = rows.insert(Release.plan(stored, settled, person.id(), now));
        record("release.Planned", planned, Map.of());
        return planned;
    }

    /** Replaces what is written of a release whose package is not confirmed. */
    public Release rewrite(String number, ReleaseContent content, Precondition precondition) {
        Person person = admitted(REWRITE);
        Release release = lock(number);
        precondition.check(release.version());
        ReleaseContent settled = rules.settled(content);
        Release described = release.describe(settled, person.id());
        rules.checkWritten(settled, release.content(), now());
        requireOpen(release, described);
        requireStagesKept(release, described);
        return save(release, described, "release.Rewritten");
    }

    /** Puts it off and keeps its package. */
    Release postpone(String number, ReleaseContent later, String by) {
        Release release = lock(number);
        Release postponed = release.postpone(later, by);
        rules.check(postponed.content(), now());
        return save(release, postponed, "release.Postponed");
    }

    /** Takes services out of the package of a release into a new one, which has everything else of it. */
    Release split(String number, String name, Set<String> services, String by) {
        Release whole = lock(number);
        Release rest = whole.without(services, by);
        requireOpen(whole, rest);
        Instant now = now();
        String stored = rows.nextNumber(now.atZone(ZoneOffset.UTC).getYear());
        Release part = rows.insert(whole.part(stored, name, services, by, now));
        save(whole, rest, "release.Split");
        record("release.Planned", part, Map.of("splitFrom", number));
        return part;
    }

    /** What others wait for does not go without them: they would wait for production instead, and nobody had said so. */
    private void requireStagesKept(Release release, Release wanted) {
        List<String> kept = wanted.stageNames();
        String needed = dependencies.neededBy(release.stored()).stream()
                .filter(dependency -> !kept.contains(dependency.needsStage())
                        && release.stageNames().contains(dependency.needsStage()))
                .map(dependency -> dependency.release() + " needs " + dependency.needsStage() + " before it enters "
                        + dependency.stage())
                .collect(Collectors.joining("; "));
        if (!needed.isEmpty()) {
            throw ProblemException.conflict(
                    "stage-needed",
                    "Other releases need this stage",
                    "A stage of " + release.number() + " cannot be taken out or renamed while others wait for it: "
                            + needed
                            + ". Have those dependencies taken back first: POST"
                            + " /api/v1/releases/{number}/dependencies/{id}/removal.");
        }
    }

    private void requireOpen(Release release, Release wanted) {
        scope.fixedBecause(
                        release,
                        wanted.content().items(),
                        now().atZone(ZoneOffset.UTC).toLocalDate())
                .ifPresent(because -> {
                    throw ProblemException.conflict(
                            "scope-fixed",
                            "Scope fixed",
                            "The package of " + release.number() + " cannot be written anew: " + because
                                    + ". Ask for it: POST /api/v1/releases/" + release.number() + "/scope-changes.");
                });
    }

    /** Has people put its package together. */
    public Release start(String number) {
        admitted(START);
        Release release = lock(number);
        Release begun = save(release, release.begin(), "release.Started");
        process.start(number);
        return begun;
    }

    /** Says that the package is complete; from now on it stays as it is. */
    public void confirm(String number, Person person) {
        Release release = lock(number);
        Release confirmed = release.confirm(person.id(), now());
        // Its window may have passed and its services may have gone since it was written.
        rules.check(release.content(), now());
        save(release, confirmed, "release.PackageConfirmed");
    }

    /** Gives a release up that nobody is working on yet; of any other the task "Confirm package" says so. */
    public Release retirePlanned(String number, String because) {
        admitted(RETIRE);
        return retire(number, because);
    }

    /** Gives a release up. */
    public Release retire(String number, String because) {
        Release release = lock(number);
        Release retired = save(release, release.retire(because, now()), "release.Retired");
        events.publishEvent(new ReleaseOver(retired));
        return retired;
    }

    /** Its package is in production, as {@link ProductionChanges} has seen. */
    void close(String number) {
        Release release = lock(number);
        events.publishEvent(new ReleaseOver(save(release, release.close(now()), "release.Closed")));
    }

    /** It has passed its stages, as {@link Stages} has seen. */
    Release decide(Release release) {
        return release.state() == ReleaseState.DECIDING
                ? release
                : save(release, release.decide(), "release.StagesPassed");
    }

    /** Why no change could carry a release that is as it was written; empty if one can. */
    Optional<String> whatIsInTheWay(Release release) {
        return rules.breaches(release.content(), now()).stream()
                .map(field -> field.field() + " " + field.message())
                .reduce((one, other) -> one + "; " + other);
    }

    /** Its seats let it go, but something else does not yet. */
    void await(String number, String because) {
        Release release = lock(number);
        save(release, release.await(because), "release.ProductionAwaited");
    }

    /** The numbers of those that wait in front of production. */
    List<String> waiting() {
        return rows.waiting();
    }

    /** Its seats let it go into production, and nothing is in the way. */
    void go(String number) {
        Release release = lock(number);
        save(release, release.go(), "release.Going");
    }

    Release carriedBy(String number, String change, Carrier carrier) {
        Release release = lock(number);
        return save(release, release.carriedBy(change, carrier), "release.ChangeRaised");
    }

    Release giveBack(String number, String because) {
        Release release = lock(number);
        return save(release, release.giveBack(because), "release.GivenBack");
    }

    /** It waits no longer, because somebody who leads it does not want it to. */
    Release withdraw(String number, String because) {
        Release release = lock(number);
        return save(release, release.giveBack(because), "release.Withdrawn");
    }

    /** Its seats agreed on another package. */
    void changeScope(String number, List<Artifact> items, String by, String because) {
        Release release = lock(number);
        String shortened = because.substring(0, Math.min(because.length(), LONGEST_REASON));
        save(release, release.changeScope(items, by, shortened), "release.ScopeChanged");
    }

    /** Notes that the process of a release was gone and has begun anew. */
    void noteLostProcess(Release release) {
        record("release.ProcessLost", release, Map.of());
    }

    /** @throws ProblemException 404 when there is none */
    @Transactional(readOnly = true)
    public Release find(String number) {
        return ReleaseNumber.find(number).flatMap(rows::find).orElseThrow(() -> unknown(number));
    }

    boolean exists(String number) {
        return ReleaseNumber.find(number).flatMap(rows::find).isPresent();
    }

    /** Finds a release and locks it until the transaction ends. */
    public Release lock(String number) {
        return ReleaseNumber.find(number).flatMap(rows::lock).orElseThrow(() -> unknown(number));
    }

    /** Newest first. */
    @Transactional(readOnly = true)
    public Page<Release> list(ReleaseFilter filter, PageQuery page) {
        return page.page(rows.list(filter, page.afterNumber().orElse(Long.MAX_VALUE), page.fetchSize()), Release::id);
    }

    private Release save(Release before, Release release, String action) {
        rows.update(before, release);
        record(action, release, Map.of());
        return release;
    }

    private void record(String action, Release release, Map<String, ?> more) {
        Map<String, Object> facts = new TreeMap<>(more);
        facts.put("state", release.state().name());
        facts.put("person", release.content().manager());
        String change = release.progress().change();
        if (change != null) {
            facts.put("change", change);
        }
        Carrier carrier = release.progress().carrier();
        if (carrier != null) {
            facts.put("carrier", carrier.type().name());
            facts.put("carrierBecause", carrier.because());
        }
        audit.recordState(action, release.number(), facts, release.fingerprint());
        events.publishEvent(new ReleaseWritten(release));
        Moment.of(action).forEach(moment -> events.publishEvent(new ReleaseReached(release, moment)));
    }

    private Person admitted(String operation) {
        Person person = currentPerson.find().orElse(null);
        permissions.require(operation, person);
        return Objects.requireNonNull(person);
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }

    private static ProblemException unknown(String number) {
        return ProblemException.notFound(
                "release-not-found",
                "No such release",
                "There is no release " + number + "; numbers look like REL-2026-017.");
    }
}
