package io.gatehouse.api.web;

import io.gatehouse.testing.OnMySql;

@OnMySql
class IdempotencyOnMySqlTests extends IdempotencyTests {}
