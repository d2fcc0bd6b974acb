package io.gatehouse.change;

import org.jspecify.annotations.Nullable;

/** As much of a change as another has to know that is related to it. */
record RelatedChange(
        String number, String title, ChangeState state, @Nullable CloseCode closeCode, boolean rolledBack) {

    static RelatedChange of(Change change) {
        return new RelatedChange(
                change.number(), change.title(), change.state(), change.closeCode(), change.rolledBack());
    }

    /** Whether it is closed and what it brought is there to stay. */
    boolean succeeded() {
        return state == ChangeState.CLOSED
                && !rolledBack
                && (closeCode == CloseCode.SUCCESSFUL || closeCode == CloseCode.SUCCESSFUL_WITH_ISSUES);
    }

    /** Whether it was given up, or is closed without success. */
    boolean failed() {
        return state.isFinal() && !succeeded();
    }

    boolean isBeingImplemented() {
        return state == ChangeState.IMPLEMENT;
    }

    /** Whether somebody stands by it: it was submitted, and nothing has become of it that would undo that. */
    boolean isSubmitted() {
        return state != ChangeState.NEW && !failed();
    }

    /** Its number and how it stands, as {@code CHG-000123 (SCHEDULED)}. */
    String standing() {
        String ending = closeCode == null || !state.isFinal() ? "" : ", " + closeCode;
        return number + " (" + state + ending + (rolledBack ? ", rolled back" : "") + ")";
    }
}
