package io.gatehouse.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class PreconditionTests {

    private static int statusOf(ThrowingCallable action) {
        ProblemException refusal = org.assertj.core.api.Assertions.catchThrowableOfType(ProblemException.class, action);
        assertThat(refusal).isNotNull();
        return refusal.problem().status();
    }

    private static Precondition ifMatch(@Nullable String header) {
        return Precondition.parse(header, null);
    }

    @Test
    void isRequired() {
        assertThat(statusOf(() -> Precondition.parse(null, null))).isEqualTo(428);
        assertThat(statusOf(() -> Precondition.parse(null, "\"3\""))).isEqualTo(428);
    }

    @Test
    void acceptsTheVersionThatWasRead() {
        assertThatCode(() -> ifMatch("\"3\"").check(3)).doesNotThrowAnyException();
        assertThatCode(() -> ifMatch("\"2\", \"3\"").check(3)).doesNotThrowAnyException();
        assertThatCode(() -> ifMatch("*").check(3)).doesNotThrowAnyException();
    }

    @Test
    void refusesAStaleVersion() {
        assertThat(statusOf(() -> ifMatch("\"2\"").check(3))).isEqualTo(412);
        assertThat(statusOf(() -> ifMatch("W/\"3\"").check(3))).isEqualTo(412);
    }

    @Test
    void refusesAHeaderThatIsNoEntityTag() {
        assertThat(statusOf(() -> ifMatch("3"))).isEqualTo(400);
        assertThat(statusOf(() -> ifMatch(""))).isEqualTo(400);
    }

    @Test
    void createsOnlyWhatDoesNotExist() {
        Precondition creates = Precondition.parse(null, "*");

        assertThatCode(creates::checkAbsent).doesNotThrowAnyException();
        assertThat(statusOf(() -> creates.check(0))).isEqualTo(412);
        assertThat(statusOf(() -> ifMatch("\"0\"").checkAbsent())).isEqualTo(412);
    }
}
