package io.gatehouse.people.web;

import io.gatehouse.api.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Profile;
import org.springframework.web.servlet.HandlerInterceptor;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Says where people are kept if not here; after the permission table, which every operation asks first. */
@Configuration(proxyBeanMethods = false)
@Profile("keycloak")
class KeycloakKeepsPeople implements WebMvcConfigurer, HandlerInterceptor {

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(this).addPathPatterns("/api/v1/people", "/api/v1/people/**");
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        throw ProblemException.conflict(
                "people-in-keycloak",
                "People are kept in Keycloak",
                "This installation takes people and their groups from Keycloak; add, change and disable them there.");
    }
}
