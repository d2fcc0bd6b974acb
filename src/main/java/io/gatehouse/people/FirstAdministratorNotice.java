package io.gatehouse.people;

import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.context.annotation.Profile;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/** Prints the link for the first administrator at each start of an installation that has none. */
@Component
@Profile("!sample & !keycloak")
class FirstAdministratorNotice {

    private static final Logger LOG = LoggerFactory.getLogger(FirstAdministratorNotice.class);

    private final FirstAdministrator first;
    private final Environment environment;

    FirstAdministratorNotice(FirstAdministrator first, Environment environment) {
        this.first = first;
        this.environment = environment;
    }

    @EventListener
    void print(ApplicationReadyEvent ready) {
        Optional<String> port = Optional.ofNullable(environment.getProperty("local.server.port"));
        if (port.isPresent()) {
            first.offer().ifPresent(offer -> text(port.get(), offer).lines().forEach(LOG::warn));
        }
    }

    static String text(String port, FirstAdministrator.Offer offer) {
        return """
                Nobody can administrate this Gatehouse yet. Whoever opens this link first chooses name and password:

                  http://localhost:%s/first-administrator/%s

                From elsewhere put the address of this installation in place of http://localhost. It works once, until %s;
                a new start prints another."""
                .formatted(port, offer.secret().text(), offer.until());
    }
}
