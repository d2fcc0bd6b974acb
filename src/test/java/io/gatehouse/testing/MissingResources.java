package io.gatehouse.testing;

import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.opentest4j.TestAbortedException;

/** What this run could not get and which test classes did not run for it; says so after the last test. */
final class MissingResources implements ExtensionContext.Store.CloseableResource {

    private static final Namespace NAMESPACE = Namespace.create(MissingResources.class);

    private final Map<String, SortedSet<String>> classesByReason = new TreeMap<>();

    /**
     * Gets a resource or ends the test: as aborted on a person's machine, as failed in CI.
     *
     * @param <T> type of the resource
     */
    static <T> T require(ExtensionContext context, Supplier<T> resource) {
        try {
            return resource.get();
        } catch (ResourceUnavailableException e) {
            if (Boolean.parseBoolean(System.getenv("CI"))) {
                throw e;
            }
            ofRun(context).add(e.getMessage(), context.getRequiredTestClass().getName());
            throw new TestAbortedException(e.getMessage(), e);
        }
    }

    private static MissingResources ofRun(ExtensionContext context) {
        return context.getRoot().getStore(NAMESPACE).getOrComputeIfAbsent(MissingResources.class);
    }

    private synchronized void add(String reason, String testClass) {
        classesByReason.computeIfAbsent(reason, unused -> new TreeSet<>()).add(testClass);
    }

    @Override
    public synchronized void close() {
        classesByReason.forEach((reason, classes) ->
                System.out.println("NOT TESTED: " + reason + " Left out: " + String.join(", ", classes)));
    }
}
