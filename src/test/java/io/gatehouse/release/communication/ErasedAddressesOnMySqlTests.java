package io.gatehouse.release.communication;

import io.gatehouse.testing.OnMySql;

@OnMySql
class ErasedAddressesOnMySqlTests extends ErasedAddressesTests {}
