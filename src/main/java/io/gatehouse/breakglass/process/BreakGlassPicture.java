package io.gatehouse.breakglass.process;

import io.gatehouse.breakglass.BreakGlass;
import io.gatehouse.breakglass.BreakGlasses;
import io.gatehouse.breakglass.NamedAction;
import io.gatehouse.engine.FormText;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.stereotype.Component;

/** What both forms show above their questions. */
@Component
class BreakGlassPicture {

    private final BreakGlasses breakGlasses;

    BreakGlassPicture(BreakGlasses breakGlasses) {
        this.breakGlasses = breakGlasses;
    }

    Map<String, Object> of(String number) {
        BreakGlass shown = breakGlasses.find(number);
        Map<String, Object> fields = new TreeMap<>();
        fields.put("number", number);
        fields.put("target", shown.target());
        fields.put("askedBy", FormText.literal(shown.askedBy()));
        fields.put("incident", FormText.literal(shown.incident()));
        fields.put(
                "expiresAt", shown.expiresAt().truncatedTo(ChronoUnit.SECONDS).toString());
        fields.put("whatFor", shown.reason());
        fields.put("actions", lines(shown));
        return fields;
    }

    /** A list in the text of the form: in a field some could be hidden, and what is to be a value could look like one. */
    private String lines(BreakGlass shown) {
        return Stream.concat(shown.actions().stream().map(NamedAction::line), ended(shown))
                .map(line -> "- " + FormText.literal(line))
                .collect(Collectors.joining("\n"));
    }

    /** Whoever reviews it sees that it was not needed as long as it was granted for. */
    private Stream<String> ended(BreakGlass shown) {
        return breakGlasses.overridesOf(List.of(shown)).values().stream()
                .filter(override -> override.endedBy() != null)
                .map(override -> "The freeze holds again since "
                        + Objects.requireNonNull(override.endedAt()).truncatedTo(ChronoUnit.SECONDS) + ", by "
                        + override.endedBy() + ": " + override.endedBecause());
    }
}
