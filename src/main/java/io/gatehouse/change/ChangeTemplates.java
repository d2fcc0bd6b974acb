package io.gatehouse.change;

import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.catalog.Environments;
import io.gatehouse.catalog.Services;
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

    private final ChangeTemplateRepository rows;
    private final Services services;
    private final Environments environments;
    private final AuditTrail audit;

    ChangeTemplates(ChangeTemplateRepository rows, Services services, Environments environments, AuditTrail audit) {
        this.rows = rows;
        this.services = services;
        this.environments = environments;
        this.audit = audit;
    }

    @Transactional(readOnly = true)
    public List<ChangeTemplate> all() {
        return rows.findAllByOrderByTemplateKey();
    }

    @Transactional(readOnly = true)
    public Optional<ChangeTemplate> find(String key) {
        return rows.findById(key);
    }

    /** Adds a template or replaces the one of the same key. */
    public ChangeTemplate save(ChangeTemplate template) {
        if (!services.exists(template.serviceKey())) {
            throw ProblemException.invalid("service", "must be the key of a service in the catalog");
        }
        if (!environments.exists(template.environmentKey())) {
            throw ProblemException.invalid("environment", "must be the key of an environment in the catalog");
        }
        ChangeTemplate saved = rows.save(template);
        audit.record("change.TemplateSaved", "template-" + saved.templateKey(), Map.of("active", saved.active()));
        return saved;
    }

    /**
     * What a standard change from this template says; only the window is the requester's.
     *
     * @throws ProblemException 400 when there is no such template or it is not active
     */
    @Transactional(readOnly = true)
    public ChangeContent contentOf(String key, Window window) {
        ChangeTemplate template = rows.findById(key)
                .filter(ChangeTemplate::active)
                .orElseThrow(() -> ProblemException.invalid("template", "must be the key of an active template"));
        return new ChangeContent(
                template.title(),
                null,
                Set.of(template.serviceKey()),
                template.environmentKey(),
                window,
                template.plans() == null ? Plans.NONE : template.plans().toPlans(),
                new Questionnaire(false, false, true),
                List.of());
    }

    boolean isActive(String key) {
        return rows.findById(key).filter(ChangeTemplate::active).isPresent();
    }
}
