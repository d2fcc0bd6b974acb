package io.gatehouse.engine;

import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.annotation.Transactional;

/**
 * Finds processes that are there and that nothing will take further: a token with no task, job, timer, tool, message or
 * process that it waits for. No transaction leaves one behind, so somebody has deleted a row by hand. It is only said;
 * a break-glass takes the token on.
 */
@Component
class StrandedProcesses implements MeterBinder {

    private static final Logger log = LoggerFactory.getLogger(StrandedProcesses.class);

    private final JdbcClient jdbc;
    private volatile int found;

    StrandedProcesses(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    @Transactional
    @Scheduled(initialDelayString = "PT1M", fixedDelayString = "PT1M")
    void look() {
        List<String> stranded = find();
        stranded.forEach(
                where -> log.error("Nothing will take {} further; a break-glass can move its token on", where));
        found = stranded.size();
    }

    /**
     * As in {@code CHG-000123 at Activity_ApproveChange}. An event that may interrupt the process and an undo that may
     * come are no next steps. What a token waits for is named as the place where it stands, but for a gateway that waits
     * for the events behind it.
     */
    List<String> find() {
        return jdbc.sql(
                        """
                select concat(coalesce(r.BUSINESS_KEY_, r.ID_), ' at ', e.ACT_ID_)
                from ACT_RU_EXECUTION e join ACT_RU_EXECUTION r on r.ID_ = e.PROC_INST_ID_
                where e.IS_ACTIVE_ = true and e.ACT_ID_ is not null
                and not exists (select 1 from ACT_RU_EXECUTION c where c.PARENT_ID_ = e.ID_ or c.SUPER_EXEC_ = e.ID_)
                and not exists (select 1 from ACT_RU_TASK t where t.EXECUTION_ID_ = e.ID_)
                and not exists (select 1 from ACT_RU_JOB j where j.EXECUTION_ID_ = e.ID_)
                and not exists (select 1 from ACT_RU_EXT_TASK x where x.EXECUTION_ID_ = e.ID_)
                and not exists (select 1 from ACT_RU_EVENT_SUBSCR s
                    where s.EXECUTION_ID_ = e.ID_ and s.EVENT_TYPE_ <> 'compensate'
                    and (s.ACTIVITY_ID_ = e.ACT_ID_ or e.ACT_ID_ like 'Gateway%'))
                order by r.BUSINESS_KEY_, e.ACT_ID_""")
                .query(String.class)
                .list();
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("gatehouse.processes.stranded", () -> found)
                .description("Places in processes that nothing will take further, because somebody has deleted a row")
                .register(registry);
    }
}
