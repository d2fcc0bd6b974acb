package io.gatehouse.rollout;

import io.gatehouse.testing.OnMySql;

@OnMySql
class RolloutPackageOnMySqlTests extends RolloutPackageTests {}
