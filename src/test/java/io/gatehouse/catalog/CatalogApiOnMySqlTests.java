package io.gatehouse.catalog;

import io.gatehouse.testing.OnMySql;

@OnMySql
class CatalogApiOnMySqlTests extends CatalogApiTests {}
