package dev.hookferry.http.console.undo;

import dev.hookferry.audit.AuditEntry;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * A change to undo, found by the time in the path. One change may have several audit log entries
 * with nearly the same time.
 *
 * @param entry the entry of that time
 * @param near the entries within a second of it, including it
 */
public record UndoableChange(AuditEntry entry, List<AuditEntry> near) {
  private static final Duration AROUND = Duration.ofSeconds(1);

  /**
   * Finds a change; empty if there is none. Blocks while the audit log is read.
   *
   * @param among the entries to search
   * @param time the time as the path has it; text that is not a time finds nothing
   * @param isPossible whether an entry can be undone
   */
  public static Optional<UndoableChange> find(
      Visit visit, AuditQuery among, String time, Predicate<AuditEntry> isPossible) {
    Instant at;
    try {
      at = Instant.parse(time);
    } catch (DateTimeException e) {
      return Optional.empty();
    }
    TimeWindow around = TimeWindow.ALL.since(at.minus(AROUND)).until(at.plus(AROUND));
    AuditQuery query = among.at(around).limit(PageRequest.MAX_LIMIT);
    List<AuditEntry> near = visit.webhooks().audit().list(query).data();
    return near.stream()
        .filter(one -> one.at().equals(at) && isPossible.test(one))
        .findFirst()
        .map(entry -> new UndoableChange(entry, near));
  }
}
