package io.gatehouse.breakglass;

import io.gatehouse.testing.TestClock;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.context.ApplicationContext;

/** What tests of overrides start from: a time of their own and somebody who takes overrides through their process. */
abstract class BreakGlassFixture {

    @Autowired
    ApplicationContext context;

    @Autowired
    BreakGlasses breakGlasses;

    @Autowired
    TestClock clock;

    BreakGlassDriver driver;

    @BeforeEach
    void driver() {
        clock.enterUntouchedTime();
        driver = new BreakGlassDriver(context);
    }

    @AfterEach
    void present() {
        clock.reset();
    }
}
