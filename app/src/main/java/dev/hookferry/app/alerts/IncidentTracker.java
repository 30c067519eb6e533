package dev.hookferry.app.alerts;

import dev.hookferry.app.config.AlertType;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Decides which alerts to send and when: one per incident and one for its end, together with others
 * at about the same time, and none for an incident that recurs soon. Thread-safe.
 */
final class IncidentTracker {
  /** How long the first alert of a message waits for others. */
  static final Duration GATHER = Duration.ofSeconds(20);

  /** Minimum time between two messages. */
  static final Duration PAUSE = Duration.ofMinutes(5);

  /** How long after a report a recurrence of the incident is not reported. */
  static final Duration AGAIN = Duration.ofMinutes(30);

  /**
   * Minimum time for which an incident of an earlier run stays open, since a node needs time to
   * notice faults.
   */
  static final Duration SETTLE = Duration.ofMinutes(2);

  private static final int MAX = 1_000;

  /** Maximum number of blocked keys, which are kept for 30 days. */
  private static final int MAX_KEYS = 300;

  /** Types without a maximum: they have few incidents, however many endpoints fail. */
  private static final Set<AlertType> UNLIMITED =
      Set.of(AlertType.STORE_UNAVAILABLE, AlertType.BACKLOG_LATE, AlertType.NODE_FAULT);

  private final Set<AlertType> types;
  private final Map<String, TrackedIncident> incidents = new LinkedHashMap<>();
  private final List<Alert> fresh = new ArrayList<>();
  private @Nullable Instant freshSince;
  private Instant sent = Instant.MIN;

  /**
   * Creates an empty tracker.
   *
   * @param types the kinds of incidents to report
   */
  IncidentTracker(Set<AlertType> types) {
    this.types = Set.copyOf(types);
  }

  /**
   * Returns whether a time span is over. One that begins in the future counts as over, because it
   * began before the clock was set back.
   */
  static boolean isPast(Instant from, Duration span, Instant now) {
    return now.isBefore(from) || !now.isBefore(from.plus(span));
  }

  /** Records that an incident has begun, or continues. */
  synchronized void begun(AlertType type, String about, String text, Instant now) {
    TrackedIncident known = incidents.get(Alert.key(type, about));
    if (known == null || !known.isOpen) {
      reopened(type, about, text, now);
    }
  }

  /** Records that an incident has begun, even if it is open because its end went unnoticed. */
  synchronized void reopened(AlertType type, String about, String text, Instant now) {
    TrackedIncident incident = find(type, about);
    if (incident == null) {
      return;
    }
    boolean isKnown = incident.isOpen && incident.isFromEarlierRun;
    incident.isFromEarlierRun = false;
    incident.isOpen = true;
    incident.text = text;
    if (isKnown) {
      return;
    }
    if (fresh.removeIf(alert -> alert.isOver() && alert.key().equals(incident.key()))) {
      incident.isReported = true;
    } else {
      reportBegin(incident, now);
    }
  }

  /**
   * Records that an incident is over. No effect if there was none, or if it is of an unlimited type
   * and was restored less than {@link #SETTLE} ago: a node cannot know its end so soon, and its
   * callers report the end repeatedly.
   */
  synchronized void over(AlertType type, String about, String text, Instant now) {
    TrackedIncident incident = incidents.get(Alert.key(type, about));
    if (incident == null
        || (UNLIMITED.contains(type) && !isPast(incident.restoredAt, SETTLE, now))) {
      return;
    }
    if (close(incident)) {
      add(new Alert(type, incident.key(), text, true), now);
    }
  }

  /** Ends an incident without reporting its end; no effect if there is none. */
  synchronized void dropped(AlertType type, String about) {
    TrackedIncident incident = incidents.get(Alert.key(type, about));
    if (incident != null) {
      boolean unused = close(incident);
    }
  }

  /** Ends an incident; returns whether its beginning was reported, so that its end must be too. */
  private boolean close(TrackedIncident incident) {
    if (!incident.isOpen) {
      return false;
    }
    if (incident.isFresh) {
      fresh.removeIf(alert -> alert.key().equals(incident.key()));
    }
    return incident.close();
  }

  /** Records an incident that has no end; ignores a blocked key that was reported recently. */
  synchronized void happened(AlertType type, String about, String text, Instant now) {
    TrackedIncident incident = find(type, about);
    if (incident == null || (type == AlertType.KEY_BLOCKED && incident.isRecent(now))) {
      return;
    }
    incident.text = text;
    reportBegin(incident, now);
  }

  private @Nullable TrackedIncident find(AlertType type, String about) {
    if (!types.contains(type)) {
      return null;
    }
    TrackedIncident known = incidents.get(Alert.key(type, about));
    if (known == null && hasRoom(type)) {
      known = new TrackedIncident(type, about);
      incidents.put(Alert.key(type, about), known);
    }
    return known;
  }

  private boolean hasRoom(AlertType type) {
    if (type == AlertType.KEY_BLOCKED) {
      List<TrackedIncident> keys =
          incidents.values().stream().filter(one -> one.type == type).toList();
      Optional<TrackedIncident> reported = keys.stream().filter(one -> !one.isNew).findFirst();
      if (keys.size() >= MAX_KEYS && reported.isPresent()) {
        incidents.remove(reported.get().key());
      } else if (keys.size() >= MAX_KEYS) {
        return false;
      }
    }
    return UNLIMITED.contains(type) || incidents.size() < MAX;
  }

  private void reportBegin(TrackedIncident incident, Instant now) {
    if (!incident.isNew) {
      incident.since = now;
    }
    incident.isNew = true;
    if (incident.isReportDue(now)) {
      add(incident, now);
    }
  }

  private void add(TrackedIncident incident, Instant now) {
    incident.isFresh = true;
    add(new Alert(incident.type, incident.key(), incident.text, false), now);
  }

  private void add(Alert alert, Instant now) {
    fresh.add(alert);
    freshSince = freshSince == null ? now : freshSince;
  }

  /** Returns the alerts to send now, and marks them as sent. */
  synchronized List<Alert> due(Instant now) {
    Set<String> ending = ending();
    incidents.values().removeIf(one -> one.isForgettable(now) && !ending.contains(one.key()));
    for (TrackedIncident incident : incidents.values()) {
      if (incident.isReportDue(now)) {
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
      TrackedIncident incident = incidents.get(alert.key());
      if (incident != null && !alert.isOver()) {
        incident.reported(now);
      }
    }
    return due;
  }

  /**
   * Records that another node had already claimed a due alert. If that claim was for an earlier
   * incident of the same name, this incident is reported once the claim has expired.
   */
  synchronized void lost(Alert alert, Instant claimedAt) {
    TrackedIncident incident = incidents.get(alert.key());
    if (incident == null || alert.isOver() || !claimedAt.isBefore(incident.since.minus(PAUSE))) {
      return;
    }
    incident.reportedAt = claimedAt;
    if (incident.isOpen == incident.wasOpen) {
      // A key that is blocked again is another incident, because its name contains the time.
      incident.isNew = incident.type != AlertType.KEY_BLOCKED;
      incident.isReported = incident.wasReported;
    } else if (!incident.wasReported) {
      fresh.removeIf(waiting -> waiting.isOver() && waiting.key().equals(incident.key()));
    }
  }

  /** Returns the incidents that later runs need; one whose end is unreported counts as open. */
  synchronized List<ReportedIncident> reported(Instant now) {
    Set<String> ending = ending();
    List<ReportedIncident> reported = new ArrayList<>();
    for (TrackedIncident one : incidents.values()) {
      boolean isOpen = (one.isOpen && one.isReported) || ending.contains(one.key());
      if (isOpen || one.isRecent(now)) {
        reported.add(new ReportedIncident(one.type, one.about, one.reportedAt, isOpen));
      }
    }
    return reported;
  }

  private Set<String> ending() {
    return fresh.stream().filter(Alert::isOver).map(Alert::key).collect(Collectors.toSet());
  }

  /** Restores the incidents reported by earlier runs or other nodes. */
  synchronized void restore(List<ReportedIncident> reported, Instant now) {
    for (ReportedIncident earlier : reported) {
      boolean isUnknown = !incidents.containsKey(Alert.key(earlier.type(), earlier.about()));
      TrackedIncident incident = find(earlier.type(), earlier.about());
      if (incident == null || (incident.isReported && incident.isOpen)) {
        continue;
      }
      if (incident.isFresh) {
        fresh.removeIf(alert -> alert.key().equals(incident.key()));
      }
      incident.isFresh = false;
      incident.reportedAt = earlier.reportedAt();
      incident.restoredAt = now;
      if (earlier.isOpen()) {
        incident.isNew = false;
        incident.isOpen = true;
        incident.isReported = true;
        incident.isFromEarlierRun = isUnknown;
      } else if (earlier.type() == AlertType.KEY_BLOCKED) {
        incident.isNew = false;
      }
    }
  }
}
