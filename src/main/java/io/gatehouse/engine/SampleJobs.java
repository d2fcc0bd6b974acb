package io.gatehouse.engine;

import java.util.List;
import org.camunda.bpm.engine.ManagementService;
import org.springframework.context.annotation.Profile;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/**
 * Takes at once the steps that the engine would take by itself in a moment: it begins with them only when the application
 * has started, and people of the sample organisation go on before that.
 */
@Component
@Profile("sample")
public class SampleJobs {

    private final JdbcClient jdbc;
    private final ManagementService management;

    SampleJobs(JdbcClient jdbc, ManagementService management) {
        this.jdbc = jdbc;
        this.management = management;
    }

    /** Until the processes of a number wait for something else; no timers. */
    public void run(String number) {
        for (List<String> jobs = waiting(number); !jobs.isEmpty(); jobs = waiting(number)) {
            jobs.forEach(management::executeJob);
        }
    }

    private List<String> waiting(String number) {
        return jdbc.sql(
                        """
                select j.ID_ from ACT_RU_JOB j join ACT_RU_EXECUTION p on p.ID_ = j.PROCESS_INSTANCE_ID_
                where p.BUSINESS_KEY_ = ? and j.TYPE_ = 'message'""")
                .param(number)
                .query(String.class)
                .list();
    }
}
