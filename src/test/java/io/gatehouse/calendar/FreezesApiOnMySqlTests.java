package io.gatehouse.calendar;

import io.gatehouse.testing.OnMySql;

@OnMySql
class FreezesApiOnMySqlTests extends FreezesApiTests {}
