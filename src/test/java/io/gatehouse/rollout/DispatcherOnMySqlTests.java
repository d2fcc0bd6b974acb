package io.gatehouse.rollout;

import io.gatehouse.testing.OnMySql;
import org.junit.jupiter.api.Test;

@OnMySql
class DispatcherOnMySqlTests extends DispatcherTests {

    @Test
    void neitherWaitForEachOtherNorTakeTheSame() {
        neitherWaitForAnotherNodeNorTakeWhatItTakes();
    }
}
