package io.gatehouse.cab;

import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Profile;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

/** Has the next meeting of the sample organisation look at its changes from the start. */
@Component
@Profile("sample")
@Order(40)
class SampleAgenda implements ApplicationRunner {

    private final Meetings meetings;
    private final Agendas agendas;

    SampleAgenda(Meetings meetings, Agendas agendas) {
        this.meetings = meetings;
        this.agendas = agendas;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        meetings.next(SampleBoard.KEY).ifPresent(agendas::refresh);
    }
}
