package dev.hookferry.http.console.portal.deliveries;

/** An action by which a visitor can help an endpoint right away. */
public enum Remedy {
  /** No action: it is not permitted, or nothing needs to be done. */
  NONE,
  /** To send failed deliveries again. */
  RETRY,
  /** To send failed deliveries again once the endpoint works, which a test finds out. */
  RETRY_LATER,
  /** To send a test, which shows whether a new URL works. */
  TEST,
  /** To send the deliveries again that block their ordering keys. */
  UNBLOCK,
  /** To do so once the endpoint works, which a test finds out. */
  UNBLOCK_LATER,
  /** To resume the endpoint. */
  RESUME,
  /** To change the URL of the endpoint, which is gone, and then resume it. */
  MOVE,
  /** To resume the endpoint once the cause of its failures is fixed. */
  FIX,
  /** To change the endpoint. */
  CHANGE;

  /** Returns whether no more than a link is needed. */
  public boolean isLink() {
    return this == NONE || this == TEST || retries() || unblocks();
  }

  /** Returns whether failed deliveries are retried. */
  public boolean retries() {
    return this == RETRY || this == RETRY_LATER;
  }

  /** Returns whether blocked deliveries are retried. */
  public boolean unblocks() {
    return this == UNBLOCK || this == UNBLOCK_LATER;
  }

  /** Returns whether the endpoint may still fail, so that a test comes first. */
  public boolean isLater() {
    return this == RETRY_LATER || this == UNBLOCK_LATER || this == TEST;
  }

  /** Returns whether the endpoint is resumed, at once or after a change. */
  public boolean leadsToResume() {
    return this == RESUME || this == MOVE || this == FIX;
  }
}
