package io.gatehouse.people;

import io.gatehouse.testing.OnMySql;

@OnMySql
class FirstAdministratorOnMySqlTests extends FirstAdministratorTests {}
