package io.gatehouse.change;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Changes by what they are: of each kind that is named a change has one of the values. Without states those that are under
 * way.
 *
 * @param production whether their environment is production; not asked if absent
 * @param tiers of at least one of their services
 */
public record ChangeSelection(
        Set<String> states,
        Set<String> types,
        Set<String> risks,
        Set<String> environments,
        @Nullable Boolean production,
        Set<Integer> tiers) {

    private static final Set<String> OVER = Set.of(ChangeState.CLOSED.name(), ChangeState.CANCELED.name());

    Map<String, Object> values() {
        Map<String, Object> values = new HashMap<>();
        if (states.isEmpty()) {
            values.put("over", OVER);
        }
        put(values, "states", states);
        put(values, "types", types);
        put(values, "risks", risks);
        put(values, "environments", environments);
        put(values, "tiers", tiers);
        if (production != null) {
            values.put("production", production);
        }
        return values;
    }

    private static void put(Map<String, Object> values, String name, Set<?> wanted) {
        if (!wanted.isEmpty()) {
            values.put(name, wanted);
        }
    }

    /** On the table {@code change_request c}. */
    String condition() {
        List<String> conditions = new ArrayList<>();
        conditions.add(states.isEmpty() ? "c.state not in (:over)" : "c.state in (:states)");
        add(conditions, types, "c.type in (:types)");
        add(conditions, risks, "c.risk in (:risks)");
        add(conditions, environments, "c.environment_key in (:environments)");
        add(
                conditions,
                tiers,
                "exists (select 1 from change_service s join service v on v.service_key = s.service_key"
                        + " where s.change_id = c.id and v.tier in (:tiers))");
        if (production != null) {
            conditions.add("exists (select 1 from environment e"
                    + " where e.environment_key = c.environment_key and e.production = :production)");
        }
        return String.join(" and ", conditions);
    }

    private static void add(List<String> conditions, Set<?> wanted, String condition) {
        if (!wanted.isEmpty()) {
            conditions.add(condition);
        }
    }
}
