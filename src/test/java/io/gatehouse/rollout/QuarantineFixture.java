package io.gatehouse.rollout;

import static io.gatehouse.testing.SignedIn.ROLF;

import org.springframework.beans.factory.BeanFactory;

/** A quarantine as a node begins it, for tests of other modules. */
public final class QuarantineFixture {

    private QuarantineFixture() {}

    public static void beginAndRelease(BeanFactory beans, String name) {
        beans.getBean(QuarantineAtStart.class).begin(name);
        ROLF.runs(() -> beans.getBean(Quarantines.class).release("Looked at everything"));
    }
}
