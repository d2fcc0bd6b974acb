package io.gatehouse.api.web;

import java.util.List;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.web.method.support.HandlerMethodArgumentResolver;
import org.springframework.web.servlet.config.annotation.InterceptorRegistry;
import org.springframework.web.servlet.config.annotation.WebMvcConfigurer;

/** What controllers of the API rely on; all that a test of a single controller needs. */
@Configuration(proxyBeanMethods = false)
class ApiWebConfiguration implements WebMvcConfigurer {

    @Override
    public void addArgumentResolvers(List<HandlerMethodArgumentResolver> resolvers) {
        resolvers.add(new ApiArgumentResolver());
    }

    @Override
    public void addInterceptors(InterceptorRegistry interceptors) {
        interceptors.addInterceptor(new KnownParametersInterceptor()).addPathPatterns("/api/**");
    }

    @Bean
    static StrictJson strictJson() {
        return new StrictJson();
    }

    @Bean
    static SecurityProblems securityProblems() {
        return new SecurityProblems();
    }
}
