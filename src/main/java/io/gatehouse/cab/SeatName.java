package io.gatehouse.cab;

/** How a task names the seat of a board whose vote it asks for. No role and no team is called so. */
final class SeatName {

    private SeatName() {}

    static String of(String board, String seat) {
        return "board:" + board + ":" + seat;
    }

    static boolean isOne(String group) {
        return group.startsWith("board:");
    }

    static String seatOf(String name) {
        return name.substring(name.indexOf(':', name.indexOf(':') + 1) + 1);
    }
}
