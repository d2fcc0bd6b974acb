package io.gatehouse.api.web;

import io.gatehouse.api.PageQuery;
import io.gatehouse.api.ProblemException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.core.MethodParameter;
import org.springframework.util.StringUtils;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.HandlerInterceptor;

/** Refuses query parameters that the called method does not know, so that a misspelt filter never returns everything. */
class KnownParametersInterceptor implements HandlerInterceptor {

    private final Map<HandlerMethod, Set<String>> known = new ConcurrentHashMap<>();

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        if (handler instanceof HandlerMethod method) {
            Set<String> names = known.computeIfAbsent(method, KnownParametersInterceptor::namesOf);
            request.getParameterMap().forEach((name, values) -> check(names, name, values));
        }
        return true;
    }

    private static void check(Set<String> names, String name, String[] values) {
        if (!names.contains(name)) {
            throw ProblemException.invalid(name, "is not a parameter of this address");
        }
        if (values.length > 1) {
            throw ProblemException.invalid(name, "must be given once");
        }
    }

    private static Set<String> namesOf(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .flatMap(KnownParametersInterceptor::namesOf)
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Stream<String> namesOf(MethodParameter parameter) {
        if (parameter.getParameterType() == PageQuery.class) {
            return Stream.of("after", "limit");
        }
        RequestParam named = parameter.getParameterAnnotation(RequestParam.class);
        if (named == null) {
            return Stream.empty();
        }
        return Stream.of(
                StringUtils.hasText(named.name())
                        ? named.name()
                        : parameter.getParameter().getName());
    }
}
