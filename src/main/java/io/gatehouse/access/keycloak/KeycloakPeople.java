package io.gatehouse.access.keycloak;

import io.gatehouse.access.AccountRefused;
import io.gatehouse.access.Person;
import io.gatehouse.access.Roles;
import io.gatehouse.access.keycloak.RefusedPerson.Reason;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Pattern;
import org.springframework.context.ApplicationEventPublisher;
import org.springframework.context.annotation.Profile;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Says who of the accounts that Keycloak vouches for is a person here, and with which roles. */
@Component
@Profile("keycloak")
class KeycloakPeople {

    /** An id is a path segment, a column of 64 characters and never a tool's, which have a colon in theirs. */
    private static final Pattern ID = Pattern.compile("[a-z0-9][a-z0-9._@-]{0,63}");

    /** Background work is recorded under the one; the other is nobody. */
    private static final Set<String> RESERVED = Set.of("gatehouse", "nobody");

    private static final Duration TOLD_AGAIN_AFTER = Duration.ofMinutes(1);
    private static final int MOST_REMEMBERED = 10_000;

    private record Refusal(String subject, String name, Reason reason) {}

    private final Map<Refusal, Instant> refusals = new ConcurrentHashMap<>();
    private final Accounts accounts;
    private final ApplicationEventPublisher events;
    private final TransactionTemplate transactions;
    private final Clock clock;

    KeycloakPeople(Accounts accounts, ApplicationEventPublisher events, TransactionTemplate transactions, Clock clock) {
        this.accounts = accounts;
        this.events = events;
        this.transactions = transactions;
        this.clock = clock;
    }

    /** @throws RefusedPerson with a sentence for whom it concerns; the refusal is in the audit trail then */
    Person admit(TokenSubject who) {
        try {
            checkName(who);
            checkPowers(who);
            accounts.check(who);
        } catch (RefusedPerson refusal) {
            writeDown(refusal);
            throw refusal;
        }
        return new Person(who.name(), who.groups());
    }

    private static void checkName(TokenSubject who) {
        if (!ID.matcher(who.name()).matches() || RESERVED.contains(who.name())) {
            throw new RefusedPerson(
                    Reason.NAME_UNFIT,
                    who,
                    "This account's username cannot be used here: it needs up to 64 lower-case letters, digits, dots, "
                            + "hyphens, underscores or @, and must not be 'gatehouse' or 'nobody'.");
        }
    }

    /** Whoever hands out the groups must not be able to give one pair of hands both administration and approval. */
    private static void checkPowers(TokenSubject who) {
        Set<String> approving = new TreeSet<>(who.groups());
        approving.retainAll(Roles.APPROVING);
        boolean administers = who.groups().contains(Roles.ADMIN);
        if (who.isProgram() && (administers || !approving.isEmpty())) {
            throw new RefusedPerson(
                    Reason.PROGRAM_WITH_POWERS,
                    who,
                    "A program neither approves nor administers. Take its service account out of the groups "
                            + String.join(", ", powers(approving, administers)) + ".");
        }
        if (administers && !approving.isEmpty()) {
            throw new RefusedPerson(
                    Reason.ADMIN_AND_APPROVER,
                    who,
                    "This account is in the group admin and in " + String.join(", ", approving) + ". Administrators "
                            + "approve nothing here: ask the administrators of Keycloak to take it out of one or the "
                            + "other.");
        }
    }

    private static Set<String> powers(Set<String> approving, boolean administers) {
        Set<String> powers = new TreeSet<>(approving);
        if (administers) {
            powers.add(Roles.ADMIN);
        }
        return powers;
    }

    /** Once a minute for each: whoever is refused may try as often as they like without filling the trail. */
    private void writeDown(RefusedPerson refused) {
        String name =
                refused.reason() == Reason.NAME_UNFIT ? "" : refused.subject().name();
        Refusal refusal = new Refusal(refused.subject().subject(), name, refused.reason());
        Instant now = clock.instant();
        if (refusals.size() >= MOST_REMEMBERED) {
            refusals.clear();
        }
        Instant before = refusals.put(refusal, now);
        if (before == null || !now.isBefore(before.plus(TOLD_AGAIN_AFTER))) {
            transactions.executeWithoutResult(status -> events.publishEvent(new AccountRefused(
                    refusal.subject(), refusal.name(), refusal.reason().name())));
        } else {
            refusals.put(refusal, before);
        }
    }
}
