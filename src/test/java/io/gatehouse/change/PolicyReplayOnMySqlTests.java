package io.gatehouse.change;

import io.gatehouse.testing.OnMySql;

@OnMySql
class PolicyReplayOnMySqlTests extends PolicyReplayTests {}
