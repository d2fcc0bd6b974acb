package io.gatehouse.rollout;

import io.gatehouse.testing.OnMySql;

@OnMySql
class WaitingOnMySqlTests extends WaitingTests {}
