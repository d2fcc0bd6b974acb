package io.gatehouse.change;

import io.gatehouse.testing.OnMySql;

@OnMySql
class DutiesModelOnMySqlTests extends DutiesModelTests {

    @Override
    int sequences() {
        return super.sequences() / 5;
    }
}
