package io.gatehouse.access.web;

import io.gatehouse.access.PermissionTableException;
import io.gatehouse.access.Permissions;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.springframework.beans.factory.SmartInitializingSingleton;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.stereotype.Component;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Refuses to start an application that can do what the permission table does not know, or the other way round. */
@Component
class EveryOperationHasARow implements SmartInitializingSingleton {

    private final RequestMappingHandlerMapping controllers;
    private final Permissions permissions;

    EveryOperationHasARow(
            @Qualifier("requestMappingHandlerMapping") RequestMappingHandlerMapping controllers,
            Permissions permissions) {
        this.controllers = controllers;
        this.permissions = permissions;
    }

    @Override
    public void afterSingletonsInstantiated() {
        Set<String> operations = controllers.getHandlerMethods().keySet().stream()
                .flatMap(OperationNames::of)
                .collect(Collectors.toCollection(TreeSet::new));
        Set<String> rows = permissions.names();
        refuseAny("The permission table has no row for ", minus(operations, rows));
        refuseAny("The permission table has a row for what the API does not offer: ", minus(ofApi(rows), operations));
        refuseAny(
                "The permission table speaks of owners, but nobody says whose these are: ",
                ofApi(rows).stream().filter(permissions::lacksOwners).collect(Collectors.toSet()));
    }

    private static Set<String> ofApi(Set<String> rows) {
        return rows.stream().filter(row -> row.contains(" /api/")).collect(Collectors.toSet());
    }

    private static Set<String> minus(Set<String> some, Set<String> others) {
        Set<String> rest = new TreeSet<>(some);
        rest.removeAll(others);
        return rest;
    }

    private static void refuseAny(String sentence, Set<String> wrong) {
        if (!wrong.isEmpty()) {
            throw new PermissionTableException(sentence + String.join(", ", wrong));
        }
    }
}
