package io.gatehouse.audit.verify;

import com.fasterxml.jackson.databind.JsonNode;
import io.gatehouse.audit.verify.Difference.Kind;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Compares templates, the plans of their versions, of services and those kept under a name with the trail; there are few, so all of them at once. */
final class TemplateComparison {

    private static final String ENTRIES =
            """
            select n, action, object, payload from audit_entry
            where (object like 'template-%' or object like 'plan-of-%' or object like 'plan-template-%'
              or object like 'TPL-%')
            and action in ('change.TemplateSaved', 'rollout.PlanWritten') order by n""";

    private static final String PLANS =
            "select * from rollout_plan where planned_for like 'template-%' or planned_for like 'plan-of-%'"
                    + " or planned_for like 'plan-template-%' or planned_for like 'TPL-%'";

    private final Connection connection;
    private final Map<String, JsonNode> saved = new TreeMap<>();
    private final Map<String, JsonNode> planned = new HashMap<>();
    private final List<Difference> found = new ArrayList<>();

    TemplateComparison(Connection connection) {
        this.connection = connection;
    }

    List<Difference> run() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(ENTRIES);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                boolean plan = rows.getString("action").startsWith("rollout.");
                (plan ? planned : saved).put(rows.getString("object"), Statements.payload(rows));
            }
        }
        templates();
        plans();
        saved.keySet().forEach(key -> add(key, Kind.DELETED, "It is not in the table."));
        return found;
    }

    private void templates() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select * from change_template");
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                template(rows);
            }
        }
    }

    private void template(ResultSet row) throws SQLException {
        String key = "template-" + row.getString("template_key");
        JsonNode last = saved.remove(key);
        String digest = ComparedTables.TEMPLATE.digest(row);
        if (last == null) {
            add(key, Kind.INSERTED, "It is in the table, but nobody has saved it.");
        } else if (!last.path("row").asText(digest).equals(digest)
                || last.path("active").asBoolean() != row.getBoolean("active")) {
            add(key, Kind.ALTERED, "Its row is not as it was saved last.");
        }
    }

    private void plans() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(PLANS);
                ResultSet rows = statement.executeQuery()) {
            while (rows.next()) {
                String key = rows.getString("planned_for");
                JsonNode last = planned.remove(key);
                String digest = ComparedTables.PLAN.digest(rows);
                if (last == null || !last.path("row").asText(digest).equals(digest)) {
                    add(key, Kind.PLAN, "Its rollout plan is not the one that was written down last.");
                }
            }
        }
        planned.keySet().forEach(key -> add(key, Kind.PLAN, "Its rollout plan is gone."));
    }

    private void add(String key, Kind kind, String sentence) {
        found.add(new Difference(key, kind, sentence));
    }
}
