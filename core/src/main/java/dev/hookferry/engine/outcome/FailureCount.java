package dev.hookferry.engine.outcome;

/** Counts how often the store failed at a single entry. */
public final class FailureCount {
  /**
   * Failures, with successes of other commits in between, after which the entry itself is the
   * cause.
   */
  private static final int PROOFS = 20;

  /** Failures after which nothing else waits for the entry. */
  private static final int MANY = 20;

  private int all;
  private int proofs;
  private long passedBefore = -1;

  /**
   * Records a failure.
   *
   * @param passed number of commits written so far
   */
  public void failed(long passed) {
    all++;
    if (passed > passedBefore) {
      proofs++;
      passedBefore = passed;
    }
  }

  public boolean isProven() {
    return proofs > PROOFS;
  }

  public boolean isMany() {
    return all >= MANY;
  }

  /** Returns whether it is time to try an alternative. */
  public boolean isTurn() {
    return all % MANY == 0;
  }

  /** Returns whether other commits succeeded since the last failure. */
  public boolean isPassedOver(long passed) {
    return passedBefore >= 0 && passed > passedBefore;
  }
}
