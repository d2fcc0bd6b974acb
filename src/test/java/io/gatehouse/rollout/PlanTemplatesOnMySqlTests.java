package io.gatehouse.rollout;

import io.gatehouse.testing.OnMySql;

@OnMySql
class PlanTemplatesOnMySqlTests extends PlanTemplatesTests {}
