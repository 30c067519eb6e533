package dev.hookferry.http.console.problems;

import dev.hookferry.Webhooks;
import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** People's notes on the problems of a site: the newest notes in the audit log. Immutable. */
final class ProblemNotes {
  private static final Duration LONGEST = Duration.ofDays(90);
  private static final PageRequest MOST = PageRequest.of(PageRequest.MAX_LIMIT);
  private static final Set<AuditAction> ACTIONS =
      Set.of(
          AuditAction.PROBLEM_ACKNOWLEDGED, AuditAction.PROBLEM_MUTED, AuditAction.PROBLEM_UNMUTED);

  private final Map<String, Note> acknowledged = new HashMap<>();
  private final Map<String, Note> muted = new HashMap<>();

  /**
   * A note.
   *
   * @param until the end of a mute; null for an acknowledgement
   */
  record Note(String by, Instant at, @Nullable Instant until) {}

  private ProblemNotes() {}

  /** Reads the notes of a site, with one query. */
  static ProblemNotes of(Webhooks webhooks, SiteId site, Instant now) {
    ProblemNotes notes = new ProblemNotes();
    TimeWindow recent = TimeWindow.ALL.since(now.minus(LONGEST));
    AuditQuery query = AuditQuery.ALL.site(site).actions(ACTIONS).at(recent).page(MOST);
    webhooks.audit().list(query).data().forEach(notes::add);
    return notes;
  }

  /** Adds an entry; they come newest first, and the newest counts. */
  private void add(AuditEntry entry) {
    String value = entry.changes().isEmpty() ? null : entry.changes().get(0).after();
    if (entry.action() == AuditAction.PROBLEM_ACKNOWLEDGED) {
      Note note = new Note(entry.actor().name(), entry.at(), null);
      acknowledged.putIfAbsent(entry.target() + " " + value, note);
    } else {
      muted.putIfAbsent(entry.target(), new Note(entry.actor().name(), entry.at(), time(value)));
    }
  }

  private static @Nullable Instant time(@Nullable String text) {
    try {
      return text == null ? null : Instant.parse(text);
    } catch (DateTimeException e) {
      return null;
    }
  }

  /** Returns who knows of a cause that has been there since this time; null if nobody. */
  @Nullable Note acknowledgement(String endpoint, String cause, Instant since) {
    Note note = acknowledged.get(endpoint + " " + cause);
    return note == null || note.at().isBefore(since) ? null : note;
  }

  /** Returns the mute of an endpoint that has not ended; null if there is none. */
  @Nullable Note mute(String endpoint, Instant now) {
    Note note = muted.get(endpoint);
    return note == null || note.until() == null || !note.until().isAfter(now) ? null : note;
  }
}
