package io.gatehouse.change;

import io.gatehouse.testing.OnMySql;

@OnMySql
class RiskInputsOnMySqlTests extends RiskInputsTests {}
