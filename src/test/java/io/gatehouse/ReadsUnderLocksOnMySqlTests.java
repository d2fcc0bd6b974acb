package io.gatehouse;

import io.gatehouse.testing.OnMySql;

@OnMySql
class ReadsUnderLocksOnMySqlTests extends ReadsUnderLocksTests {}
