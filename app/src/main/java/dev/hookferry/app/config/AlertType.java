package dev.hookferry.app.config;

import java.util.Locale;

/** Kinds of incidents that alerts report. */
public enum AlertType {
  /** The store is not available. */
  STORE_UNAVAILABLE,
  /** Deliveries are more than five minutes late. */
  BACKLOG_LATE,
  /** This node cannot send: it lacks name resolution, connections, ports or memory. */
  NODE_FAULT,
  /** Deliveries ran out of retries. */
  DELIVERY_EXHAUSTED,
  /** Ten consecutive attempts to an endpoint failed. */
  ENDPOINT_FAILING,
  /** An endpoint was disabled, or will be within a day. */
  ENDPOINT_DISABLED,
  /** An ordering key has been blocked for longer than the limit. */
  KEY_BLOCKED,
  /** A client certificate or a signature expires. */
  EXPIRING;

  /** Returns the lower-case name used in the configuration, such as {@code backlog_late}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
