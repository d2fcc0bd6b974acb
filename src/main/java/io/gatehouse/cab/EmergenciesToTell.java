package io.gatehouse.cab;

import io.gatehouse.change.EmergencyReport;
import java.util.List;
import org.springframework.stereotype.Component;

/** Tells the next board that meets of each emergency change that was begun. */
@Component
class EmergenciesToTell implements AgendaReports {

    private final EmergencyReport report;

    EmergenciesToTell(EmergencyReport report) {
        this.report = report;
    }

    @Override
    public List<String> unreported() {
        return report.unreported().stream().map(EmergencyReport.Line::number).toList();
    }

    /** People may put another change on the agenda to be told of it; that is nothing to note here. */
    @Override
    public void reported(String change, String meeting) {
        if (unreported().contains(change)) {
            report.reported(change, meeting);
        }
    }
}
