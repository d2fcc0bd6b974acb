package io.gatehouse.access.keycloak;

import io.gatehouse.testing.MySqlDatabase;
import java.util.UUID;

class KeycloakPeopleOnH2Tests extends KeycloakPeopleContract {

    @Override
    MySqlDatabase database() {
        return new MySqlDatabase("jdbc:h2:mem:" + UUID.randomUUID() + ";DB_CLOSE_DELAY=-1", "sa", "");
    }
}
