package io.gatehouse.cab;

import io.gatehouse.testing.OnMySql;

@OnMySql
class AgendasOnMySqlTests extends AgendasTests {}
