package io.gatehouse.access;

import java.util.List;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;
import org.springframework.util.function.SingletonSupplier;

/** Finds whose resource something is about. */
@Component
class OwnedResources {

    /** Looked up when first asked for: they need what needs this. */
    private final SingletonSupplier<List<OwnedResource>> all;

    OwnedResources(ObjectProvider<OwnedResource> all) {
        this.all = SingletonSupplier.of(() -> all.stream().toList());
    }

    /** The collection whose member an operation's first path variable names; empty if it belongs to nobody. */
    Optional<OwnedResource> of(String operation) {
        int variable = operation.indexOf("/{");
        if (variable < 0) {
            return Optional.empty();
        }
        String address = operation.substring(operation.indexOf(' ') + 1, variable);
        return all.obtain().stream()
                .filter(resource -> resource.address().equals(address))
                .findFirst();
    }

    /** Whose the thing is that tasks call by this number. */
    Optional<Ownership> byNumber(String number) {
        return all.obtain().stream()
                .flatMap(resource -> resource.find(number).stream())
                .filter(ownership -> ownership.numbers().contains(number))
                .findFirst();
    }

    /** The operation that shows the same thing: {@code GET /api/v1/changes/{number}}. */
    static String showing(String operation) {
        return "GET " + operation.substring(operation.indexOf(' ') + 1, operation.indexOf('}') + 1);
    }
}
