package io.gatehouse.rollout.command;

import io.gatehouse.rollout.connector.AfterCrash;
import io.gatehouse.rollout.connector.Example;
import io.gatehouse.rollout.connector.InvalidSetting;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * A program as its operator has configured it.
 *
 * @param arguments the program and its arguments, passed on as they are, without a shell; {@code {name}} stands for a
 *     parameter, within one argument
 * @param parameters what a plan must give, and the pattern each value must match as a whole
 * @param directory where it runs; the directory of Gatehouse if missing
 * @param environment what it finds in its environment besides PATH, HOME and LANG; nothing else of ours is passed on; a
 *     value may be {@code stored:<name>}
 * @param timeLimit when it is killed
 * @param logLimit how many characters of its output are kept
 * @param afterCrash what may be done when nobody knows whether it ran; a plain program can neither tell nor recognise a
 *     repetition
 */
record CommandSettings(
        @Example("ansible-playbook,deploy.yml") List<String> arguments,
        @DefaultValue Map<String, String> parameters,
        @Nullable String directory,
        @DefaultValue Map<String, String> environment,
        @DefaultValue("10m") Duration timeLimit,
        @DefaultValue("1000000") int logLimit,
        @DefaultValue("NEITHER") AfterCrash afterCrash) {

    CommandSettings {
        InvalidSetting.unless(
                afterCrash != AfterCrash.QUERYABLE, "after-crash", "a command cannot be asked: write another");
    }
}
