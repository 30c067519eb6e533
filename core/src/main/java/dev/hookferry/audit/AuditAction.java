package dev.hookferry.audit;

import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/** What can be done that the audit log tells. */
public enum AuditAction {
  /** A site was added. */
  SITE_CREATED,
  /** A site's settings were changed. */
  SITE_CHANGED,
  /** A site was removed, with its endpoints and keys. */
  SITE_REMOVED,
  /** An endpoint was registered. */
  ENDPOINT_CREATED,
  /** An endpoint was changed, or got a new secret. */
  ENDPOINT_CHANGED,
  /** An endpoint was removed. */
  ENDPOINT_REMOVED,
  /** A test was sent to an endpoint. */
  ENDPOINT_TESTED,
  /** A test was sent to a URL that is not registered. */
  ENDPOINT_TRIED,
  /** An API key was made. */
  KEY_CREATED,
  /** An API key was removed. */
  KEY_REMOVED,
  /** A delivery got an extra attempt. */
  DELIVERY_RETRIED,
  /** A delivery was cancelled. */
  DELIVERY_CANCELLED,
  /** An event was sent to endpoints again, or for the first time. */
  EVENT_REPLAYED,
  /** Deliveries of a window were sent again. */
  DELIVERIES_REPLAYED,
  /** A replay that goes on by itself began. */
  REPLAY_STARTED,
  /** Such a replay rests. */
  REPLAY_PAUSED,
  /** Such a replay goes on. */
  REPLAY_RESUMED,
  /** Such a replay was stopped. */
  REPLAY_CANCELLED,
  /** Secrets are being put under the newest master key, until {@link #MASTERKEY_ROTATED}. */
  MASTERKEY_ROTATING,
  /** Every secret was put under the newest master key. */
  MASTERKEY_ROTATED;

  /** The word on the wire and in stores, such as {@code endpoint.created}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT).replace('_', '.');
  }

  /** Reads the word. */
  public static Optional<AuditAction> ofWord(String word) {
    return Stream.of(values()).filter(action -> action.word().equals(word)).findFirst();
  }
}
