package dev.hookferry.app.alerts;

import dev.hookferry.app.config.AlertType;
import java.time.Duration;
import java.time.Instant;

/** An incident in the book. Not thread-safe. */
final class BookedIncident {
  /** Time for which a blocked key is remembered, since every start reports those that exist. */
  private static final Duration BLOCKED_KEY = Duration.ofDays(30);

  final AlertType type;
  final String about;
  String text = "";
  boolean isOpen;

  /** Whether the incident has begun since its beginning was last reported. */
  boolean isNew;

  /** Whether the alert of its beginning is waiting to be sent. */
  boolean isFresh;

  /** Whether the beginning has been reported and the end has not. */
  boolean isTold;

  Instant toldAt = Instant.MIN;

  /** Time of the latest beginning. */
  Instant since = Instant.EPOCH;

  /** {@link #isTold} when its alert was due, in case another node sends that. */
  boolean wasTold;

  /** {@link #isOpen} when its alert was due. */
  boolean wasOpen;

  /** Time at which it was taken over from an earlier run or from another node. */
  Instant restoredAt = Instant.MIN;

  /** Whether the incident was taken over from an earlier run and not yet observed by this one. */
  boolean isOfEarlierRun;

  BookedIncident(AlertType type, String about) {
    this.type = type;
    this.about = about;
  }

  String key() {
    return Alert.key(type, about);
  }

  /** Returns whether people may be told that it has begun, and have not been. */
  boolean isToTell(Instant now) {
    return isNew && !isFresh && !isRecent(now);
  }

  /** Returns whether people were told a short while ago, so that they are not told again. */
  boolean isRecent(Instant now) {
    return !AlertBook.isPast(toldAt, again(type), now);
  }

  /** Returns whether it needs no place in the book any more. */
  boolean isForgettable(Instant now) {
    return !isOpen && !isNew && !isRecent(now);
  }

  /** Returns how long people are not told again of an incident of this type. */
  static Duration again(AlertType type) {
    return type == AlertType.KEY_BLOCKED ? BLOCKED_KEY : AlertBook.AGAIN;
  }

  /** Notes that people are being told that it has begun. */
  void told(Instant now) {
    wasTold = isTold;
    wasOpen = isOpen;
    isFresh = false;
    isNew = false;
    isTold = true;
    toldAt = now;
  }

  /** Ends it; returns whether people were told of it, so that they expect to hear of its end. */
  boolean close() {
    boolean wasKnown = isTold;
    isOpen = false;
    isNew = false;
    isFresh = false;
    isTold = false;
    return wasKnown;
  }
}
