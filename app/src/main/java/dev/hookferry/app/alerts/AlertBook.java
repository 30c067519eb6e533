package dev.hookferry.app.alerts;

import dev.hookferry.app.config.AlertType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Decides what is sent when: each incident once, and its end once; incidents that happen at about
 * the same time together; an incident that recurs soon, not again. Thread-safe.
 */
final class AlertBook {
  /** How long the first alert waits for others. */
  static final Duration GATHER = Duration.ofSeconds(20);

  /** Minimum time between two messages. */
  static final Duration PAUSE = Duration.ofMinutes(5);

  /** How long a recurring incident is not reported again. */
  static final Duration AGAIN = Duration.ofMinutes(30);

  private static final int MOST = 1_000;

  /** These are few, and must be told even if very many endpoints fail. */
  private static final Set<AlertType> UNLIMITED =
      Set.of(AlertType.STORE_UNAVAILABLE, AlertType.BACKLOG_LATE, AlertType.NODE_FAULT);

  private final Set<AlertType> types;
  private final Map<String, Incident> incidents = new LinkedHashMap<>();
  private final List<Alert> fresh = new ArrayList<>();
  private @Nullable Instant freshSince;
  private Instant sent = Instant.MIN;

  /**
   * Creates an empty book.
   *
   * @param types the kinds of incidents to report
   */
  AlertBook(Set<AlertType> types) {
    this.types = Set.copyOf(types);
  }

  private static final class Incident {
    private final AlertType type;
    private final String key;
    private String text = "";
    private boolean isOpen;

    /** Whether it has begun since people were last told that it has. */
    private boolean isNew;

    /** Whether the alert of its beginning waits to be sent. */
    private boolean isFresh;

    /** Whether people know that it has begun, and not yet that it is over. */
    private boolean isTold;

    private Instant toldAt = Instant.MIN;

    /** When it has begun, or begun anew. */
    private Instant since = Instant.EPOCH;

    /** The values of these when its alert was due, in case another node sends that. */
    private boolean wasTold;

    private boolean wasOpen;

    private Incident(AlertType type, String key) {
      this.type = type;
      this.key = key;
    }

    /** Returns whether people may be told that it has begun, and have not been. */
    private boolean isToTell(Instant now) {
      return isNew && !isFresh && !isRecent(now);
    }

    private boolean isRecent(Instant now) {
      return !isPast(toldAt, AGAIN, now);
    }
  }

  /** Returns whether a span is over; one that begins later began before the clock was set back. */
  private static boolean isPast(Instant from, Duration span, Instant now) {
    return now.isBefore(from) || !now.isBefore(from.plus(span));
  }

  /** Records that an incident has begun, or continues. */
  synchronized void begun(AlertType type, String about, String text, Instant now) {
    Incident known = incidents.get(key(type, about));
    if (known == null || !known.isOpen) {
      begunAnew(type, about, text, now);
    }
  }

  /** Records that an incident has begun; if it is open, its end went unnoticed. */
  synchronized void begunAnew(AlertType type, String about, String text, Instant now) {
    Incident incident = find(type, about);
    if (incident == null) {
      return;
    }
    incident.isOpen = true;
    incident.text = text;
    if (fresh.removeIf(alert -> alert.isOver() && alert.key().equals(incident.key))) {
      incident.isTold = true;
    } else {
      tellBegun(incident, now);
    }
  }

  /** Notes that an incident is over; without effect if it was none. */
  synchronized void over(AlertType type, String about, String text, Instant now) {
    Incident incident = incidents.get(key(type, about));
    if (incident != null && close(incident)) {
      add(new Alert(type, incident.key, text, true), now);
    }
  }

  /** Ends an incident without telling people; without effect if it was none. */
  synchronized void dropped(AlertType type, String about) {
    Incident incident = incidents.get(key(type, about));
    if (incident != null) {
      boolean unused = close(incident);
    }
  }

  /** Returns whether people were told of it, so that they expect to hear of its end. */
  private boolean close(Incident incident) {
    if (!incident.isOpen) {
      return false;
    }
    if (incident.isFresh) {
      fresh.removeIf(alert -> alert.key().equals(incident.key));
    }
    boolean wasTold = incident.isTold;
    incident.isOpen = false;
    incident.isNew = false;
    incident.isFresh = false;
    incident.isTold = false;
    return wasTold;
  }

  /** Notes something that has no end. */
  synchronized void happened(AlertType type, String about, String text, Instant now) {
    Incident incident = find(type, about);
    if (incident != null) {
      incident.text = text;
      tellBegun(incident, now);
    }
  }

  private static String key(AlertType type, String about) {
    return type.code() + " " + about;
  }

  private @Nullable Incident find(AlertType type, String about) {
    if (!types.contains(type)) {
      return null;
    }
    Incident known = incidents.get(key(type, about));
    if (known == null && (UNLIMITED.contains(type) || incidents.size() < MOST)) {
      known = new Incident(type, key(type, about));
      incidents.put(key(type, about), known);
    }
    return known;
  }

  private void tellBegun(Incident incident, Instant now) {
    if (!incident.isNew) {
      incident.since = now;
    }
    incident.isNew = true;
    if (incident.isToTell(now)) {
      add(incident, now);
    }
  }

  private void add(Incident incident, Instant now) {
    incident.isFresh = true;
    add(new Alert(incident.type, incident.key, incident.text, false), now);
  }

  private void add(Alert alert, Instant now) {
    fresh.add(alert);
    freshSince = freshSince == null ? now : freshSince;
  }

  /** Returns the alerts to send now, and counts them as sent. */
  synchronized List<Alert> due(Instant now) {
    incidents
        .values()
        .removeIf(incident -> !incident.isOpen && !incident.isNew && !incident.isRecent(now));
    for (Incident incident : incidents.values()) {
      if (incident.isToTell(now)) {
        add(incident, now);
      }
    }
    if (freshSince == null || !isPast(freshSince, GATHER, now) || !isPast(sent, PAUSE, now)) {
      return List.of();
    }
    List<Alert> due = List.copyOf(fresh);
    fresh.clear();
    freshSince = null;
    if (!due.isEmpty()) {
      sent = now;
    }
    for (Alert alert : due) {
      Incident incident = incidents.get(alert.key());
      if (incident != null && !alert.isOver()) {
        incident.wasTold = incident.isTold;
        incident.wasOpen = incident.isOpen;
        incident.isFresh = false;
        incident.isNew = false;
        incident.isTold = true;
        incident.toldAt = now;
      }
    }
    return due;
  }

  /**
   * Takes back an alert that was due, because another node has claimed one of the same name. If
   * that was about an earlier incident, people are told of this one when the claim has expired.
   */
  synchronized void lost(Alert alert, Instant claimedAt) {
    Incident incident = incidents.get(alert.key());
    if (incident == null || alert.isOver() || !claimedAt.isBefore(incident.since.minus(PAUSE))) {
      return;
    }
    incident.toldAt = claimedAt;
    if (incident.isOpen == incident.wasOpen) {
      incident.isNew = true;
      incident.isTold = incident.wasTold;
    } else if (!incident.wasTold) {
      fresh.removeIf(waiting -> waiting.isOver() && waiting.key().equals(incident.key));
    }
  }
}
