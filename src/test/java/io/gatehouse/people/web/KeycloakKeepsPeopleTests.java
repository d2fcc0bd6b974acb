package io.gatehouse.people.web;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.gatehouse.api.ProblemException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.mock.web.MockHttpServletRequest;
import org.springframework.mock.web.MockHttpServletResponse;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;
import org.springframework.web.servlet.config.annotation.EnableWebMvc;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

class KeycloakKeepsPeopleTests {

    @RestController
    @RequestMapping("/api/v1")
    static class Some {

        @PostMapping({"/people", "/people/{id}/disablement", "/peoples", "/changes"})
        void post() {}
    }

    @EnableWebMvc
    static class Mvc {}

    private final WebApplicationContextRunner application =
            new WebApplicationContextRunner().withUserConfiguration(Mvc.class, Some.class, KeycloakKeepsPeople.class);

    @Test
    void saysWherePeopleAreKeptWhereverTheyAreAskedFor() {
        application.withPropertyValues("spring.profiles.active=keycloak").run(context -> {
            var mapping = context.getBean(RequestMappingHandlerMapping.class);
            Map<String, Boolean> asked = new java.util.TreeMap<>();
            for (String path : List.of("/people", "/people/nora/disablement", "/changes")) {
                asked.put(path, isRefused(mapping, "/api/v1" + path));
            }
            assertThat(asked).isEqualTo(Map.of("/people", true, "/people/nora/disablement", true, "/changes", false));
        });
    }

    @Test
    void isNotThereWhereWeKeepPeopleOurselves() {
        application.run(context -> assertThat(context).doesNotHaveBean(KeycloakKeepsPeople.class));
    }

    /** Pages to choose a password would set one that opens nothing. */
    @Test
    void leavesNoPageForPasswords() {
        assertThat(Stream.of(
                        FirstAdministratorController.class,
                        SetPasswordController.class,
                        ChangePasswordController.class))
                .allSatisfy(page -> {
                    assertThat(page).hasAnnotation(Controller.class);
                    application
                            .withUserConfiguration(page)
                            .withPropertyValues("spring.profiles.active=keycloak")
                            .run(context -> assertThat(context).doesNotHaveBean(page));
                });
    }

    private static boolean isRefused(RequestMappingHandlerMapping mapping, String path) throws Exception {
        MockHttpServletRequest request = new MockHttpServletRequest("POST", path);
        org.springframework.web.util.ServletRequestPathUtils.parseAndCache(request);
        var chain = java.util.Objects.requireNonNull(mapping.getHandler(request));
        for (var interceptor : chain.getInterceptorList()) {
            if (interceptor instanceof KeycloakKeepsPeople keeps) {
                assertThatThrownBy(() -> keeps.preHandle(request, new MockHttpServletResponse(), chain.getHandler()))
                        .isInstanceOfSatisfying(ProblemException.class, refusal -> assertThat(
                                        refusal.problem().status())
                                .isEqualTo(409));
                return true;
            }
        }
        return false;
    }
}
