package io.gatehouse.rollout;

import io.gatehouse.api.InvalidField;
import io.gatehouse.rollout.connector.Connectors;
import io.gatehouse.rollout.connector.DeclaredParameters;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;

/** What a plan may tell a tool: what the tool's connector declares, with names of what the change brings filled in. */
@Component
class ValueRules {

    private static final int LONGEST_TARGET = 200;
    private static final int LONGEST_VALUE = 1000;

    private final Connectors connectors;

    ValueRules(Connectors connectors) {
        this.connectors = connectors;
    }

    /** @param path of the call in the plan, with a dot at its end */
    void checkCall(
            String path, String connector, Map<String, String> given, PlanNames names, List<InvalidField> wrong) {
        checkNames(path, given, names, wrong);
        if (names.isWrong(connector)) {
            wrong.add(new InvalidField(path + "connector", PlanNames.MESSAGE));
            return;
        }
        // One that is named by what is not known yet is looked for by the changes that take the plan over.
        names.fill(connector).ifPresent(name -> checkParameters(path, name, given, names, wrong));
    }

    private void checkParameters(
            String path, String connector, Map<String, String> given, PlanNames names, List<InvalidField> wrong) {
        Map<String, String> filled = new HashMap<>(given);
        Set<String> later = new HashSet<>();
        given.forEach((parameter, value) ->
                names.fill(value).ifPresentOrElse(meant -> filled.put(parameter, meant), () -> later.add(parameter)));
        connectors
                .find(connector)
                .ifPresentOrElse(
                        found -> DeclaredParameters.check(found, filled, later).stream()
                                .map(field -> new InvalidField(path + "parameters." + field.field(), field.message()))
                                .forEach(wrong::add),
                        () -> wrong.add(new InvalidField(
                                path + "connector", "is not a connector of this server: '" + connector + "'")));
    }

    static void checkTarget(String field, String target, PlanNames names, List<InvalidField> wrong) {
        if (names.isWrong(target)) {
            wrong.add(new InvalidField(field, PlanNames.MESSAGE));
        } else if (names.fill(target).orElse("").length() > LONGEST_TARGET) {
            wrong.add(new InvalidField(
                    field, "must be at most " + LONGEST_TARGET + " characters once its names are filled in"));
        }
    }

    static void checkNames(String path, Map<String, String> given, PlanNames names, List<InvalidField> wrong) {
        given.forEach((parameter, value) -> {
            if (names.isWrong(value)) {
                wrong.add(new InvalidField(path + "parameters." + parameter, PlanNames.MESSAGE));
            } else if (value.length() > LONGEST_VALUE) {
                wrong.add(new InvalidField(
                        path + "parameters." + parameter, "must be at most " + LONGEST_VALUE + " characters"));
            }
        });
    }
}
