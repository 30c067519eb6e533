package dev.hookferry.app.grade;

/** The result of a check. */
public enum CheckVerdict {
  PASSED("passed"),
  FAILED("failed"),
  /** The response does not show whether the receiver behaved correctly. */
  UNDECIDED("undecided");

  private final String words;

  CheckVerdict(String words) {
    this.words = words;
  }

  /** Returns the result as text. */
  public String words() {
    return words;
  }
}
