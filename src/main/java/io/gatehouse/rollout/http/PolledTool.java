package io.gatehouse.rollout.http;

import io.gatehouse.rollout.connector.Connector;
import io.gatehouse.rollout.connector.DeclaredParameters;
import io.gatehouse.rollout.connector.Notice;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** A tool that takes an order over HTTP, works on it, and is asked how far it is. */
public abstract class PolledTool implements Connector {

    protected final ToolApi api;
    private final String name;
    private final Map<String, Pattern> parameters;
    private final ToolSettings settings;

    protected PolledTool(String name, ToolSettings settings, ToolApi api) {
        this.name = name;
        this.parameters = DeclaredParameters.compile(settings.parameters());
        this.settings = settings;
        this.api = api;
    }

    @Override
    public final String name() {
        return name;
    }

    @Override
    public final Map<String, Pattern> parameters() {
        return parameters;
    }

    @Override
    public final boolean canBeAsked() {
        return true;
    }

    @Override
    public final Duration askEvery() {
        return settings.askEvery();
    }

    @Override
    public final Duration giveUpAfter() {
        return settings.giveUpAfter();
    }

    /** How the tool proves its notices. */
    protected NoticeProof noticeProof() {
        return NoticeProof.TOKEN;
    }

    @Override
    public final boolean proves(Notice notice) {
        return api.noticeSecrets().stream().anyMatch(secret -> noticeProof().holds(notice, secret));
    }

    @Override
    public final Set<String> storedSecrets() {
        return api.storedSecrets();
    }
}
