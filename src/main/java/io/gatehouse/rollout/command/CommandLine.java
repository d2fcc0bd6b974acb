package io.gatehouse.rollout.command;

import java.util.List;
import java.util.Map;

/** The argument list of a program: a parameter may fill an argument or a part of one, and never becomes two. */
final class CommandLine {

    private CommandLine() {}

    static List<String> fill(List<String> arguments, Map<String, String> parameters) {
        return arguments.stream().map(argument -> fill(argument, parameters)).toList();
    }

    /** In one pass, so that a value that looks like a placeholder stays what it is. */
    private static String fill(String argument, Map<String, String> parameters) {
        StringBuilder filled = new StringBuilder();
        int from = 0;
        for (int open = argument.indexOf('{'); open >= 0; open = argument.indexOf('{', open + 1)) {
            int close = argument.indexOf('}', open);
            String value = close < 0 ? null : parameters.get(argument.substring(open + 1, close));
            if (value != null) {
                filled.append(argument, from, open).append(value);
                from = close + 1;
                open = close;
            }
        }
        return filled.append(argument, from, argument.length()).toString();
    }
}
