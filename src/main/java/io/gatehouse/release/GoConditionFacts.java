package io.gatehouse.release;

import io.gatehouse.engine.CallableFromModels;
import java.util.Date;
import java.util.List;

/** What the diagram asks about a condition of a conditional go; every answer is read from our tables. */
@CallableFromModels
class GoConditionFacts {

    private final GoNoGoDecisions decisions;

    GoConditionFacts(GoNoGoDecisions decisions) {
        this.decisions = decisions;
    }

    /** The role or team that is asked; none if a person is asked by name. */
    public List<String> groups(String number) {
        String group = decisions.condition(number).demand().ownerGroup();
        return group == null ? List.of() : List.of(group);
    }

    /** The person who is asked by name, if it is one's. */
    public List<String> owners(String number) {
        String owner = decisions.condition(number).demand().owner();
        return owner == null ? List.of() : List.of(owner);
    }

    /** Until when it must be met. */
    public Date dueAt(String number) {
        return Date.from(decisions.condition(number).demand().dueAt());
    }
}
