package io.gatehouse.release.document;

import io.gatehouse.testing.OnMySql;

@OnMySql
class DocumentsOnMySqlTests extends DocumentsTests {}
