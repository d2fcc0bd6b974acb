package io.gatehouse.release;

import io.gatehouse.testing.OnMySql;

@OnMySql
class StageApprovalsProcessOnMySqlTests extends StageApprovalsProcessTests {}
