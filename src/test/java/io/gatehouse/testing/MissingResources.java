package io.gatehouse.testing;

import java.io.PrintStream;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionContext;
import org.junit.jupiter.api.extension.ExtensionContext.Namespace;
import org.opentest4j.TestAbortedException;

/** What this run could not get and which test classes did not run for it; says so after the last test. */
final class MissingResources implements ExtensionContext.Store.CloseableResource {

    private static final Namespace NAMESPACE = Namespace.create(MissingResources.class);

    private final boolean inCi;
    private final PrintStream output;
    private final Map<String, SortedSet<String>> classesByReason = new TreeMap<>();

    MissingResources(@Nullable String ci, PrintStream output) {
        this.inCi = Boolean.parseBoolean(ci);
        this.output = output;
    }

    /**
     * Gets a resource or ends the test: as aborted on a person's machine, as failed in CI.
     *
     * @param <T> type of the resource
     */
    static <T> T require(ExtensionContext context, Supplier<T> resource) {
        return ofRun(context).require(context.getRequiredTestClass().getName(), resource);
    }

    private static MissingResources ofRun(ExtensionContext context) {
        return context.getRoot()
                .getStore(NAMESPACE)
                .getOrComputeIfAbsent(
                        MissingResources.class,
                        key -> new MissingResources(System.getenv("CI"), System.out),
                        MissingResources.class);
    }

    <T> T require(String testClass, Supplier<T> resource) {
        try {
            return resource.get();
        } catch (ResourceUnavailableException e) {
            if (inCi) {
                throw e;
            }
            add(e.getMessage(), testClass);
            throw new TestAbortedException(e.getMessage(), e);
        }
    }

    private synchronized void add(String reason, String testClass) {
        classesByReason.computeIfAbsent(reason, unused -> new TreeSet<>()).add(testClass);
    }

    @Override
    public synchronized void close() {
        classesByReason.forEach((reason, classes) ->
                output.println("NOT TESTED: " + reason + " Left out: " + String.join(", ", classes)));
    }
}
