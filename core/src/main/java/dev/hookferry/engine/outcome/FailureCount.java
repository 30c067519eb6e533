package dev.hookferry.engine.outcome;

/** How often the store failed at one thing alone. */
public final class FailureCount {
  /** So often it must fail, and pass others in between, to be the fault of that thing. */
  private static final int PROOFS = 20;

  /** From so many on nothing else waits for it. */
  private static final int MANY = 20;

  private int all;
  private int proofs;
  private long passedBefore = -1;

  /**
   * It failed once more.
   *
   * @param passed how many commits have passed so far
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

  /** Whether it is time to try something else for once. */
  public boolean isTurn() {
    return all % MANY == 0;
  }

  /** Whether others have passed since it failed last. */
  public boolean isPassedOver(long passed) {
    return passedBefore >= 0 && passed > passedBefore;
  }
}
