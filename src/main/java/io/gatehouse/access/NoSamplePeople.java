package io.gatehouse.access;

import io.gatehouse.api.StartRefused;
import org.camunda.bpm.engine.IdentityService;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;

/** Refuses to start outside the profile {@code sample} on a database in which the sample people can sign in. */
@Component
@Profile("!sample")
class NoSamplePeople implements ApplicationRunner {

    private final IdentityService identities;

    NoSamplePeople(IdentityService identities) {
        this.identities = identities;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (identities
                        .createUserQuery()
                        .userEmailLike("%" + SamplePeople.MAIL_DOMAIN)
                        .count()
                > 0) {
            throw new StartRefused("This database holds the sample people, whose passwords are public. Start "
                    + "with the profile 'sample', or point GATEHOUSE_DB_URL at another database.");
        }
    }
}
