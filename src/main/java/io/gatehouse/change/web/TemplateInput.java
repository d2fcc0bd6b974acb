package io.gatehouse.change.web;

import io.gatehouse.change.ChangeTemplate;
import io.gatehouse.change.PlanColumns;
import io.gatehouse.change.web.ChangeInput.PlansInput;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/** What a change manager says about a standard change that may be made again and again. */
record TemplateInput(
        @NotBlank @Size(max = 200) String title,
        boolean active,
        @NotBlank @Size(max = 64) String service,
        @NotBlank @Size(max = 64) String environment,
        @Valid @Nullable PlansInput plans) {

    ChangeTemplate template(String key) {
        return new ChangeTemplate(
                key, 0, title, active, service, environment, plans == null ? null : PlanColumns.of(plans.toPlans()));
    }
}
