package io.gatehouse.testing;

import java.nio.file.Path;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.TestInstanceFactoryContext;
import org.junit.jupiter.api.extension.TestInstancePreConstructCallback;

/** Looks for Ansible before the test's instance exists, as the other extensions of this package do. */
final class AnsibleExtension implements TestInstancePreConstructCallback {

    private static final String PROGRAM = "ansible-playbook";
    private static final Once<Path> ANSIBLE = new Once<>(AnsibleExtension::look);

    @Override
    public void preConstructTestInstance(TestInstanceFactoryContext factory, ExtensionContext context) {
        MissingResources.require(context, ANSIBLE::get);
    }

    private static Path look() {
        return Program.onPath(PROGRAM).findFirst().orElseGet(AnsibleExtension::install);
    }

    private static Path install() {
        try {
            new DistributionPackage("ansible-core").install();
        } catch (ResourceUnavailableException e) {
            throw new ResourceUnavailableException("No Ansible to test with: " + e.getMessage() + ".");
        }
        return Program.onPath(PROGRAM).findFirst().orElseThrow();
    }
}
