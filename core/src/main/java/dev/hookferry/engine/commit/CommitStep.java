package dev.hookferry.engine.commit;

import dev.hookferry.store.RejectedBatchException;
import dev.hookferry.store.StoreFullException;
import dev.hookferry.store.UnknownOutcomeException;

/** Lifecycle events of a commit: the columns of the transition table in {@link CommitState}. */
public enum CommitStep {
  /** The commit takes no more entries. */
  CLOSE,
  /** The store begins to write the commit. */
  START,
  /** The store has written the commit. */
  SUCCEED,
  /** The store failed and wrote nothing. */
  FAIL,
  /** The store has no room for new events and wrote nothing. */
  FIND_FULL,
  /** The store failed, and whether the commit was written is unknown. */
  LOSE_TRACK,
  /** The store rejected its only entry. */
  REJECT,
  /** The store rejected one of its entries without naming it. */
  SPLIT;

  /** Returns the step that a failure of the store means for a commit of this many entries. */
  public static CommitStep of(RuntimeException failure, int entries) {
    if (failure instanceof RejectedBatchException) {
      return entries > 1 ? SPLIT : REJECT;
    }
    if (failure instanceof UnknownOutcomeException) {
      return LOSE_TRACK;
    }
    return failure instanceof StoreFullException ? FIND_FULL : FAIL;
  }
}
