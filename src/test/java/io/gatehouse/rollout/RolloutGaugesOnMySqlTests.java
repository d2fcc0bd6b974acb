package io.gatehouse.rollout;

import io.gatehouse.testing.OnMySql;

@OnMySql
class RolloutGaugesOnMySqlTests extends RolloutGaugesTests {}
