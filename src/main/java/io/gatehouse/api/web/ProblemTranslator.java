package io.gatehouse.api.web;

import io.gatehouse.api.InvalidField;
import io.gatehouse.api.Problem;
import io.gatehouse.api.ProblemException;
import jakarta.validation.ConstraintViolationException;
import java.net.URI;
import java.util.List;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.beans.TypeMismatchException;
import org.springframework.http.HttpStatus;
import org.springframework.http.converter.HttpMessageNotReadableException;
import org.springframework.validation.BindException;
import org.springframework.validation.BindingResult;
import org.springframework.validation.FieldError;
import org.springframework.validation.method.ParameterErrors;
import org.springframework.validation.method.ParameterValidationResult;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.MissingRequestValueException;
import org.springframework.web.bind.MissingServletRequestParameterException;
import org.springframework.web.method.annotation.HandlerMethodValidationException;
import org.springframework.web.method.annotation.MethodArgumentTypeMismatchException;
import org.springframework.web.multipart.MultipartException;

/** Says which problem an exception is for the client; what nobody expected is logged under the problem's instance. */
final class ProblemTranslator {

    private static final Logger LOG = LoggerFactory.getLogger(ProblemTranslator.class);

    private ProblemTranslator() {}

    static ProblemException translate(Exception failure) {
        if (failure instanceof ProblemException refusal) {
            return refusal;
        }
        if (failure instanceof HttpMessageNotReadableException unreadable) {
            return UnreadableBody.explain(unreadable);
        }
        if (failure instanceof MultipartException) {
            return standard(HttpStatus.UNSUPPORTED_MEDIA_TYPE);
        }
        List<InvalidField> fields = fieldsOf(failure);
        if (!fields.isEmpty()) {
            return ProblemException.invalid(fields);
        }
        if (failure instanceof ErrorResponse response
                && response.getStatusCode().is4xxClientError()) {
            return standard(HttpStatus.valueOf(response.getStatusCode().value()));
        }
        return DatabaseTrouble.explain(failure).orElseGet(() -> unexpected(failure));
    }

    static ProblemException unexpected(Throwable failure) {
        URI occurrence = URI.create("urn:uuid:" + UUID.randomUUID());
        LOG.error("Unexpected failure {}", occurrence, failure);
        Problem problem = ProblemWriter.standard(HttpStatus.INTERNAL_SERVER_ERROR);
        return new ProblemException(problem.withInstance(occurrence));
    }

    private static ProblemException standard(HttpStatus status) {
        return new ProblemException(ProblemWriter.standard(status));
    }

    private static List<InvalidField> fieldsOf(Exception failure) {
        if (failure instanceof BindException binding) {
            return fieldsOf(binding.getBindingResult());
        }
        if (failure instanceof HandlerMethodValidationException validation) {
            return validation.getParameterValidationResults().stream()
                    .flatMap(result -> fieldsOf(result).stream())
                    .toList();
        }
        if (failure instanceof ConstraintViolationException violations) {
            return violations.getConstraintViolations().stream()
                    .map(each -> new InvalidField(each.getPropertyPath().toString(), each.getMessage()))
                    .toList();
        }
        if (failure instanceof MethodArgumentTypeMismatchException mismatch) {
            return List.of(new InvalidField(mismatch.getName(), expected(mismatch)));
        }
        if (failure instanceof MissingServletRequestParameterException missing) {
            return List.of(new InvalidField(missing.getParameterName(), "is required"));
        }
        if (failure instanceof MissingRequestValueException missing) {
            return List.of(new InvalidField("request", missing.getBody().getDetail() + ""));
        }
        return List.of();
    }

    private static List<InvalidField> fieldsOf(BindingResult binding) {
        return binding.getAllErrors().stream()
                .map(error -> error instanceof FieldError field
                        ? new InvalidField(field.getField(), messageOf(field))
                        : new InvalidField(error.getObjectName(), error.getDefaultMessage() + ""))
                .toList();
    }

    private static List<InvalidField> fieldsOf(ParameterValidationResult result) {
        if (result instanceof ParameterErrors errors) {
            return errors.getFieldErrors().stream()
                    .map(field -> new InvalidField(field.getField(), messageOf(field)))
                    .toList();
        }
        String name = String.valueOf(result.getMethodParameter().getParameterName());
        return result.getResolvableErrors().stream()
                .map(error -> new InvalidField(name, error.getDefaultMessage() + ""))
                .toList();
    }

    /** A binding failure's own message names Java types; a constraint's is written for people. */
    private static String messageOf(FieldError field) {
        return field.isBindingFailure() ? "has the wrong type" : String.valueOf(field.getDefaultMessage());
    }

    private static String expected(TypeMismatchException mismatch) {
        Class<?> type = mismatch.getRequiredType();
        return type == null ? "has the wrong type" : ExpectedValue.describe(type);
    }
}
