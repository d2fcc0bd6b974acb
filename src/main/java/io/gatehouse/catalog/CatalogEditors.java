package io.gatehouse.catalog;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Roles;
import io.gatehouse.api.ProblemException;
import org.springframework.stereotype.Component;

/** Who may change the catalog: release managers and administrators. */
@Component
class CatalogEditors {

    private final CurrentPerson currentPerson;

    CatalogEditors(CurrentPerson currentPerson) {
        this.currentPerson = currentPerson;
    }

    void check() {
        boolean allowed = currentPerson
                .find()
                .filter(person -> person.isIn(Roles.RELEASE_MANAGER) || person.isIn(Roles.ADMIN))
                .isPresent();
        if (!allowed) {
            throw ProblemException.forbidden(
                    "not-allowed",
                    "Not allowed",
                    "The catalog is changed by people with the role 'release-manager' or 'admin'; ask one of them.");
        }
    }
}
