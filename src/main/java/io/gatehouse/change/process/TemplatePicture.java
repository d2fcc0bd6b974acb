package io.gatehouse.change.process;

import io.gatehouse.change.OpenField;
import io.gatehouse.change.Plans;
import io.gatehouse.change.SuspensionRule;
import io.gatehouse.change.TemplateContent;
import io.gatehouse.change.TemplatePlan;
import io.gatehouse.change.TemplateUses;
import io.gatehouse.change.TemplateVersion;
import io.gatehouse.change.TemplateVersions;
import io.gatehouse.engine.FormText;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What both forms about a template show above their questions. */
@Component
class TemplatePicture {

    private final TemplateVersions versions;
    private final TemplateUses uses;
    private final TemplatePlan plans;

    TemplatePicture(TemplateVersions versions, TemplateUses uses, TemplatePlan plans) {
        this.versions = versions;
        this.uses = uses;
        this.plans = plans;
    }

    Map<String, Object> of(String number) {
        TemplateVersion version = versions.get(number);
        TemplateContent content = version.content();
        Map<String, Object> fields = new TreeMap<>();
        fields.put("number", number);
        fields.put("template", FormText.literal(version.template()));
        fields.put("ordinal", version.ordinal());
        fields.put("title", FormText.literal(content.title()));
        fields.put("service", FormText.literal(content.service()));
        fields.put("environment", FormText.literal(content.environment()));
        fields.put("proposedBy", FormText.literal(String.join(", ", version.authors())));
        fields.put("open", open(content));
        fields.put("suspension", sentence(content.suspension()));
        plans(fields, content.plans());
        fields.put("rolloutPlan", plans.about(number));
        fields.put("instead", instead(version));
        fields.put("failures", failures(number));
        fields.put("suspendedBecause", orNone(version.endedBecause()));
        return fields;
    }

    private static void plans(Map<String, Object> fields, Plans plans) {
        fields.put("implementationPlan", orNone(plans.implementation()));
        fields.put("testPlan", orNone(plans.test()));
        fields.put("backoutPlan", orNone(plans.backout()));
        fields.put("communicationPlan", orNone(plans.communication()));
    }

    private static String open(TemplateContent content) {
        return "the window"
                + content.open().stream()
                        .sorted()
                        .map(OpenField::field)
                        .map(field -> ", " + field)
                        .collect(Collectors.joining());
    }

    private static String sentence(SuspensionRule rule) {
        return rule.failures() + " failures in " + rule.uses() + " uses";
    }

    /** What the version is to take the place of, and in what it differs. */
    private String instead(TemplateVersion version) {
        List<TemplateVersion> others = versions.of(version.template()).stream()
                .filter(other -> other.id() != version.id() && other.state() == TemplateVersion.State.ACTIVE)
                .toList();
        return others.isEmpty()
                ? "none is in use"
                : others.stream()
                        .map(other -> "version " + other.ordinal() + ": "
                                + other.content().title() + "\n" + plans.about(other.number()))
                        .collect(Collectors.joining("\n"));
    }

    private String failures(String number) {
        TemplateUses.TrackRecord record = uses.of(versions.get(number));
        return record.failures().isEmpty()
                ? "none of the last " + record.uses() + " changes"
                : record.failures().size() + " of the last " + record.uses() + " changes: "
                        + String.join(", ", record.failures());
    }

    private static String orNone(@Nullable String text) {
        return text == null || text.isBlank() ? "none" : text;
    }
}
