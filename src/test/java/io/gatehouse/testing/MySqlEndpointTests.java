package io.gatehouse.testing;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class MySqlEndpointTests {

    @Test
    void keepsTheOptionsOfAGivenAddressAndReplacesItsDatabase() {
        MySqlEndpoint endpoint = MySqlEndpoint.parse("jdbc:mysql://db:3307/other?sslMode=REQUIRED", "me", "secret");

        assertThat(endpoint.database("mine").url())
                .startsWith("jdbc:mysql://db:3307/mine?")
                .endsWith("&sslMode=REQUIRED");
    }

    @Test
    void acceptsAnAddressWithoutDatabase() {
        MySqlEndpoint endpoint = MySqlEndpoint.parse("jdbc:mysql://db", "me", "secret");

        assertThat(endpoint.database("mine").url()).startsWith("jdbc:mysql://db/mine?");
    }
}
