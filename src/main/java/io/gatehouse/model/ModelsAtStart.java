package io.gatehouse.model;

import java.util.List;
import java.util.stream.Stream;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/**
 * Holds the models on the class path, which whoever builds the product may have redrawn, to the same rules. One that
 * breaks them keeps the application from starting.
 */
@Component
@Order(0)
class ModelsAtStart implements ApplicationRunner {

    private final ShippedModels shipped;
    private final ModelCheck check;

    ModelsAtStart(ShippedModels shipped, ModelCheck check) {
        this.shipped = shipped;
        this.check = check;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        List<String> findings = Stream.of(".bpmn", ".dmn")
                .flatMap(extension -> shipped.files(extension).stream())
                .flatMap(file -> check.findings(ShippedModels.nameOf(file), ShippedModels.text(file)).stream()
                        .map(finding -> ShippedModels.nameOf(file) + ": " + finding))
                .toList();
        if (!findings.isEmpty()) {
            throw new IllegalStateException("Models that break the rules are not run: " + String.join("; ", findings));
        }
    }
}
