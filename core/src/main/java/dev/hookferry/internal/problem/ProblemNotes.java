package dev.hookferry.internal.problem;

import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.ProblemNote;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.store.AuditLog;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The notes of people about the problems of a site: the newest ones in the audit log. Immutable.
 */
public final class ProblemNotes {
  /** The longest mute. */
  public static final Duration LONGEST_MUTE = Duration.ofDays(90);

  private static final PageRequest MOST = PageRequest.of(PageRequest.MAX_LIMIT);
  private static final Set<AuditAction> ACTIONS =
      Set.of(
          AuditAction.PROBLEM_ACKNOWLEDGED, AuditAction.PROBLEM_MUTED, AuditAction.PROBLEM_UNMUTED);

  private final Map<String, ProblemNote> acknowledged = new HashMap<>();
  private final Map<String, ProblemNote> muted = new HashMap<>();

  private ProblemNotes() {}

  /** Reads the notes of a site, with one query. Blocks. */
  public static ProblemNotes of(AuditLog log, SiteId site, Instant now) {
    ProblemNotes notes = new ProblemNotes();
    TimeWindow recent = TimeWindow.ALL.since(now.minus(LONGEST_MUTE));
    log.entries(AuditQuery.ALL.site(site).actions(ACTIONS).at(recent).page(MOST))
        .data()
        .forEach(notes::add);
    return notes;
  }

  /** Adds an entry; they come newest first, and the newest counts. */
  private void add(AuditEntry entry) {
    String value = entry.changes().isEmpty() ? null : entry.changes().get(0).after();
    if (entry.action() == AuditAction.PROBLEM_ACKNOWLEDGED) {
      ProblemNote note = new ProblemNote(entry.actor().name(), entry.at(), null);
      acknowledged.putIfAbsent(entry.target() + " " + value, note);
    } else {
      ProblemNote note = new ProblemNote(entry.actor().name(), entry.at(), time(value));
      muted.putIfAbsent(entry.target(), note);
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
  public @Nullable ProblemNote acknowledgement(EndpointId endpoint, String cause, Instant since) {
    ProblemNote note = acknowledged.get(endpoint + " " + cause);
    return note == null || note.at().isBefore(since) ? null : note;
  }

  /** Returns the mute of an endpoint that has not ended; null if there is none. */
  public @Nullable ProblemNote mute(EndpointId endpoint, Instant now) {
    ProblemNote note = muted.get(endpoint.toString());
    return note == null || note.until() == null || !note.until().isAfter(now) ? null : note;
  }
}
