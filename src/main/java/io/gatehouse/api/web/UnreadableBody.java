package io.gatehouse.api.web;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParseException;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.StreamConstraintsException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonMappingException.Reference;
import com.fasterxml.jackson.databind.exc.InvalidTypeIdException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import io.gatehouse.api.ProblemException;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.http.converter.HttpMessageNotReadableException;

/** Explains why a body could not be read, in the client's words and never in Jackson's. */
final class UnreadableBody {

    private UnreadableBody() {}

    static ProblemException explain(HttpMessageNotReadableException failure) {
        Throwable root = NestedExceptionUtils.getMostSpecificCause(failure);
        if (root instanceof ProblemException refusal) {
            return refusal;
        }
        if (root instanceof StreamConstraintsException) {
            return malformed("The body nests too deeply or holds a text or number that is too long.");
        }
        if (root instanceof JsonParseException broken) {
            return malformed(at(broken.getLocation()));
        }
        Throwable cause = failure.getCause();
        if (cause instanceof UnrecognizedPropertyException unknown) {
            return ProblemException.invalid(path(unknown), "is not a field of this request");
        }
        if (cause instanceof InvalidTypeIdException kind) {
            return unknownKind(kind.getBaseType().getRawClass());
        }
        if (cause instanceof MismatchedInputException mismatch
                && !mismatch.getPath().isEmpty()) {
            return ProblemException.invalid(path(mismatch), expected(mismatch.getTargetType()));
        }
        if (cause instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
            return ProblemException.invalid(path(mapping), "is not acceptable");
        }
        return malformed(
                cause instanceof JsonProcessingException json ? at(json.getLocation()) : "Send a JSON object.");
    }

    /** The body is one of several kinds, and says of which by a field. */
    private static ProblemException unknownKind(Class<?> kinds) {
        String names = Stream.of(kinds.getAnnotation(JsonSubTypes.class).value())
                .map(JsonSubTypes.Type::name)
                .collect(Collectors.joining(", "));
        return ProblemException.invalid(kinds.getAnnotation(JsonTypeInfo.class).property(), "must be one of " + names);
    }

    static ProblemException malformed(String detail) {
        return ProblemException.badRequest("malformed-body", "Malformed body", detail);
    }

    private static String at(@Nullable JsonLocation location) {
        String where =
                location == null ? "" : " (line " + location.getLineNr() + ", column " + location.getColumnNr() + ")";
        return "The body is not the JSON object this request takes" + where + ".";
    }

    private static String expected(@Nullable Class<?> type) {
        return type == null ? "is not acceptable" : ExpectedValue.describe(type);
    }

    private static String path(JsonMappingException failure) {
        StringBuilder path = new StringBuilder();
        List<Reference> references = failure.getPath();
        for (Reference each : references) {
            if (each.getFieldName() == null) {
                path.append('[').append(each.getIndex()).append(']');
            } else {
                path.append(path.isEmpty() ? "" : ".").append(each.getFieldName());
            }
        }
        return path.toString();
    }
}
