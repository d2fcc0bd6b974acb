package io.gatehouse.change;

import io.gatehouse.testing.OnMySql;

@OnMySql
class ChangeRowOnMySqlTests extends ChangeRowTests {}
