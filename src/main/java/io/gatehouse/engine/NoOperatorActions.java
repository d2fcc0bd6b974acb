package io.gatehouse.engine;

import java.util.function.Supplier;
import org.camunda.bpm.engine.impl.context.Context;
import org.camunda.bpm.engine.impl.interceptor.Command;
import org.camunda.bpm.engine.impl.interceptor.CommandInterceptor;

/**
 * Refuses to everybody what {@link OperatorActions} lists, unless the engine is already at work on a step of ours: code
 * of ours does such a thing inside a command, as {@link OnBehalfOfTheSystem} and {@code access.EngineIdentities} do, and
 * whoever comes from outside begins with it. There is no way round for anybody, administrators included; what break-glass
 * grants is done by {@link Repairs}.
 */
class NoOperatorActions extends CommandInterceptor {

    private final Supplier<RefusedOperators> refused;

    NoOperatorActions(Supplier<RefusedOperators> refused) {
        this.refused = refused;
    }

    @Override
    public <T> T execute(Command<T> command) {
        if (Context.getCommandContext() == null && OperatorActions.includes(command.getClass())) {
            RefusedOperators operators = refused.get();
            if (operators.isStarted()) {
                throw operators.refuse(command);
            }
        }
        return next.execute(command);
    }
}
