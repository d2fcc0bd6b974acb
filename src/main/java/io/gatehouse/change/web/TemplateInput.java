package io.gatehouse.change.web;

import io.gatehouse.change.OpenField;
import io.gatehouse.change.Plans;
import io.gatehouse.change.SuspensionRule;
import io.gatehouse.change.TemplateContent;
import io.gatehouse.change.web.ChangeInput.PlansInput;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What somebody proposes about a standard change that may be made again and again. */
record TemplateInput(
        @NotBlank @Size(max = 200) String title,
        @NotBlank @Size(max = 64) String service,
        @NotBlank @Size(max = 64) String environment,
        @Valid @Nullable PlansInput plans,
        @Size(max = 3) @Nullable Set<@NotNull OpenField> open,
        @Valid @Nullable SuspensionInput suspension) {

    record SuspensionInput(@NotNull Integer failures, @NotNull Integer uses) {}

    TemplateContent content() {
        return new TemplateContent(
                title,
                service,
                environment,
                plans == null ? Plans.NONE : plans.toPlans(),
                open == null ? Set.of() : open,
                suspension == null
                        ? SuspensionRule.USUAL
                        : new SuspensionRule(suspension.failures(), suspension.uses()));
    }
}
