package io.gatehouse.access;

import java.util.Set;

/** What groups are asked in tasks that wait; the engine knows. */
public interface OpenQuestions {

    /** A waiting task, by the stem of its label, and a group it is offered to. */
    record Question(String task, String group) {}

    /** The questions about one of these numbers that are put to one of these groups. */
    Set<Question> about(Set<String> numbers, Set<String> groups);
}
