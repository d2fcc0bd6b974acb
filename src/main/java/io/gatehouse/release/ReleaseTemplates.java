package io.gatehouse.release;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.access.Person;
import io.gatehouse.api.InvalidField;
import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.catalog.CatalogKey;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** How release managers plan releases of a kind. Whoever alters a template adds a version; releases keep theirs. */
@Service
@Transactional
public class ReleaseTemplates {

    private static final String PUT = "PUT /api/v1/release-templates/{key}";
    private static final String COPY = "POST /api/v1/release-templates/{key}/copies";
    private static final String RETIRE = "POST /api/v1/release-templates/{key}/retirement";

    private final ReleaseTemplateRows rows;
    private final StageRules stageRules;
    private final ReleaseRules rules;
    private final CarrierRules carrierRules;
    private final Criteria criteria;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;
    private final AuditTrail audit;
    private final Clock clock;

    ReleaseTemplates(
            ReleaseTemplateRows rows,
            StageRules stageRules,
            ReleaseRules rules,
            CarrierRules carrierRules,
            Criteria criteria,
            Permissions permissions,
            CurrentPerson currentPerson,
            AuditTrail audit,
            Clock clock) {
        this.rows = rows;
        this.stageRules = stageRules;
        this.rules = rules;
        this.carrierRules = carrierRules;
        this.criteria = criteria;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
        this.audit = audit;
        this.clock = clock;
    }

    @Transactional(readOnly = true)
    public Optional<ReleaseTemplate> find(String key) {
        return CatalogKey.isWellFormed(key) ? rows.newest(key) : Optional.empty();
    }

    /** The newest version, or the problem {@code release-template-not-found}. */
    @Transactional(readOnly = true)
    public ReleaseTemplate get(String key) {
        return find(key).orElseThrow(ReleaseTemplates::unknown);
    }

    /** Every version, oldest first. */
    @Transactional(readOnly = true)
    public List<ReleaseTemplate> versions(String key) {
        return rows.versions(get(key).key());
    }

    /** The newest version of each, in the order of their keys. */
    @Transactional(readOnly = true)
    public Page<ReleaseTemplate> list(PageQuery page) {
        return page.page(
                rows.list(Objects.requireNonNullElse(page.after(), ""), page.fetchSize()), ReleaseTemplate::key);
    }

    /**
     * The version that a release is planned by from now on.
     *
     * @throws ProblemException invalid if there is none, or it is retired
     */
    @Transactional(readOnly = true)
    public ReleaseTemplate toPlanBy(String key) {
        return find(key)
                .filter(template -> template.retiredBecause() == null)
                .orElseThrow(() -> ProblemException.invalid(
                        "template",
                        "must be the key of a template that is not retired; GET /api/v1/release-templates"));
    }

    /**
     * What a release is rewritten by: the version that it was planned by, if that is named as the release names it,
     * {@code major@3}, whatever has become of the template since; else the newest.
     *
     * @throws ProblemException invalid if there is none, or it is retired
     */
    @Transactional(readOnly = true)
    public ReleaseTemplate toRewriteBy(String named, Release release) {
        return named.equals(release.content().template()) ? rows.find(named).orElseThrow() : toPlanBy(named);
    }

    /** Writes a template, or the next version of one. */
    public ReleaseTemplate put(String key, ReleaseTemplateContent content, Precondition precondition) {
        Person person = admitted(PUT);
        Optional<ReleaseTemplate> newest = lock(key);
        newest.ifPresentOrElse(template -> precondition.check(template.version()), precondition::checkAbsent);
        newest.ifPresent(ReleaseTemplates::requireInUse);
        return add(key, newest.map(ReleaseTemplate::version).orElse(0) + 1, content, person.id());
    }

    /** Writes another template with what the newest version of one says. */
    public ReleaseTemplate copy(String key, String copy) {
        Person person = admitted(COPY);
        ReleaseTemplate template = get(key);
        if (lock(copy).isPresent()) {
            throw ProblemException.conflict(
                    "release-template-exists", "There is such a template", copy + " is the key of another template.");
        }
        return add(copy, 1, template.content(), person.id());
    }

    /** No release is planned by it any more; those that were go on. */
    public ReleaseTemplate retire(String key, String because) {
        admitted(RETIRE);
        ReleaseTemplate newest = lock(key).orElseThrow(ReleaseTemplates::unknown);
        requireInUse(newest);
        rows.retire(newest, because);
        ReleaseTemplate retired = get(key);
        record("release.TemplateRetired", retired);
        return retired;
    }

    /** Stores a version that keeps the rules. */
    ReleaseTemplate add(String key, int version, ReleaseTemplateContent content, String by) {
        List<InvalidField> wrong = stageRules.breaches(content);
        wrong.addAll(rules.breaches(content.seats()));
        wrong.addAll(carrierRules.breaches(content.stages()));
        criteria(content.criteria(), wrong);
        if (!wrong.isEmpty()) {
            throw ProblemException.invalid(wrong);
        }
        ReleaseTemplate template =
                new ReleaseTemplate(key, version, content, by, clock.instant().truncatedTo(ChronoUnit.MICROS), null);
        rows.insert(template);
        record("release.TemplateWritten", template);
        return template;
    }

    private void criteria(List<TemplateCriterion> wanted, List<InvalidField> wrong) {
        for (int i = 0; i < wanted.size(); i++) {
            if (!permissions.mayBeAsked(CriterionModel.CONFIRM, wanted.get(i).askedGroup())) {
                wrong.add(new InvalidField(
                        "criteria[" + i + "].askedGroup", "must be a role or team that may confirm criteria"));
            }
        }
    }

    /** Gives a release that is planned by a template the criteria of it. */
    public void give(Release release, ReleaseTemplate template) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        if (!template.content().criteria().isEmpty()) {
            criteria.add(
                    release,
                    template.content().criteria().stream()
                            .map(criterion -> criterion.of(release, now))
                            .toList());
        }
    }

    private Optional<ReleaseTemplate> lock(String key) {
        return CatalogKey.isWellFormed(key) ? rows.lockNewest(key) : Optional.empty();
    }

    private static void requireInUse(ReleaseTemplate template) {
        if (template.retiredBecause() != null) {
            throw ProblemException.conflict(
                    "release-template-retired",
                    "Retired",
                    template.key() + " is retired: " + template.retiredBecause() + " Copy it to use it again.");
        }
    }

    private void record(String action, ReleaseTemplate template) {
        audit.recordState(
                action,
                "release-template-" + template.name(),
                Map.of("version", template.version()),
                template.fingerprint());
    }

    private Person admitted(String operation) {
        Person person = currentPerson.find().orElse(null);
        permissions.require(operation, person);
        return Objects.requireNonNull(person);
    }

    private static ProblemException unknown() {
        return ProblemException.notFound(
                "release-template-not-found",
                "No such template",
                "No template has this key; GET /api/v1/release-templates lists all.");
    }
}
