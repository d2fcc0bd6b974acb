package io.gatehouse.rollout.connector;

/**
 * What came of looking whether a tool can be used.
 *
 * @param detail a sentence for the operator
 */
public record ConnectorCheck(Result result, String detail) {

    /** Whether an order would have a chance. */
    public enum Result {
        OK,
        FAILED,
        /** This kind of tool cannot be looked at without an order. */
        UNKNOWN
    }

    public static ConnectorCheck ok(String detail) {
        return new ConnectorCheck(Result.OK, detail);
    }

    public static ConnectorCheck failed(String detail) {
        return new ConnectorCheck(Result.FAILED, detail);
    }

    public static ConnectorCheck unknown(String detail) {
        return new ConnectorCheck(Result.UNKNOWN, detail);
    }
}
