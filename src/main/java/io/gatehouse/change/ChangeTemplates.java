package io.gatehouse.change;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.api.InvalidField;
import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.catalog.CatalogKey;
import io.gatehouse.catalog.Environments;
import io.gatehouse.catalog.Services;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The catalogue of standard changes. */
@Service
@Transactional
public class ChangeTemplates {

    private static final String PUT = "PUT /api/v1/change-templates/{key}";

    private final ChangeTemplateRepository rows;
    private final Services services;
    private final Environments environments;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;
    private final AuditTrail audit;

    ChangeTemplates(
            ChangeTemplateRepository rows,
            Services services,
            Environments environments,
            Permissions permissions,
            CurrentPerson currentPerson,
            AuditTrail audit) {
        this.rows = rows;
        this.services = services;
        this.environments = environments;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
        this.audit = audit;
    }

    /** The template, or the problem {@code template-not-found}. */
    @Transactional(readOnly = true)
    public ChangeTemplate get(String key) {
        return find(key)
                .orElseThrow(() -> ProblemException.notFound(
                        "template-not-found",
                        "No such template",
                        "No template has this key; GET /api/v1/change-templates lists them all."));
    }

    /** Active and retired templates in the order of their keys; a cursor names the last one shown. */
    @Transactional(readOnly = true)
    public Page<ChangeTemplate> list(PageQuery page) {
        String after = page.after() == null ? "" : page.after();
        List<ChangeTemplate> found = rows.findAllByOrderByTemplateKey().stream()
                .filter(template -> template.templateKey().compareTo(after) > 0)
                .limit(page.fetchSize())
                .toList();
        return page.page(found, ChangeTemplate::templateKey);
    }

    /** Adds a template or replaces the one of the same key, on behalf of the current person. */
    public ChangeTemplate put(ChangeTemplate wanted, Precondition precondition) {
        permissions.require(PUT, currentPerson.find().orElse(null));
        Optional<ChangeTemplate> existing = rows.findById(wanted.templateKey());
        existing.ifPresentOrElse(found -> precondition.check(found.version()), precondition::checkAbsent);
        return save(new ChangeTemplate(
                wanted.templateKey(),
                existing.map(ChangeTemplate::version).orElse(0L),
                wanted.title(),
                wanted.active(),
                wanted.serviceKey(),
                wanted.environmentKey(),
                wanted.plans()));
    }

    /** Stores a template and writes that down. */
    public ChangeTemplate save(ChangeTemplate template) {
        checkScope(template);
        ChangeTemplate saved = rows.save(template);
        audit.record(
                "change.TemplateSaved",
                "template-" + saved.templateKey(),
                Map.of("active", saved.active(), "version", saved.version(), "row", saved.fingerprint()));
        return saved;
    }

    /**
     * What a standard change from this template says; only the window is the requester's.
     *
     * @throws ProblemException 400 when there is no such template or it is not active
     */
    @Transactional(readOnly = true)
    public ChangeContent contentOf(String key, Window window) {
        ChangeTemplate template = find(key)
                .filter(ChangeTemplate::active)
                .orElseThrow(() -> ProblemException.invalid("template", "must be the key of an active template"));
        return new ChangeContent(
                template.title(),
                null,
                Set.of(template.serviceKey()),
                template.environmentKey(),
                window,
                template.plansOrNone(),
                new Questionnaire(false, false, true),
                List.of(),
                List.of());
    }

    boolean isActive(String key) {
        return find(key).filter(ChangeTemplate::active).isPresent();
    }

    @Transactional(readOnly = true)
    Optional<ChangeTemplate> find(String key) {
        return key.matches(CatalogKey.PATTERN) ? rows.findById(key) : Optional.empty();
    }

    private void checkScope(ChangeTemplate template) {
        List<InvalidField> wrong = new ArrayList<>();
        if (!services.exists(template.serviceKey())) {
            wrong.add(new InvalidField("service", "must be the key of a service in the catalog"));
        }
        if (!environments.exists(template.environmentKey())) {
            wrong.add(new InvalidField("environment", "must be the key of an environment in the catalog"));
        }
        if (!wrong.isEmpty()) {
            throw ProblemException.invalid(wrong);
        }
    }
}
