package io.gatehouse.access;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.audit.TrailNames;
import io.gatehouse.testing.InsideTheEngine;
import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import io.gatehouse.testing.TestClock;
import java.time.Duration;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.camunda.bpm.engine.IdentityService;
import org.camunda.bpm.engine.identity.User;
import org.camunda.bpm.engine.impl.digest.PasswordEncryptor;
import org.camunda.bpm.engine.impl.persistence.entity.UserEntity;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.transaction.support.TransactionTemplate;

@ProcessTest
@OnH2
class PasswordCheckTests {

    private static final String RIGHT = "correct horse battery staple";
    private static int people;

    @Autowired
    private PasswordCheck check;

    @Autowired
    @Qualifier("strongPasswords")
    private StrongPasswords product;

    @Autowired
    private EngineIdentityProvider provider;

    @Autowired
    private IdentityService identities;

    @Autowired
    private PersonStates states;

    @Autowired
    private SignIn signIn;

    @Autowired
    private TransactionTemplate transactions;

    @Autowired
    private JdbcClient jdbc;

    @Autowired
    private TestClock clock;

    private String id = "";

    @BeforeEach
    void somebody() {
        clock.reset();
        clock.advance(Duration.ZERO);
        id = "guarded-" + ++people;
        User user = identities.newUser(id);
        user.setPassword(RIGHT);
        InsideTheEngine.run(identities, () -> identities.saveUser(user));
    }

    @AfterEach
    void theyGo() {
        InsideTheEngine.run(identities, () -> identities.deleteUser(id));
        clock.reset();
    }

    @Test
    void storesAHash() {
        assertThat(stored()).matches("\\{PBKDF2-SHA512}" + QuickPasswords.ITERATIONS + "\\$[0-9a-f]{160}");
        assertThat(check.passes(id, RIGHT)).isTrue();
        assertThat(check.passes(id, RIGHT + "r")).isFalse();
    }

    /** Tests hash with a bean of their own, which the product does not have. */
    @Test
    void theProductItselfHashesWithAllTheWork() {
        assertThat(product.isOutdated("{PBKDF2-SHA512}" + StrongPasswords.LEAST_ITERATIONS + "$00"))
                .isFalse();
    }

    @Test
    void pausesLongerAfterEachWrongPasswordButNeverForMoreThanAMinute() {
        for (int pause : List.of(1, 2, 4, 8, 16, 32, 60, 60)) {
            assertThat(check.passes(id, "guess")).isFalse();
            clock.advance(Duration.ofSeconds(pause - 1));
            assertThat(check.passes(id, RIGHT))
                    .as("the right password %s s after a wrong one", pause)
                    .isFalse();
            clock.advance(Duration.ofSeconds(1));
        }

        assertThat(check.passes(id, RIGHT)).isTrue();
        assertThat(check.passes(id, "guess")).isFalse();
        clock.advance(Duration.ofSeconds(2));
        assertThat(check.passes(id, RIGHT)).as("begins with short pauses again").isTrue();
    }

    @Test
    void checksThePasswordOnceForAllCallsThatComeTogether() throws Exception {
        ExecutorService callers = Executors.newFixedThreadPool(8);
        Set<Authentication> signedIn = Collections.newSetFromMap(new IdentityHashMap<>());
        try {
            List<Future<Authentication>> calls = IntStream.range(0, 8)
                    .mapToObj(call -> callers.submit(() ->
                            provider.authenticate(UsernamePasswordAuthenticationToken.unauthenticated(id, RIGHT))))
                    .toList();
            for (Future<Authentication> call : calls) {
                signedIn.add(call.get());
            }
        } finally {
            callers.shutdown();
        }

        assertThat(signedIn).as("sign-ins that were checked").hasSize(1);
    }

    @Test
    void looksAtOneOfAHundredGuessesAtOnce() throws Exception {
        ExecutorService guessers = Executors.newFixedThreadPool(8);
        try {
            List<Future<Boolean>> guesses = IntStream.range(0, 24)
                    .mapToObj(guess -> guessers.submit(() -> check.passes(id, "guess" + guess)))
                    .toList();
            for (Future<Boolean> guess : guesses) {
                assertThat(guess.get()).isFalse();
            }
        } finally {
            guessers.shutdown();
        }

        assertThat(told("access.SignInFailed")).isEqualTo(1);
    }

    @Test
    void writesDownEachWrongPasswordAndTheLockOut() {
        for (int guess = 1; guess <= BuiltInPeople.LOCKED_AFTER; guess++) {
            check.passes(id, "guess");
            clock.advance(Duration.ofMinutes(2));
        }

        assertThat(told("access.SignInFailed")).isEqualTo(BuiltInPeople.LOCKED_AFTER);
        assertThat(told("access.LockedOut")).isEqualTo(1);
    }

    @Test
    void countsWrongPasswordsOverTheApiToo() {
        UsernamePasswordAuthenticationToken right = UsernamePasswordAuthenticationToken.unauthenticated(id, RIGHT);
        UsernamePasswordAuthenticationToken wrong = UsernamePasswordAuthenticationToken.unauthenticated(id, "guess");

        assertThatThrownBy(() -> provider.authenticate(wrong)).isInstanceOf(BadCredentialsException.class);
        assertThatThrownBy(() -> provider.authenticate(right)).isInstanceOf(BadCredentialsException.class);
        assertThat(told("access.SignInFailed")).isEqualTo(1);
    }

    @Test
    void letsADisabledPersonInForAMinuteAtMost() {
        UsernamePasswordAuthenticationToken right = UsernamePasswordAuthenticationToken.unauthenticated(id, RIGHT);
        Authentication signedIn = provider.authenticate(right);
        states.save(id, 0, true);
        clock.advance(Duration.ofSeconds(60));

        assertThatThrownBy(() -> provider.authenticate(right)).isInstanceOf(BadCredentialsException.class);
        assertThat(provider.findAgain(signedIn)).isEmpty();
    }

    @Test
    void endsWhatASignInBeganAtOnceHereAndWithTheNextLookElsewhere() {
        UsernamePasswordAuthenticationToken right = UsernamePasswordAuthenticationToken.unauthenticated(id, RIGHT);
        Authentication before = provider.authenticate(right);
        assertThat(provider.authenticate(right)).as("remembered").isSameAs(before);
        assertThat(signIn.isEnded(before)).isFalse();

        states.endSignIns(id);

        assertThat(signIn.isEnded(before)).isTrue();
        assertThat(signIn.recheck(before)).as("on another node").isEmpty();
        Authentication after = provider.authenticate(right);
        assertThat(after).isNotSameAs(before);
        assertThat(signIn.isEnded(after)).isFalse();
        assertThat(signIn.recheck(after)).isPresent();
    }

    @Test
    void keepsEverybodyInWhenWhatWouldEndTheirSignInsIsRolledBack() {
        UsernamePasswordAuthenticationToken right = UsernamePasswordAuthenticationToken.unauthenticated(id, RIGHT);
        Authentication before = provider.authenticate(right);

        transactions.executeWithoutResult(status -> {
            states.endSignIns(id);
            status.setRollbackOnly();
        });

        assertThat(signIn.isEnded(before)).isFalse();
        assertThat(signIn.recheck(before)).isPresent();
    }

    @Test
    void takesAPasswordHoweverItsCharactersWereTyped() {
        User user = find();
        user.setPassword("Brücke ﬁnal ｗｅｇ");
        InsideTheEngine.run(identities, () -> identities.saveUser(user));

        assertThat(check.passes(id, "Bru\u0308cke final weg")).isTrue();
    }

    @Test
    void takesNoOtherSpellingForThePerson() {
        assertThat(check.passes(id + " ", RIGHT)).isFalse();
        assertThat(check.passes(id.toUpperCase(java.util.Locale.ROOT), RIGHT)).isFalse();
        assertThat(check.passes("nobody-of-that-name", RIGHT)).isFalse();
    }

    @Test
    void takesNoEmptyNameOrPasswordAndCountsNone() {
        assertThat(check.passes("", RIGHT)).isFalse();
        assertThat(check.passes(id, "")).isFalse();
        assertThat(told("access.SignInFailed")).isZero();
        assertThat(check.passes(id, RIGHT)).isTrue();
    }

    @Test
    void makesAnOldHashNewAtTheNextSignIn() {
        String salted = RIGHT + ((UserEntity) find()).getSalt();
        PasswordEncryptor stock = new org.camunda.bpm.engine.impl.digest.Sha512HashDigest();
        jdbc.sql("update ACT_ID_USER set PWD_ = ? where ID_ = ?")
                .params("{" + stock.hashAlgorithmName() + "}" + stock.encrypt(salted), id)
                .update();

        assertThat(check.passes(id, RIGHT)).isTrue();

        assertThat(stored()).startsWith("{PBKDF2-SHA512}" + QuickPasswords.ITERATIONS + "$");
        assertThat(check.passes(id, RIGHT)).isTrue();
    }

    private long told(String action) {
        return jdbc.sql("select count(*) from audit_entry where action = ? and object = " + TrailNames.PERSON)
                .params(action, id)
                .query(Long.class)
                .single();
    }

    private User find() {
        return identities.createUserQuery().userId(id).singleResult();
    }

    private String stored() {
        return jdbc.sql("select PWD_ from ACT_ID_USER where ID_ = ?")
                .param(id)
                .query(String.class)
                .single();
    }
}
