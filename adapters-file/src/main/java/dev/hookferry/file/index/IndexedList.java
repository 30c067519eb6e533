package dev.hookferry.file.index;

/** The listings that can be searched; an index has rows for each. */
public enum IndexedList {
  /** Events, by time of acceptance. */
  EVENTS(1),
  /** Attempts, by id. */
  ATTEMPTS(2),
  /** State changes of deliveries, by delivery id; acceptance and rescheduling are left out. */
  STATES(3);

  private final int code;

  IndexedList(int code) {
    this.code = code;
  }

  /** Returns the number that identifies this listing in files; it never changes. */
  int code() {
    return code;
  }
}
