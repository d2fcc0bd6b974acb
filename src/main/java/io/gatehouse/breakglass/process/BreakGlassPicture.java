package io.gatehouse.breakglass.process;

import io.gatehouse.breakglass.BreakGlass;
import io.gatehouse.breakglass.BreakGlasses;
import io.gatehouse.breakglass.NamedAction;
import io.gatehouse.engine.FormText;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
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
        fields.put("expiresAt", shown.expiresAt().toString());
        fields.put("whatFor", shown.reason());
        fields.put("actions", shown.actions().stream().map(NamedAction::line).collect(Collectors.joining("\n")));
        return fields;
    }
}
