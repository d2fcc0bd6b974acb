package io.gatehouse.engine;

import io.gatehouse.testing.OnMySql;

@OnMySql
class ReminderSweepOnMySqlTests extends ReminderSweepTests {}
