package io.gatehouse.cab;

import org.camunda.bpm.engine.ManagementService;
import org.camunda.bpm.engine.RuntimeService;
import org.springframework.context.ApplicationContext;

/** The next meeting of the sample organisation, taken forward within the transaction of a test. */
public final class SampleMeeting {

    private final Meetings meetings;
    private final Agendas agendas;
    private final RuntimeService runtime;
    private final ManagementService management;

    public SampleMeeting(ApplicationContext context) {
        meetings = context.getBean(Meetings.class);
        agendas = context.getBean(Agendas.class);
        runtime = context.getBean(RuntimeService.class);
        management = context.getBean(ManagementService.class);
    }

    /** Its number, with its agenda as the filter says now. */
    public String planned() {
        String number = meetings.next(SampleBoard.KEY).orElseThrow();
        agendas.refresh(number);
        return number;
    }

    /** A change on its agenda. */
    public String listed(String number) {
        return meetings.find(number).items().get(0).change();
    }

    /** Its number, once the chair may open it. */
    public String ready() {
        String number = planned();
        ready(number);
        return number;
    }

    /** Lets the time come at which the chair may open it. */
    public void ready(String number) {
        for (int i = 0; i < 2; i++) {
            management.executeJob(management
                    .createJobQuery()
                    .processInstanceId(runtime.createProcessInstanceQuery()
                            .processInstanceBusinessKey(number)
                            .singleResult()
                            .getId())
                    .singleResult()
                    .getId());
        }
    }
}
