package io.gatehouse.access;

import org.camunda.bpm.engine.impl.cfg.AbstractProcessEnginePlugin;
import org.camunda.bpm.engine.impl.cfg.ProcessEngineConfigurationImpl;
import org.camunda.bpm.engine.impl.cfg.ProcessEnginePlugin;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;

/** How the engine's identity tables keep passwords, and what it does about whoever guesses them. */
@Configuration
@Profile("!keycloak")
class BuiltInPeople {

    /** Seconds after the first wrong password in which no other is looked at; each further one doubles them. */
    static final int FIRST_PAUSE = 1;

    /** So many seconds at most: whoever guesses gets 1,440 tries a day, and can keep nobody out for ever. */
    static final int LONGEST_PAUSE = 60;

    /** With so many wrong passwords in a row the pause is as long as it gets. */
    static final int LOCKED_AFTER = 7;

    @Bean
    ProcessEnginePlugin builtInPeopleOfTheEngine(StrongPasswords passwords) {
        return new AbstractProcessEnginePlugin() {
            @Override
            public void preInit(ProcessEngineConfigurationImpl engine) {
                engine.setPasswordEncryptor(passwords);
                engine.setLoginDelayBase(FIRST_PAUSE);
                engine.setLoginDelayFactor(2);
                engine.setLoginDelayMaxTime(LONGEST_PAUSE);
                // The engine would lock for ever then, at anybody's request.
                engine.setLoginMaxAttempts(Integer.MAX_VALUE);
            }
        };
    }
}
