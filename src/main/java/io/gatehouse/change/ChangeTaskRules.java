package io.gatehouse.change;

import io.gatehouse.access.People;
import io.gatehouse.access.Permissions;
import io.gatehouse.api.InvalidField;
import io.gatehouse.api.PageQuery;
import io.gatehouse.api.ProblemException;
import io.gatehouse.catalog.ServiceFilter;
import io.gatehouse.catalog.Services;
import java.util.ArrayList;
import java.util.List;
import org.springframework.stereotype.Component;

/** What makes sense as a task of a change. */
@Component
class ChangeTaskRules {

    private static final PageQuery ONE = new PageQuery(null, 1);

    private final People people;
    private final Permissions permissions;
    private final Services services;

    ChangeTaskRules(People people, Permissions permissions, Services services) {
        this.people = people;
        this.permissions = permissions;
        this.services = services;
    }

    /** @throws ProblemException invalid, naming everything that is wrong */
    void check(ChangeTaskContent wanted) {
        List<InvalidField> wrong = new ArrayList<>();
        if (wanted.owner() == null && wanted.ownerGroup() == null) {
            wrong.add(new InvalidField("ownerGroup", "must be given unless there is an owner"));
        }
        if (wanted.owner() != null && !people.isActive(wanted.owner())) {
            wrong.add(new InvalidField("owner", "must be somebody who can sign in"));
        }
        if (wanted.ownerGroup() != null && !isAsked(wanted.ownerGroup())) {
            wrong.add(new InvalidField("ownerGroup", "must be a role that does such work, or the team of a service"));
        }
        if (wanted.plannedStart() != null
                && wanted.plannedEnd() != null
                && !wanted.plannedStart().isBefore(wanted.plannedEnd())) {
            wrong.add(new InvalidField("plannedEnd", "must be after plannedStart"));
        }
        if (!wrong.isEmpty()) {
            throw ProblemException.invalid(wrong);
        }
    }

    private boolean isAsked(String group) {
        return permissions.isRole(group)
                ? permissions.mayBeAsked(ChangeTaskModel.DO, group)
                : !services.list(new ServiceFilter(group, null, null, null), ONE)
                        .items()
                        .isEmpty();
    }
}
