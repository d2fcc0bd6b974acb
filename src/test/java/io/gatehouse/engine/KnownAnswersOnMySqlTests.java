package io.gatehouse.engine;

import io.gatehouse.testing.OnMySql;

@OnMySql
class KnownAnswersOnMySqlTests extends KnownAnswersTests {}
