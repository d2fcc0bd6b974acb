package io.gatehouse.engine;

import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;
import java.util.stream.Stream;
import org.camunda.bpm.engine.spring.SpringTransactionsProcessEngineConfiguration;
import org.springframework.core.io.AbstractResource;
import org.springframework.core.io.ContextResource;
import org.springframework.core.io.Resource;

/**
 * Deploys a model on the class path if it differs from the one that was shipped before, and under its plain name wherever
 * the product lies. As it comes, the engine deploys all of them once one differs or the product was moved, and so in place
 * of what process owners have brought in since.
 */
final class ShippedModelsDeployment {

    private ShippedModelsDeployment() {}

    static void prepare(SpringTransactionsProcessEngineConfiguration engine) {
        engine.setDeployChangedOnly(true);
        engine.setDeploymentResources(Stream.of(engine.getDeploymentResources())
                .map(PlainlyNamed::new)
                .toArray(Resource[]::new));
    }

    /** The engine names what it deploys by the whole path of its file, if it has one. */
    private static final class PlainlyNamed extends AbstractResource implements ContextResource {

        private final Resource file;

        PlainlyNamed(Resource file) {
            this.file = file;
        }

        @Override
        public String getFilename() {
            return Objects.requireNonNull(file.getFilename());
        }

        @Override
        public String getPathWithinContext() {
            return getFilename();
        }

        @Override
        public String getDescription() {
            return file.getDescription();
        }

        @Override
        public InputStream getInputStream() throws IOException {
            return file.getInputStream();
        }
    }
}
