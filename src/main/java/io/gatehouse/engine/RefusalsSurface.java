package io.gatehouse.engine;

import io.gatehouse.access.CurrentPerson;
import io.gatehouse.api.Problem;
import io.gatehouse.api.ProblemException;
import java.util.stream.Collectors;
import org.camunda.bpm.engine.AuthorizationException;
import org.camunda.bpm.engine.BadUserRequestException;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.cmd.SubmitTaskFormCmd;
import org.camunda.bpm.engine.impl.form.validator.FormFieldValidationException;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;
import org.jspecify.annotations.Nullable;

/**
 * Brings a refusal of ours back out of the engine as what it is. The engine wraps whatever a listener throws, and its
 * web applications answer 500 to anything they do not know; a person who may not do something must read why instead.
 */
class RefusalsSurface extends CommandInterceptor {

    private final CurrentPerson currentPerson;

    RefusalsSurface(CurrentPerson currentPerson) {
        this.currentPerson = currentPerson;
    }

    @Override
    public <T> T execute(Command<T> command) {
        try {
            return next.execute(command);
        } catch (ProcessEngineException | ProblemException failure) {
            ProblemException problem = problemIn(failure);
            if (problem == null) {
                throw failure;
            }
            throw currentPerson.cameThroughTasklist() ? forTasklist(problem, command) : problem;
        }
    }

    /** The one exception per call that its web resource answers with the client's fault instead of its own. */
    private static RuntimeException forTasklist(ProblemException problem, Command<?> command) {
        if (problem.problem().status() == 403) {
            return new AuthorizationException(problem.getMessage());
        }
        String sentence = sentence(problem.problem());
        return command instanceof SubmitTaskFormCmd
                ? new FormFieldValidationException(problem.problem(), sentence, problem)
                : new BadUserRequestException(sentence, problem);
    }

    private static String sentence(Problem problem) {
        return problem.fields().isEmpty()
                ? problem.detail()
                : problem.fields().stream()
                        .map(field -> field.field() + " " + field.message())
                        .collect(Collectors.joining("; "));
    }

    private static @Nullable ProblemException problemIn(Throwable failure) {
        for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
            if (cause instanceof ProblemException problem) {
                return problem;
            }
        }
        return null;
    }
}
