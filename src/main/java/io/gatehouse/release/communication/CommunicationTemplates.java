package io.gatehouse.release.communication;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import io.gatehouse.api.InvalidField;
import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.Precondition;
import io.gatehouse.api.ProblemException;
import io.gatehouse.audit.AuditTrail;
import io.gatehouse.catalog.CatalogKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** The templates by which people are told of releases. Each edit is an entry in the audit trail. */
@Service
@Transactional
public class CommunicationTemplates {

    private static final String PUT = "PUT /api/v1/communication-templates/{key}";

    private final TemplateRows rows;
    private final Permissions permissions;
    private final CurrentPerson currentPerson;
    private final AuditTrail audit;

    CommunicationTemplates(TemplateRows rows, Permissions permissions, CurrentPerson currentPerson, AuditTrail audit) {
        this.rows = rows;
        this.permissions = permissions;
        this.currentPerson = currentPerson;
        this.audit = audit;
    }

    /** The template of this key, or the problem {@code communication-template-not-found}. */
    @Transactional(readOnly = true)
    public CommunicationTemplate get(String key) {
        return rows.find(key)
                .orElseThrow(() -> ProblemException.notFound(
                        "communication-template-not-found",
                        "No such template",
                        "No template has this key; GET /api/v1/communication-templates lists all."));
    }

    /** In the order of their keys. */
    @Transactional(readOnly = true)
    public Page<CommunicationTemplate> list(PageQuery page) {
        return page.page(
                rows.list(Objects.requireNonNullElse(page.after(), ""), page.fetchSize()), CommunicationTemplate::key);
    }

    /** Writes a template on behalf of the current person. */
    public CommunicationTemplate put(String key, String subject, String text, Precondition precondition) {
        permissions.require(PUT, currentPerson.find().orElse(null));
        if (!CatalogKey.isWellFormed(key)) {
            throw ProblemException.invalid("key", CatalogKey.MESSAGE);
        }
        Optional<CommunicationTemplate> before = rows.lock(key);
        before.ifPresentOrElse(template -> precondition.check(template.version()), precondition::checkAbsent);
        check(subject, text);
        CommunicationTemplate template = new CommunicationTemplate(
                key, before.map(CommunicationTemplate::version).orElse(0L) + 1, subject, text);
        if (before.isPresent()) {
            rows.update(template);
            record(template);
        } else {
            add(template);
        }
        return template;
    }

    /** Stores one that keeps the rules. */
    void add(CommunicationTemplate template) {
        rows.insert(template);
        record(template);
    }

    private void record(CommunicationTemplate template) {
        audit.recordState(
                "release.CommunicationTemplateWritten",
                "letter-" + template.key(),
                Map.of("version", template.version()),
                template.fingerprint());
    }

    private static void check(String subject, String text) {
        List<InvalidField> wrong = new ArrayList<>();
        Placeholders.objection(subject).ifPresent(why -> wrong.add(new InvalidField("subject", why)));
        Placeholders.objection(text).ifPresent(why -> wrong.add(new InvalidField("text", why)));
        if (!wrong.isEmpty()) {
            throw ProblemException.invalid(wrong);
        }
    }
}
