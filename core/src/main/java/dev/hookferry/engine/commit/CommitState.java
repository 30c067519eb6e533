package dev.hookferry.engine.commit;

import java.util.EnumMap;
import java.util.Map;

/**
 * State of a commit. A transition table defines which step leads from which state to which; any
 * other step throws. Once the outcome of a try is unknown, no later failure proves that nothing was
 * written, so the commit stays in doubt until the store writes or rejects it.
 */
public enum CommitState {
  /** Takes entries. */
  OPEN,
  /** Waits to be written and takes no more entries. */
  CLOSED,
  /** First write in progress; nothing was written before. */
  WRITING,
  /** Waits to be written again, because an earlier try may have been written. */
  IN_DOUBT,
  /** Being written again, because an earlier try may have been written. */
  REPEATING,
  /** Written. */
  WRITTEN,
  /** Not written; its entries may go into another commit. */
  FAILED,
  /** Not written, because the store will never take its only entry. */
  REJECTED;

  private static final Map<CommitState, Map<CommitStep, CommitState>> TABLE =
      new EnumMap<>(CommitState.class);

  static {
    row(OPEN).put(CommitStep.CLOSE, CLOSED);
    row(OPEN).put(CommitStep.START, WRITING);
    row(CLOSED).put(CommitStep.START, WRITING);
    row(IN_DOUBT).put(CommitStep.START, REPEATING);
    row(WRITING).put(CommitStep.SUCCEED, WRITTEN);
    row(WRITING).put(CommitStep.FAIL, FAILED);
    row(WRITING).put(CommitStep.FIND_FULL, FAILED);
    row(WRITING).put(CommitStep.LOSE_TRACK, IN_DOUBT);
    row(WRITING).put(CommitStep.REJECT, REJECTED);
    row(WRITING).put(CommitStep.SPLIT, CLOSED);
    row(REPEATING).put(CommitStep.SUCCEED, WRITTEN);
    row(REPEATING).put(CommitStep.FAIL, IN_DOUBT);
    row(REPEATING).put(CommitStep.FIND_FULL, IN_DOUBT);
    row(REPEATING).put(CommitStep.LOSE_TRACK, IN_DOUBT);
    row(REPEATING).put(CommitStep.REJECT, REJECTED);
    row(REPEATING).put(CommitStep.SPLIT, IN_DOUBT);
  }

  /**
   * Returns the state that a step leads to.
   *
   * @throws IllegalStateException if the table has no such step
   */
  CommitState on(CommitStep step) {
    CommitState next = row(this).get(step);
    if (next == null) {
      throw new IllegalStateException("a commit that is " + this + " cannot " + step);
    }
    return next;
  }

  private static Map<CommitStep, CommitState> row(CommitState state) {
    return TABLE.computeIfAbsent(state, s -> new EnumMap<>(CommitStep.class));
  }
}
