package io.gatehouse.malformed;

import io.gatehouse.testing.OnMySql;

@OnMySql
class CanaryOnMySqlTests extends CanaryTests {}
