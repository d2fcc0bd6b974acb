package io.gatehouse.secret;

import io.gatehouse.testing.OnMySql;

@OnMySql
class SecretsOnMySqlTests extends SecretsTests {}
