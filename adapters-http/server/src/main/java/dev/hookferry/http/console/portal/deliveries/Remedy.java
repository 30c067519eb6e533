package dev.hookferry.http.console.portal.deliveries;

/** An action with which a visitor can fix an endpoint immediately. */
public enum Remedy {
  /** No action, because it is not permitted or nothing needs to be done. */
  NONE,
  /** Retry failed deliveries. */
  RETRY,
  /** Retry failed deliveries once a test shows that the endpoint works. */
  RETRY_LATER,
  /** Send a test, which shows whether a new URL works. */
  TEST,
  /** Retry the deliveries that block their ordering keys. */
  UNBLOCK,
  /** Retry the blocking deliveries once a test shows that the endpoint works. */
  UNBLOCK_LATER,
  /** Resume the endpoint. */
  RESUME,
  /** Change the endpoint's URL, which is gone, and then resume the endpoint. */
  MOVE,
  /** Resume the endpoint once the cause of its failures is fixed. */
  FIX,
  /** Change the endpoint. */
  CHANGE;

  /** Returns whether the action needs only a link. */
  public boolean isLink() {
    return this == NONE || this == TEST || retries() || unblocks();
  }

  /** Returns whether the action retries failed deliveries. */
  public boolean retries() {
    return this == RETRY || this == RETRY_LATER;
  }

  /** Returns whether the action retries blocked deliveries. */
  public boolean unblocks() {
    return this == UNBLOCK || this == UNBLOCK_LATER;
  }

  /** Returns whether the endpoint may still fail, so that a test comes first. */
  public boolean isLater() {
    return this == RETRY_LATER || this == UNBLOCK_LATER || this == TEST;
  }

  /** Returns whether the action resumes the endpoint, immediately or after a change. */
  public boolean leadsToResume() {
    return this == RESUME || this == MOVE || this == FIX;
  }
}
