package io.gatehouse.access.web;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.access.Permissions;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** Puts the permission table in front of every controller. */
@Configuration(proxyBeanMethods = false)
class PermissionConfiguration implements WebMvcConfigurer {

    private final PermissionInterceptor permissions;

    PermissionConfiguration(Permissions permissions, CurrentPerson currentPerson) {
        this.permissions = new PermissionInterceptor(permissions, currentPerson);
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(permissions).order(Ordered.HIGHEST_PRECEDENCE);
    }
}
