package io.gatehouse.change.process;

import io.gatehouse.testing.OnMySql;

@OnMySql
class ChangeTaskProcessOnMySqlTests extends ChangeTaskProcessTests {}
