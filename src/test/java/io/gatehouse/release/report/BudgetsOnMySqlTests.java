package io.gatehouse.release.report;

import io.gatehouse.testing.OnMySql;

@OnMySql
class BudgetsOnMySqlTests extends BudgetsTests {}
