package io.gatehouse.cab;

import org.springframework.data.relational.core.mapping.Table;

/**
 * Who sits on a seat of a board.
 *
 * @param seat what the seat stands for, as {@code operations}; each seat once
 * @param person the id of who has it; each person has one seat of a board
 * @param chair whether whoever votes on it opens meetings and is asked when a vote is late; one seat of a board
 * @param veto whether a No from it is the board's
 * @param required whether there is no quorum without it
 */
@Table("board_member")
public record BoardMember(String seat, String person, boolean chair, boolean veto, boolean required) {}
