package io.gatehouse.change;

import io.gatehouse.audit.AuditTrail;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.stereotype.Component;

/** Writes tasks of changes and says so in the audit trail. The change must be locked. */
@Component
class ChangeTaskRecord {

    private final ChangeTaskRows rows;
    private final AuditTrail audit;

    ChangeTaskRecord(ChangeTaskRows rows, AuditTrail audit) {
        this.rows = rows;
        this.audit = audit;
    }

    ChangeTask add(Change change, ChangeTask task) {
        ChangeTask added = rows.insert(change, task);
        record("change.TaskAdded", added);
        return added;
    }

    ChangeTask save(String action, ChangeTask task) {
        rows.update(task);
        record(action, task);
        return task;
    }

    void record(String action, ChangeTask task) {
        Map<String, Object> facts = new TreeMap<>();
        facts.put("change", task.change());
        facts.put("phase", task.content().phase().name());
        facts.put("state", task.state().name());
        String owner = task.content().owner();
        if (owner != null) {
            facts.put("person", owner);
        }
        String group = task.content().ownerGroup();
        if (group != null) {
            facts.put("group", group);
        }
        audit.recordState(action, task.number(), facts, task.fingerprint());
    }
}
