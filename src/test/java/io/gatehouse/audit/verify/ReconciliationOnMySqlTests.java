package io.gatehouse.audit.verify;

import io.gatehouse.testing.OnMySql;

@OnMySql
class ReconciliationOnMySqlTests extends ReconciliationTests {}
