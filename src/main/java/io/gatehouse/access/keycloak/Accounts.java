package io.gatehouse.access.keycloak;

import io.gatehouse.access.AccountBound;
import io.gatehouse.access.keycloak.RefusedPerson.Reason;
import java.time.Clock;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Profile;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Binds each name to the first account that signs in with it, for ever. */
@Component
@Profile("keycloak")
class Accounts {

    private static final int MOST_REMEMBERED = 10_000;

    private final Map<String, String> subjectsByName = new ConcurrentHashMap<>();
    private final JdbcClient jdbc;
    private final TransactionTemplate transactions;
    private final ApplicationEventPublisher events;
    private final Clock clock;

    Accounts(JdbcClient jdbc, TransactionTemplate transactions, ApplicationEventPublisher events, Clock clock) {
        this.jdbc = jdbc;
        this.transactions = transactions;
        this.events = events;
        this.clock = clock;
    }

    /** @throws RefusedPerson if the name is another account's or the account has had another name */
    void check(TokenSubject who) {
        String known = subjectsByName.get(who.name());
        if (known == null) {
            known = subjectOf(who.name()).orElseGet(() -> bind(who));
            remember(who.name(), known);
        }
        if (!known.equals(who.subject())) {
            throw new RefusedPerson(
                    Reason.NAME_OF_ANOTHER_ACCOUNT,
                    who,
                    "The name '" + who.name() + "' is on record here as another account's. Names are not given twice: "
                            + "ask the administrators of Keycloak for another one.");
        }
    }

    /** Rows never change, so what was read once holds. */
    private void remember(String name, String subject) {
        if (subjectsByName.size() < MOST_REMEMBERED) {
            subjectsByName.put(name, subject);
        }
    }

    private String bind(TokenSubject who) {
        try {
            transactions.executeWithoutResult(status -> insert(who));
            return who.subject();
        } catch (DuplicateKeyException e) {
            return subjectOf(who.name()).orElseThrow(() -> renamed(who));
        }
    }

    private void insert(TokenSubject who) {
        Instant now = clock.instant().truncatedTo(ChronoUnit.MICROS);
        jdbc.sql("insert into access_account (name, subject, bound_at) values (?, ?, ?)")
                .params(who.name(), who.subject(), LocalDateTime.ofInstant(now, ZoneOffset.UTC))
                .update();
        events.publishEvent(new AccountBound(who.name(), who.subject(), now));
    }

    private Optional<String> subjectOf(String name) {
        return jdbc.sql("select subject from access_account where name = ?")
                .param(name)
                .query(String.class)
                .optional();
    }

    private RefusedPerson renamed(TokenSubject who) {
        String before = jdbc.sql("select name from access_account where subject = ?")
                .param(who.subject())
                .query(String.class)
                .single();
        return new RefusedPerson(
                Reason.ACCOUNT_RENAMED,
                who,
                "This account is on record here as '" + before + "'. Records count people by their names, so a renamed "
                        + "account stays out: ask the administrators of Keycloak for the old name.");
    }
}
