package io.gatehouse.catalog;

import io.gatehouse.testing.OnMySql;

@OnMySql
class SampleCatalogOnMySqlTests extends SampleCatalogTests {}
