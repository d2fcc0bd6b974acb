package io.gatehouse.people;

import io.gatehouse.testing.OnMySql;

@OnMySql
class PasswordLinksOnMySqlTests extends PasswordLinksTests {}
