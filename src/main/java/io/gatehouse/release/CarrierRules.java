package io.gatehouse.release;

import io.gatehouse.api.InvalidField;
import io.gatehouse.change.CarrierTemplates;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** Which templates of standard changes people may name for a release and its stages. */
@Component
class CarrierRules {

    private record Named(String stage, @Nullable String template, String environment, Set<String> services) {}

    private final CarrierTemplates templates;

    CarrierRules(CarrierTemplates templates) {
        this.templates = templates;
    }

    /**
     * What is wrong with the templates that are named. What was named before stays, whatever has become of it since: then
     * the policy has a normal change carry the release.
     *
     * @param before what was written of the release; nothing of a new one
     */
    List<InvalidField> breaches(ReleaseContent content, @Nullable ReleaseContent before) {
        List<Named> known = before == null ? List.of() : named(before).toList();
        List<Named> named = named(content).toList();
        List<InvalidField> wrong = new ArrayList<>();
        for (int i = 0; i < named.size(); i++) {
            if (!known.contains(named.get(i))) {
                String field = i < content.stages().size() ? "stages[" + i + "]." : "";
                breach(field, named.get(i), wrong);
            }
        }
        return wrong;
    }

    private static Stream<Named> named(ReleaseContent content) {
        Set<String> services = content.services();
        return Stream.concat(
                content.stages().stream()
                        .map(stage -> new Named(stage.name(), stage.changeTemplate(), stage.environment(), services)),
                Stream.of(new Named(StageGate.PRODUCTION, content.changeTemplate(), content.environment(), services)));
    }

    /** What is wrong with the templates that are named for the stages of a release template. */
    List<InvalidField> breaches(List<TemplateStage> stages) {
        List<InvalidField> wrong = new ArrayList<>();
        for (int i = 0; i < stages.size(); i++) {
            TemplateStage stage = stages.get(i);
            breach("stages[" + i + "].", stage.changeTemplate(), stage.environment(), null, wrong);
        }
        return wrong;
    }

    private void breach(String field, Named named, List<InvalidField> wrong) {
        breach(field, named.template(), named.environment(), named.services(), wrong);
    }

    private void breach(
            String field,
            @Nullable String template,
            String environment,
            @Nullable Set<String> services,
            List<InvalidField> wrong) {
        if (template != null) {
            templates
                    .breach(template, environment, services)
                    .ifPresent(message -> wrong.add(new InvalidField(field + "changeTemplate", message)));
        }
    }
}
