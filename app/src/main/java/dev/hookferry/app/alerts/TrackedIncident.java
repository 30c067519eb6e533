package dev.hookferry.app.alerts;

import dev.hookferry.app.config.AlertType;
import java.time.Duration;
import java.time.Instant;

/** An incident in the tracker. Not thread-safe. */
final class TrackedIncident {
  /** How long a blocked key is remembered, since every start reports all existing ones. */
  private static final Duration BLOCKED_KEY = Duration.ofDays(30);

  final AlertType type;
  final String about;
  String text = "";
  boolean isOpen;

  /** Whether its latest beginning has not been reported. */
  boolean isNew;

  /** Whether the alert of its beginning is waiting to be sent. */
  boolean isFresh;

  /** Whether the beginning has been reported and the end has not. */
  boolean isReported;

  Instant reportedAt = Instant.MIN;

  /** Time of the latest beginning. */
  Instant since = Instant.EPOCH;

  /** Value of {@link #isReported} when its alert was due, in case another node sends the alert. */
  boolean wasReported;

  /** Value of {@link #isOpen} when its alert was due. */
  boolean wasOpen;

  /** Time at which it was restored from an earlier run or another node. */
  Instant restoredAt = Instant.MIN;

  /** Whether it was restored from an earlier run and has not been observed by this one yet. */
  boolean isFromEarlierRun;

  TrackedIncident(AlertType type, String about) {
    this.type = type;
    this.about = about;
  }

  String key() {
    return Alert.key(type, about);
  }

  /** Returns whether its beginning is unreported and may be reported now. */
  boolean isReportDue(Instant now) {
    return isNew && !isFresh && !isRecent(now);
  }

  /** Returns whether it was reported recently, so that it is not reported again. */
  boolean isRecent(Instant now) {
    return !IncidentTracker.isPast(reportedAt, quietPeriod(type), now);
  }

  /** Returns whether the tracker can drop it. */
  boolean isForgettable(Instant now) {
    return !isOpen && !isNew && !isRecent(now);
  }

  /** Returns the time for which an incident of this type is not reported again. */
  static Duration quietPeriod(AlertType type) {
    return type == AlertType.KEY_BLOCKED ? BLOCKED_KEY : IncidentTracker.AGAIN;
  }

  /** Records that its beginning is being reported. */
  void reported(Instant now) {
    wasReported = isReported;
    wasOpen = isOpen;
    isFresh = false;
    isNew = false;
    isReported = true;
    reportedAt = now;
  }

  /** Ends it; returns whether its beginning was reported, so that its end must be too. */
  boolean close() {
    boolean wasKnown = isReported;
    isOpen = false;
    isNew = false;
    isFresh = false;
    isReported = false;
    return wasKnown;
  }
}
