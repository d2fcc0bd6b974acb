package io.gatehouse.people;

import io.gatehouse.testing.OnMySql;

@OnMySql
class RegisterOnMySqlTests extends RegisterTests {}
