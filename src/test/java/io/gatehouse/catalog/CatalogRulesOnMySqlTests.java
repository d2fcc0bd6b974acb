package io.gatehouse.catalog;

import io.gatehouse.testing.OnMySql;

@OnMySql
class CatalogRulesOnMySqlTests extends CatalogRulesTests {}
