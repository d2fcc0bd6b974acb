package io.gatehouse.testing;

import jakarta.servlet.Filter;
import java.util.Collection;
import org.springframework.boot.web.servlet.AbstractFilterRegistrationBean;
import org.springframework.boot.web.servlet.DelegatingFilterProxyRegistrationBean;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.boot.web.servlet.ServletContextInitializer;
import org.springframework.boot.web.servlet.ServletContextInitializerBeans;
import org.springframework.test.web.servlet.assertj.MockMvcTester;
import org.springframework.test.web.servlet.setup.DefaultMockMvcBuilder;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;
import org.springframework.web.context.WebApplicationContext;

/** The API of a {@link ProcessTest} behind all its filters, which that leaves out to share one context. */
public final class Door {

    private Door() {}

    public static MockMvcTester to(WebApplicationContext context) {
        DefaultMockMvcBuilder builder = MockMvcBuilders.webAppContextSetup(context);
        for (ServletContextInitializer initializer : new ServletContextInitializerBeans(
                context, FilterRegistrationBean.class, DelegatingFilterProxyRegistrationBean.class)) {
            if (initializer instanceof AbstractFilterRegistrationBean<?> registration && registration.isEnabled()) {
                add(registration.getFilter(), registration.getUrlPatterns(), builder);
            }
        }
        return MockMvcTester.create(builder.build());
    }

    private static void add(Filter filter, Collection<String> patterns, DefaultMockMvcBuilder builder) {
        if (patterns.isEmpty()) {
            builder.addFilters(filter);
        } else {
            builder.addFilter(filter, patterns.toArray(String[]::new));
        }
    }
}
