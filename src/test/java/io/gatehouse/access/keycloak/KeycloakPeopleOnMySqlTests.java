package io.gatehouse.access.keycloak;

import io.gatehouse.testing.MySqlDatabase;
import io.gatehouse.testing.MySqlServer;
import io.gatehouse.testing.NeedsMySql;

@NeedsMySql
class KeycloakPeopleOnMySqlTests extends KeycloakPeopleContract {

    @Override
    MySqlDatabase database() {
        return MySqlServer.shared().freshDatabase();
    }
}
