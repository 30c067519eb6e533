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
    private boolean isFresh;
    private boolean isTold;
    private Instant toldAt = Instant.MIN;

    private Incident(AlertType type, String key) {
      this.type = type;
      this.key = key;
    }

    /** Returns whether people do not know of it yet, and may be told. */
    private boolean isToTell(Instant now) {
      return !isFresh && !isTold && !toldAt.plus(AGAIN).isAfter(now);
    }
  }

  /** Records that an incident has begun, or continues. */
  synchronized void begun(AlertType type, String about, String text, Instant now) {
    Incident incident = find(type, about);
    if (incident == null || incident.isOpen) {
      return;
    }
    incident.isOpen = true;
    incident.text = text;
    if (fresh.removeIf(alert -> alert.isOver() && alert.key().equals(incident.key))) {
      incident.isTold = true;
    } else if (incident.isToTell(now)) {
      add(incident, now);
    }
  }

  /** Notes that an incident is over; without effect if it was none. */
  synchronized void over(AlertType type, String about, String text, Instant now) {
    Incident incident = incidents.get(key(type, about));
    if (incident == null || !incident.isOpen) {
      return;
    }
    incident.isOpen = false;
    if (incident.isFresh) {
      incident.isFresh = false;
      fresh.removeIf(alert -> alert.key().equals(incident.key));
    } else if (incident.isTold) {
      incident.isTold = false;
      add(new Alert(type, incident.key, text, true), now);
    }
  }

  /** Notes something that has no end. */
  synchronized void happened(AlertType type, String about, String text, Instant now) {
    Incident incident = find(type, about);
    if (incident != null) {
      incident.isTold = false;
      incident.text = text;
      if (incident.isToTell(now)) {
        add(incident, now);
      }
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
    if (known == null && incidents.size() < MOST) {
      known = new Incident(type, key(type, about));
      incidents.put(key(type, about), known);
    }
    return known;
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
    for (Incident incident : incidents.values()) {
      if (incident.isOpen && incident.isToTell(now)) {
        add(incident, now);
      }
    }
    if (freshSince == null
        || now.isBefore(freshSince.plus(GATHER))
        || now.isBefore(sent.plus(PAUSE))) {
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
        incident.isFresh = false;
        incident.isTold = true;
        incident.toldAt = now;
      }
    }
    incidents
        .values()
        .removeIf(
            incident ->
                !incident.isOpen
                    && !incident.isFresh
                    && !incident.toldAt.isAfter(now.minus(AGAIN)));
    return due;
  }
}
