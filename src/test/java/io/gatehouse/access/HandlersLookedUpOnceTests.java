package io.gatehouse.access;

import static org.assertj.core.api.Assertions.assertThat;

import io.gatehouse.testing.OnH2;
import io.gatehouse.testing.ProcessTest;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.web.context.WebApplicationContext;
import org.springframework.web.servlet.handler.HandlerMappingIntrospector;

@ProcessTest
@OnH2
class HandlersLookedUpOnceTests {

    @Autowired
    private WebApplicationContext context;

    @Test
    void nothingLooksThemUpBeforeTheDispatcher() {
        assertThat(context.getBeanNamesForType(HandlerMappingIntrospector.class))
                .isEmpty();
        assertThat(context.getBean("springSecurityFilterChain").getClass().getName())
                .doesNotContain("WebMvc");
    }
}
