package io.gatehouse.release.risk;

import io.gatehouse.testing.OnMySql;

@OnMySql
class RiskRegisterOnMySqlTests extends RiskRegisterTests {}
