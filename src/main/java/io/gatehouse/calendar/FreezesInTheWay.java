package io.gatehouse.calendar;

import io.gatehouse.change.ApproverInsight;
import io.gatehouse.change.Change;
import java.util.List;
import org.springframework.stereotype.Component;

/** Shows approvers which freezes would keep a change from being made in its window. */
@Component
class FreezesInTheWay implements ApproverInsight {

    private final Freezes freezes;

    FreezesInTheWay(Freezes freezes) {
        this.freezes = freezes;
    }

    @Override
    public String field() {
        return "freezes";
    }

    @Override
    public String about(Change change) {
        List<String> lines =
                freezes.against(change).stream().map(Freeze::sentence).toList();
        return lines.isEmpty() ? "none" : String.join("\n", lines);
    }
}
