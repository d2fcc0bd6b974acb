package io.gatehouse.change.process;

import io.gatehouse.testing.OnMySql;

@OnMySql
class ChangeTaskBindingOnMySqlTests extends ChangeTaskBindingTests {}
