package dev.hookferry.file.index;

/** The lists that can be looked at; an index has rows for each. */
public enum IndexedList {
  /** Events by acceptance. */
  EVENTS(1),
  /** Attempts by id. */
  ATTEMPTS(2),
  /** What deliveries became, other than by being accepted or tried again later, by delivery id. */
  STATES(3);

  private final int code;

  IndexedList(int code) {
    this.code = code;
  }

  /** A number that is kept in files. */
  int code() {
    return code;
  }
}
