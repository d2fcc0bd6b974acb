package io.gatehouse.permissions;

import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.stream.Stream;
import org.springframework.core.MethodParameter;
import org.springframework.http.MediaType;
import org.springframework.http.converter.GenericHttpMessageConverter;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.mock.http.MockHttpInputMessage;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.method.HandlerMethod;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerAdapter;
import org.springframework.web.servlet.mvc.method.annotation.RequestMappingHandlerMapping;

/** Reads bodies as an operation has them read, by the same converter to the same type, without calling it. */
final class BodyReader {

    private final MethodParameter body;
    private final GenericHttpMessageConverter<?> converter;

    private BodyReader(MethodParameter body, GenericHttpMessageConverter<?> converter) {
        this.body = body;
        this.converter = converter;
    }

    /** @param operation as in {@code PUT /api/v1/services/{key}} */
    static BodyReader of(
            String operation, RequestMappingHandlerMapping controllers, RequestMappingHandlerAdapter adapter) {
        MethodParameter body = controllers.getHandlerMethods().entrySet().stream()
                .filter(entry -> entry.getKey().getPathPatternsCondition().getPatternValues().stream()
                        .anyMatch(path -> entry.getKey().getMethodsCondition().getMethods().stream()
                                .anyMatch(method -> operation.equals(method + " " + path))))
                .flatMap(entry -> bodies(entry.getValue()))
                .findFirst()
                .orElseThrow();
        // The first that can is the one that does.
        GenericHttpMessageConverter<?> converter = adapter.getMessageConverters().stream()
                .filter(each -> each instanceof GenericHttpMessageConverter<?> generic
                        && generic.canRead(
                                body.getGenericParameterType(), body.getContainingClass(), MediaType.APPLICATION_JSON))
                .<GenericHttpMessageConverter<?>>map(each -> (GenericHttpMessageConverter<?>) each)
                .findFirst()
                .orElseThrow();
        return new BodyReader(body, converter);
    }

    private static Stream<MethodParameter> bodies(HandlerMethod method) {
        return Arrays.stream(method.getMethodParameters())
                .filter(parameter -> parameter.hasParameterAnnotation(RequestBody.class));
    }

    /** Whether a body is refused because this name is none of its fields. */
    boolean refuses(String text, String name) {
        try {
            converter.read(
                    body.getGenericParameterType(),
                    body.getContainingClass(),
                    new MockHttpInputMessage(text.getBytes(StandardCharsets.UTF_8)));
            return false;
        } catch (HttpMessageNotReadableException e) {
            return e.getCause() instanceof UnrecognizedPropertyException unknown
                    && unknown.getPropertyName().equals(name);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
