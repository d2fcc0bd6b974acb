package io.gatehouse.release;

import io.gatehouse.engine.CallableFromModels;
import java.util.Date;
import java.util.List;

/** What the diagram asks about a criterion of a release; every answer is read from our tables. */
@CallableFromModels
class CriterionFacts {

    private final Criteria criteria;

    CriterionFacts(Criteria criteria) {
        this.criteria = criteria;
    }

    /** The role or team that is asked; none if a person is asked by name. */
    public List<String> groups(String number) {
        String group = criteria.find(number).content().ownerGroup();
        return group == null ? List.of() : List.of(group);
    }

    /** The person who is asked by name, if it is one's. */
    public List<String> owners(String number) {
        String owner = criteria.find(number).content().owner();
        return owner == null ? List.of() : List.of(owner);
    }

    /** Until when it should be answered. */
    public Date dueAt(String number) {
        return Date.from(criteria.find(number).content().dueAt());
    }
}
