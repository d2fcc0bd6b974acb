package io.gatehouse.change;

import io.gatehouse.testing.OnMySql;

@OnMySql
class PolicyDutiesOnMySqlTests extends PolicyDutiesTests {}
