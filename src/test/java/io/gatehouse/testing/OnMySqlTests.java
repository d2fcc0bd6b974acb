package io.gatehouse.testing;

@OnMySql
class OnMySqlTests extends OnH2Tests {

    @Override
    String product() {
        return "MySQL";
    }
}
