package io.gatehouse.change;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Person;
import io.gatehouse.api.Page;
import io.gatehouse.api.PageQuery;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/** Lists of tasks of changes, newest first: one statement a page. */
@Component
public class ChangeTaskList {

    private final ChangeTaskRows rows;
    private final CurrentPerson currentPerson;

    ChangeTaskList(ChangeTaskRows rows, CurrentPerson currentPerson) {
        this.rows = rows;
        this.currentPerson = currentPerson;
    }

    @Transactional(readOnly = true)
    public Page<ChangeTask> list(ChangeTaskFilter filter, PageQuery page) {
        Map<String, Object> values = new HashMap<>();
        List<String> conditions = new ArrayList<>(List.of("1 = 1"));
        if (filter.change() != null) {
            conditions.add("change_id = :change");
            values.put("change", ChangeNumber.idOf(filter.change()).orElse(0));
        }
        if (filter.state() != null) {
            conditions.add("state = :state");
            values.put("state", filter.state().name());
        }
        if (filter.phase() != null) {
            conditions.add("phase = :phase");
            values.put("phase", filter.phase().name());
        }
        if (filter.mine()) {
            Person person = currentPerson.find().orElse(new Person("", Set.of()));
            conditions.add("(owner = :person or owner is null and owner_group in (:groups))");
            values.put("person", person.id());
            values.put("groups", person.groups().isEmpty() ? Set.of("") : person.groups());
        }
        page.afterNumber().ifPresent(after -> {
            conditions.add("id < :after");
            values.put("after", after);
        });
        values.put("limit", page.fetchSize());
        return page.page(
                rows.read(String.join(" and ", conditions) + " order by id desc limit :limit", values), ChangeTask::id);
    }
}
