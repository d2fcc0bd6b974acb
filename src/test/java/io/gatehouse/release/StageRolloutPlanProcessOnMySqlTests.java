package io.gatehouse.release;

import io.gatehouse.testing.OnMySql;

@OnMySql
class StageRolloutPlanProcessOnMySqlTests extends StageRolloutPlanProcessTests {}
