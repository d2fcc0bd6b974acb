package io.gatehouse.access;

import io.gatehouse.testing.OnMySql;

@OnMySql
class PasswordCheckOnMySqlTests extends PasswordCheckTests {}
