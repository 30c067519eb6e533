package dev.hookferry.audit;

import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/** Actions recorded in the audit log. */
public enum AuditAction {
  /** A site was added. */
  SITE_CREATED,
  /** A site's settings were changed. */
  SITE_CHANGED,
  /** A site was removed, with its endpoints and keys. */
  SITE_REMOVED,
  /** An endpoint was registered. */
  ENDPOINT_CREATED,
  /** An endpoint was changed, or its secret was rotated. */
  ENDPOINT_CHANGED,
  /** An endpoint was removed. */
  ENDPOINT_REMOVED,
  /** An event type was described for the first time. */
  EVENT_TYPE_CREATED,
  /** The description or schema of an event type was changed. */
  EVENT_TYPE_CHANGED,
  /** The description of an event type was removed. */
  EVENT_TYPE_REMOVED,
  /** The secret of an endpoint was shown. */
  ENDPOINT_REVEALED,
  /** A test event was sent to an endpoint. */
  ENDPOINT_TESTED,
  /** A test event was sent to an unregistered URL. */
  ENDPOINT_TRIED,
  /** An API key was created. */
  KEY_CREATED,
  /** An API key was revoked. */
  KEY_REMOVED,
  /** An extra attempt was scheduled for a delivery. */
  DELIVERY_RETRIED,
  /** A delivery was cancelled. */
  DELIVERY_CANCELLED,
  /** A delivery that blocked its ordering key was skipped. */
  DELIVERY_SKIPPED,
  /** An event was resent to chosen endpoints. */
  EVENT_REPLAYED,
  /** Past deliveries were replayed immediately. */
  DELIVERIES_REPLAYED,
  /** A background replay was started. */
  REPLAY_STARTED,
  /** A background replay was paused. */
  REPLAY_PAUSED,
  /** A background replay was resumed. */
  REPLAY_RESUMED,
  /** A background replay was cancelled. */
  REPLAY_CANCELLED,
  /** Rejected rows were moved back into an outbox. */
  OUTBOX_RETRIED,
  /** Rejected rows of an outbox were deleted. */
  OUTBOX_DISCARDED,
  /** A link to the portal of a site was created. */
  PORTAL_LINKED,
  /** An operator opened the portal of a site as one of its users. */
  PORTAL_VIEWED,
  /** Sessions of the portal of a site were ended. */
  PORTAL_ENDED,
  /** A backup of the store was started. */
  BACKUP_TAKEN,
  /** An endpoint's failures were acknowledged. */
  PROBLEM_ACKNOWLEDGED,
  /** An endpoint's problems were muted for a time. */
  PROBLEM_MUTED,
  /** An endpoint's problems were unmuted. */
  PROBLEM_UNMUTED,
  /** A master key rotation has started; {@link #MASTER_KEY_ROTATED} follows at its end. */
  MASTER_KEY_ROTATING,
  /** A master key rotation has completed. */
  MASTER_KEY_ROTATED;

  /** Returns the name used in the API and in stores, such as {@code endpoint.created}. */
  public String code() {
    int verb = name().lastIndexOf('_');
    String subject = name().substring(0, verb).replace("_", "");
    return (subject + "." + name().substring(verb + 1)).toLowerCase(Locale.ROOT);
  }

  /** Parses the name; empty if it is unknown. */
  public static Optional<AuditAction> fromCode(String word) {
    Objects.requireNonNull(word, "word");
    return Stream.of(values()).filter(action -> action.code().equals(word)).findFirst();
  }
}
