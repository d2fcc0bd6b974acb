package io.gatehouse.engine;

import javax.script.ScriptEngine;
import javax.script.ScriptEngineFactory;
import javax.script.ScriptEngineManager;
import org.camunda.bpm.engine.ProcessEngineException;
import org.camunda.bpm.engine.impl.scripting.engine.ScriptEngineResolver;
import org.jspecify.annotations.Nullable;

/** Refuses every script language, the engine's hidden {@code juel} included: a script in a model could run any code. */
class NoScripts implements ScriptEngineResolver {

    @Override
    public void addScriptEngineFactory(ScriptEngineFactory factory) {
        // The engine registers its own languages here at start; none is kept.
    }

    @Override
    public @Nullable ScriptEngineManager getScriptEngineManager() {
        return null;
    }

    @Override
    public ScriptEngine getScriptEngine(String language, boolean resolveFromCache) {
        throw new ProcessEngineException("Scripts are switched off in Gatehouse (asked for '" + language
                + "'). Use a DMN table or one of the service tasks offered in the Modeler.");
    }
}
