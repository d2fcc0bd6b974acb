package io.gatehouse.model;

import io.gatehouse.api.StartRefused;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.beans.factory.InitializingBean;
import org.springframework.stereotype.Component;

/**
 * Holds the models on the class path, which whoever builds the product may have redrawn, to the same rules. One that
 * breaks them keeps the application from starting before there is an engine that could deploy it, so that no other node
 * on the same database takes it up.
 */
@Component
class ModelsAtStart implements InitializingBean {

    private final ShippedModels shipped;
    private final ModelCheck check;

    ModelsAtStart(ShippedModels shipped, ModelCheck check) {
        this.shipped = shipped;
        this.check = check;
    }

    @Override
    public void afterPropertiesSet() {
        List<String> findings = Stream.of(".bpmn", ".dmn", ".form")
                .flatMap(extension -> shipped.files(extension).stream())
                .flatMap(file -> check.shippedFindings(ShippedModels.nameOf(file), ShippedModels.text(file)).stream()
                        .map(finding -> ShippedModels.nameOf(file) + ": " + finding))
                .toList();
        if (!findings.isEmpty()) {
            throw new StartRefused("Models that break the rules are not run: " + String.join("; ", findings));
        }
    }
}
