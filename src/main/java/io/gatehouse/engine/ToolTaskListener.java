package io.gatehouse.engine;

/** Is told, in the engine's own transaction, each time a token enters a tool task of its topic. */
public interface ToolTaskListener {

    /** The topic as the model says it: {@code rollout.run}. */
    String topic();

    void entered(ToolTask task);
}
