package io.gatehouse.cab;

import io.gatehouse.testing.OnMySql;

@OnMySql
class MeetingPlanningOnMySqlTests extends MeetingPlanningTests {}
