package io.gatehouse.access;

import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Component;

/** Finds whose resource something is about. */
@Component
class OwnedResources {

    private final ObjectProvider<OwnedResource> all;

    OwnedResources(ObjectProvider<OwnedResource> all) {
        this.all = all;
    }

    /** The collection whose member an operation's first path variable names; empty if it belongs to nobody. */
    Optional<OwnedResource> of(String operation) {
        int variable = operation.indexOf("/{");
        if (variable < 0) {
            return Optional.empty();
        }
        String address = operation.substring(operation.indexOf(' ') + 1, variable);
        return all.stream()
                .filter(resource -> resource.address().equals(address))
                .findFirst();
    }

    /** Whose the thing is that tasks call by this number. */
    Optional<Ownership> byNumber(String number) {
        return all.stream()
                .flatMap(resource -> resource.find(number).stream())
                .filter(ownership -> ownership.numbers().contains(number))
                .findFirst();
    }

    /** The operation that shows the same thing: {@code GET /api/v1/changes/{number}}. */
    static String showing(String operation) {
        return "GET " + operation.substring(operation.indexOf(' ') + 1, operation.indexOf('}') + 1);
    }
}
