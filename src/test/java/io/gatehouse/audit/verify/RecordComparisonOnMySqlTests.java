package io.gatehouse.audit.verify;

import io.gatehouse.testing.OnMySql;

@OnMySql
class RecordComparisonOnMySqlTests extends RecordComparisonTests {}
