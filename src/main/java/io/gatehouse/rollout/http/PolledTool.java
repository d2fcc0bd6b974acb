package io.gatehouse.rollout.http;

import io.gatehouse.rollout.connector.Connector;
import io.gatehouse.rollout.connector.Terms;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** A tool that takes an order over HTTP, works on it, and is asked how far it is. */
public abstract class PolledTool implements Connector {

    protected final ToolApi api;
    private final String name;
    private final Terms terms;

    protected PolledTool(String name, Terms terms, ToolApi api) {
        this.name = name;
        this.terms = terms;
        this.api = api;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Map<String, Pattern> parameters() {
        return terms.parameters();
    }

    @Override
    public final boolean canBeAsked() {
        return true;
    }

    @Override
    public final Duration askEvery() {
        return terms.askEvery();
    }

    @Override
    public final Duration giveUpAfter() {
        return terms.giveUpAfter();
    }

    @Override
    public final Set<String> storedSecrets() {
        return api.storedSecrets();
    }
}
