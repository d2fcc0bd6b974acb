package io.gatehouse.change;

import io.gatehouse.api.InvalidField;
import io.gatehouse.api.ProblemException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Component;

/** What a template fixes stays as it is in every change that was raised from it, whoever rewrites the change. */
@Component
class LockedFields {

    private final TemplateUses uses;

    LockedFields(TemplateUses uses) {
        this.uses = uses;
    }

    /**
     * Refuses to rewrite of a standard change more than its window and what the version it was raised from leaves open.
     *
     * @param change with its details
     * @throws ProblemException invalid, naming each field that is fixed
     */
    void require(Change change, ChangeContent wanted) {
        if (change.type() != ChangeType.STANDARD) {
            return;
        }
        ChangeContent present = change.content();
        List<String> altered = new ArrayList<>();
        compare("title", present.title(), wanted.title(), altered);
        compare("services", Set.copyOf(present.services()), Set.copyOf(wanted.services()), altered);
        compare("environment", present.environment(), wanted.environment(), altered);
        compare("plans", present.plans(), wanted.plans(), altered);
        compare("questionnaire", present.questionnaire(), wanted.questionnaire(), altered);
        compare("description", present.description(), wanted.description(), altered);
        compare("links", present.links(), wanted.links(), altered);
        compare("artifacts", present.artifacts(), wanted.artifacts(), altered);
        if (!altered.isEmpty()) {
            Set<OpenField> open = uses.versionOf(change)
                    .map(version -> version.content().open())
                    .orElse(Set.of());
            open.forEach(field -> altered.remove(field.field()));
            refuse(String.valueOf(change.template()), open, altered, "");
        }
    }

    /** Refuses to fill in what a template does not leave open. */
    static void requireOpen(String template, Set<OpenField> open, Set<OpenField> filled, String prefix) {
        refuse(
                template,
                open,
                filled.stream()
                        .filter(field -> !open.contains(field))
                        .map(OpenField::field)
                        .toList(),
                prefix);
    }

    private static void compare(String field, @Nullable Object present, @Nullable Object wanted, List<String> altered) {
        if (!Objects.equals(present, wanted)) {
            altered.add(field);
        }
    }

    private static void refuse(String template, Set<OpenField> open, Collection<String> fixed, String prefix) {
        if (!fixed.isEmpty()) {
            Set<String> left = new TreeSet<>(open.stream().map(OpenField::field).toList());
            left.add("window");
            String message = "is fixed by the template " + template + ", which leaves open: " + String.join(", ", left);
            throw ProblemException.invalid(fixed.stream()
                    .map(field -> new InvalidField(prefix + field, message))
                    .toList());
        }
    }
}
