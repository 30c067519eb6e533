package dev.hookferry.internal.problem;

import dev.hookferry.audit.AuditAction;
import dev.hookferry.audit.AuditEntry;
import dev.hookferry.id.EndpointId;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.ProblemNote;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.query.TimeWindow;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.store.AuditLog;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/**
 * Users' notes about the problems of a site: those of the last 90 days that are still in the audit
 * log, at most the newest 100,000. Immutable; a new reading builds on the previous one, so that it
 * costs only one short query.
 */
public final class ProblemNotes {
  private static final Duration MAX_MUTE = Duration.ofDays(90);

  /** How far before the last reading to read again, because the clocks of nodes differ. */
  private static final Duration OVERLAP = Duration.ofMinutes(5);

  private static final int MAX_SITES = 1_000;
  private static final int MAX_PAGES = 200;
  private static final PageRequest MAX = PageRequest.of(PageRequest.MAX_LIMIT);
  private static final Set<AuditAction> ACTIONS =
      Set.of(
          AuditAction.PROBLEM_ACKNOWLEDGED, AuditAction.PROBLEM_MUTED, AuditAction.PROBLEM_UNMUTED);

  private final Map<String, ProblemNote> acknowledged = new HashMap<>();
  private final Map<String, ProblemNote> muted = new HashMap<>();

  private final Instant readAt;

  private ProblemNotes(Instant readAt) {
    this.readAt = readAt;
  }

  /** Cache of the last reading for up to 1,000 sites. Thread-safe. */
  public static final class Readings {
    private final Map<SiteId, ProblemNotes> bySite = new HashMap<>();
    private final Duration kept;
    private final RandomGenerator chance;

    /**
     * Creates an empty cache.
     *
     * @param auditRetention how long the audit log is kept; null means forever
     * @param chance chooses the site to evict when there are too many; must be thread-safe
     */
    public Readings(@Nullable Duration auditRetention, RandomGenerator chance) {
      kept =
          auditRetention != null && auditRetention.compareTo(MAX_MUTE) < 0
              ? auditRetention
              : MAX_MUTE;
      this.chance = chance;
    }

    private synchronized @Nullable ProblemNotes last(SiteId site) {
      return bySite.get(site);
    }

    private synchronized void put(SiteId site, ProblemNotes notes) {
      if (bySite.put(site, notes) == null && bySite.size() > MAX_SITES) {
        // Random eviction, not least recently used: a caller that cycles through all sites would
        // always read that one next.
        List<SiteId> others = bySite.keySet().stream().filter(one -> !one.equals(site)).toList();
        bySite.remove(others.get(chance.nextInt(others.size())));
      }
    }
  }

  /**
   * Reads the notes of a site: all of them at first, later only new ones. Blocks.
   *
   * @param known the earlier readings, to which this one is added
   */
  public static ProblemNotes of(AuditLog log, SiteId site, Instant now, Readings known) {
    ProblemNotes last = known.last(site);
    // A reading from the future was made before the clock was set back.
    ProblemNotes before = last == null || last.readAt.isAfter(now) ? null : last;
    Instant earliest = now.minus(known.kept);
    Instant from = before == null ? earliest : before.readAt.minus(OVERLAP);
    ProblemNotes notes = new ProblemNotes(now);
    notes.read(log, site, from.isBefore(earliest) ? earliest : from);
    if (before != null) {
      addMissing(before.acknowledged, notes.acknowledged, earliest);
      addMissing(before.muted, notes.muted, earliest);
    }
    known.put(site, notes);
    return notes;
  }

  private void read(AuditLog log, SiteId site, Instant from) {
    TimeWindow recent = TimeWindow.ALL.since(from);
    AuditQuery query = AuditQuery.ALL.site(site).actions(ACTIONS).at(recent).page(MAX);
    Page<AuditEntry> page = log.entries(query);
    page.data().forEach(this::add);
    for (int pages = 1; page.next() != null && pages < MAX_PAGES; pages++) {
      page = log.entries(query.after(page.next()));
      page.data().forEach(this::add);
    }
  }

  private static void addMissing(
      Map<String, ProblemNote> older, Map<String, ProblemNote> notes, Instant earliest) {
    older.forEach(
        (about, note) -> {
          if (!note.at().isBefore(earliest)) {
            notes.putIfAbsent(about, note);
          }
        });
  }

  /**
   * Returns the requested end of a mute, truncated to whole seconds.
   *
   * @throws InvalidException if it is not in the future, or is more than 90 days ahead
   */
  public static Instant endOfMute(Instant requested, Instant now) {
    if (!requested.isAfter(now) || requested.isAfter(now.plus(MAX_MUTE))) {
      throw InvalidException.of(
          "until", "must be later than now (" + now + "), by 90 days at the most");
    }
    return requested.truncatedTo(ChronoUnit.SECONDS);
  }

  /** Adds an entry; entries come newest first, and the newest one counts. */
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

  /**
   * Returns the acknowledgement of a cause that was made at or after this time; null if there is
   * none.
   */
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
