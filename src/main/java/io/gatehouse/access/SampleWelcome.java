package io.gatehouse.access;

import io.gatehouse.access.SamplePeople.SamplePerson;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Tells whoever started the sample organisation where it is and who can sign in. */
@Component
@Profile("sample")
class SampleWelcome {

    private static final Logger LOG = LoggerFactory.getLogger(SampleWelcome.class);

    private final Environment environment;

    SampleWelcome(Environment environment) {
        this.environment = environment;
    }

    @EventListener
    void welcome(ApplicationReadyEvent ready) {
        String port = environment.getProperty("local.server.port");
        if (port != null) {
            text(port).lines().forEach(LOG::info);
        }
    }

    static String text(String port) {
        return """
                Gatehouse is ready, with its sample organisation.

                  Tasklist  http://localhost:%1$s/camunda/app/tasklist/
                  Cockpit   http://localhost:%1$s/camunda/app/cockpit/ (oskar, to look)
                  Admin     http://localhost:%1$s/camunda/app/admin/ (adam, to look)
                  Releases  http://localhost:%1$s/releases
                  Processes http://localhost:%1$s/processes
                  API       http://localhost:%1$s/api/v1 (HTTP basic)
                  Guide     http://localhost:%1$s/docs

                Sign in as any of these; the password is the name and "-sample", as in rita / rita-sample:

                %2$s
                """
                .formatted(
                        port, SamplePeople.ALL.stream().map(SampleWelcome::line).collect(Collectors.joining("\n")));
    }

    private static String line(SamplePerson person) {
        String roles = person.groups().stream().sorted().collect(Collectors.joining(", "));
        return "  %-9s %s".formatted(person.id(), roles);
    }
}
