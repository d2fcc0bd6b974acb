package io.gatehouse.change;

import io.gatehouse.audit.Fingerprint;
import org.jspecify.annotations.Nullable;
import org.springframework.data.annotation.Id;
import org.springframework.data.annotation.Version;
import org.springframework.data.relational.core.mapping.Embedded;
import org.springframework.data.relational.core.mapping.Table;

/**
 * What is in force of a template of standard changes: what may be done to which service without asking again. Its
 * versions say who proposed it and who let it in.
 *
 * @param version 0 before it is stored, 1 when it was stored for the first time
 * @param active whether changes may be raised from it, and start; one that is not is kept for those that came from it
 */
@Table("change_template")
public record ChangeTemplate(
        @Id String templateKey,
        @Version long version,
        String title,
        boolean active,
        String serviceKey,
        String environmentKey,
        @Embedded(onEmpty = Embedded.OnEmpty.USE_NULL) @Nullable PlanColumns plans) {

    /** Changes with anything in its row; goes into the audit trail each time it is saved. */
    String fingerprint() {
        Plans written = plansOrNone();
        return Fingerprint.of(
                templateKey,
                version,
                title,
                active,
                serviceKey,
                environmentKey,
                written.implementation(),
                written.test(),
                written.backout(),
                written.communication());
    }

    public Plans plansOrNone() {
        return plans == null ? Plans.NONE : plans.toPlans();
    }
}
