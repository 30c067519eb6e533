package dev.hookferry.http.console.portal.deliveries;

/** An action by which a visitor can help an endpoint right away. */
public enum Remedy {
  /** No action: it is not permitted, or nothing needs to be done. */
  NONE,
  /** To send failed deliveries again. */
  RETRY,
  /** To send the deliveries again that block their ordering keys. */
  UNBLOCK,
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
    return this == NONE || this == RETRY || this == UNBLOCK;
  }

  /** Returns whether the endpoint is resumed, at once or after a change. */
  public boolean leadsToResume() {
    return this == RESUME || this == MOVE || this == FIX;
  }
}
