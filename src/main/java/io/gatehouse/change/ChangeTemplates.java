package io.gatehouse.change;

import io.gatehouse.api.InvalidField;
import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.catalog.CatalogKey;
import io.gatehouse.catalog.Environments;
import io.gatehouse.catalog.Services;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The catalogue of standard changes. */
@Service
@Transactional
public class ChangeTemplates {

    private final ChangeTemplateRepository rows;
    private final TemplateVersionRows versions;
    private final TemplatePlan plans;
    private final Services services;
    private final Environments environments;
    private final AuditTrail audit;

    ChangeTemplates(
            ChangeTemplateRepository rows,
            TemplateVersionRows versions,
            TemplatePlan plans,
            Services services,
            Environments environments,
            AuditTrail audit) {
        this.rows = rows;
        this.versions = versions;
        this.plans = plans;
        this.services = services;
        this.environments = environments;
        this.audit = audit;
    }

    /** The template, or the problem {@code template-not-found}. */
    @Transactional(readOnly = true)
    public CatalogueEntry get(String key) {
        return findEntry(key).orElseThrow(ChangeTemplates::unknown);
    }

    @Transactional(readOnly = true)
    Optional<CatalogueEntry> findEntry(String key) {
        if (!key.matches(CatalogKey.PATTERN)) {
            return Optional.empty();
        }
        List<TemplateVersion> all = versions.of(List.of(key));
        return all.isEmpty() ? rows.findById(key).map(CatalogueEntry::of) : Optional.of(CatalogueEntry.of(all));
    }

    /** All templates, whatever their state, in the order of their keys; a cursor names the last one shown. */
    @Transactional(readOnly = true)
    public Page<CatalogueEntry> list(PageQuery page) {
        List<String> keys = versions.keys(page.after() == null ? "" : page.after(), page.fetchSize());
        Map<String, List<TemplateVersion>> all =
                versions.of(keys).stream().collect(Collectors.groupingBy(TemplateVersion::template));
        List<CatalogueEntry> found = keys.stream()
                .map(key -> all.containsKey(key)
                        ? CatalogueEntry.of(Objects.requireNonNull(all.get(key)))
                        : CatalogueEntry.of(getInForce(key)))
                .toList();
        return page.page(found, CatalogueEntry::key);
    }

    /** Whether there is a template of this key, in force or proposed. */
    @Transactional(readOnly = true)
    public boolean exists(String key) {
        return findEntry(key).isPresent();
    }

    ChangeTemplate getInForce(String key) {
        return find(key).orElseThrow(ChangeTemplates::unknown);
    }

    /** Puts a version in force, or takes it out. The template must be locked. */
    void putInForce(TemplateVersion version, boolean active) {
        long stored = find(version.template()).map(ChangeTemplate::version).orElse(0L);
        save(version.content().inForce(version.template(), stored, active));
    }

    /**
     * Stores what is in force and writes that down. What ships comes in by it without a review; everything else through
     * {@link TemplateReviews}.
     */
    public ChangeTemplate save(ChangeTemplate template) {
        checkScope(TemplateContent.of(template));
        ChangeTemplate saved = rows.save(template);
        audit.record(
                "change.TemplateSaved",
                "template-" + saved.templateKey(),
                Map.of("active", saved.active(), "version", saved.version(), "row", saved.fingerprint()));
        return saved;
    }

    /** What a standard change says, and the version it says it by; absent for a template that has none. */
    public record Raising(ChangeContent content, @Nullable TemplateVersion version) {}

    /**
     * What a standard change from this template says: only the window is the requester's, and what the template leaves
     * open.
     *
     * @throws ProblemException 400 when there is no such template, it is not active, or something is filled in that it
     *     fixes; conflict if its rollout plan is not the one that was let in
     */
    @Transactional(readOnly = true)
    public Raising contentOf(String key, Window window, OpenDetails details) {
        ChangeTemplate template = find(key)
                .filter(ChangeTemplate::active)
                .orElseThrow(() -> ProblemException.invalid("template", "must be the key of an active template"));
        TemplateVersion version = versions.active(key).orElse(null);
        requirePlanAsLetIn(version);
        LockedFields.requireOpen(
                key, version == null ? Set.of() : version.content().open(), details.filled(), "details.");
        return new Raising(
                new ChangeContent(
                        template.title(),
                        details.description(),
                        Set.of(template.serviceKey()),
                        template.environmentKey(),
                        window,
                        template.plansOrNone(),
                        new Questionnaire(false, false, true),
                        details.links(),
                        details.artifacts()),
                version);
    }

    private void requirePlanAsLetIn(@Nullable TemplateVersion version) {
        if (version != null && !Objects.equals(plans.fingerprint(version.number()), version.planSha256())) {
            throw ProblemException.conflict(
                    "template-plan-changed",
                    "The rollout plan has changed",
                    "The rollout plan of " + version.template() + " or the process that carries it out is not the one"
                            + " that was reviewed. Submit the template for review again.");
        }
    }

    boolean isActive(String key) {
        return find(key).filter(ChangeTemplate::active).isPresent();
    }

    @Transactional(readOnly = true)
    Optional<ChangeTemplate> find(String key) {
        return key.matches(CatalogKey.PATTERN) ? rows.findById(key) : Optional.empty();
    }

    /** Refuses a template of what is not in the catalog, and a rule that nobody can keep. */
    void checkScope(TemplateContent template) {
        List<InvalidField> wrong = new ArrayList<>();
        if (!services.exists(template.service())) {
            wrong.add(new InvalidField("service", "must be the key of a service in the catalog"));
        }
        if (!environments.exists(template.environment())) {
            wrong.add(new InvalidField("environment", "must be the key of an environment in the catalog"));
        }
        if (!template.suspension().isSound()) {
            wrong.add(new InvalidField(
                    "suspension",
                    "must be 1 or more failures in at least as many uses, and no more than "
                            + SuspensionRule.MOST_USES));
        }
        if (!wrong.isEmpty()) {
            throw ProblemException.invalid(wrong);
        }
    }

    private static ProblemException unknown() {
        return ProblemException.notFound(
                "template-not-found",
                "No such template",
                "No template has this key; GET /api/v1/change-templates lists them all.");
    }
}
