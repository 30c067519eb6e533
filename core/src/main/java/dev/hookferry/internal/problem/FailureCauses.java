package dev.hookferry.internal.problem;

import static java.util.Comparator.naturalOrder;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.observe.EndpointProblem.Failures;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The failed attempts of an endpoint since its last success, by cause, as seen by this process and
 * by others. Not thread-safe.
 */
final class FailureCauses {
  /** Maximum number of separate causes; the least recent ones are merged into a sum. */
  private static final int MAX = 4;

  /**
   * Maximum number of other processes, including earlier ones; those heard from least recently are
   * merged into a sum.
   */
  private static final int MAX_OTHERS = 32;

  /**
   * Findings further in the future come from a clock that was ahead. Attempts are counted when they
   * end, so one that began this long before the newest means that the clock was set back.
   */
  private static final Duration CLOCK_TOLERANCE = Duration.ofHours(1);

  private static final String SUCCESS = "ok=";
  private static final String CAUSE = "c=";
  private static final String DROPPED = "d=";

  private final Map<UUID, FailureCauses> others = new HashMap<>(0);
  private final Map<String, Failures> causes = new LinkedHashMap<>(0);

  /** The sum of dropped causes that blame the receiver; null if none. */
  private @Nullable Failures dropped;

  /** The sum of dropped processes; null if none. */
  private @Nullable FailureCauses gone;

  private Instant success = Instant.EPOCH;
  private Instant newest = Instant.EPOCH;
  private boolean everFailed;

  /** The cached result of {@link #current}; null after a change. */
  private FailureTracker.@Nullable CurrentFailures known;

  void attempted(Outcome outcome, Instant at) {
    known = null;
    if (at.isBefore(newest.minus(CLOCK_TOLERANCE))) {
      forgetLater(at);
    }
    // Attempts may end out of order: a slow success does not end failures that started later.
    newest = at.isAfter(newest) ? at : newest;
    if (outcome.isSuccess()) {
      success = at.isAfter(success) ? at : success;
      endBefore(success);
      return;
    }
    endBefore(lastSuccess());
    add(FailureTracker.code(outcome), new Failures(at, at, 1));
  }

  /**
   * Discards findings from a clock that was ahead. A success from such a clock has ended the
   * earlier failures, but would also end all failures to come.
   */
  private void forgetLater(Instant at) {
    newest = at;
    success = success.isBefore(at) ? success : at.minusMillis(1);
    causes.values().removeIf(failures -> failures.last().isAfter(at));
    dropped = dropped != null && dropped.last().isAfter(at) ? null : dropped;
    others.values().removeIf(other -> other.isAhead(at));
    gone = gone != null && gone.success.isAfter(at) ? null : gone;
  }

  /** Returns whether it has findings from a clock that was ahead of this time. */
  private boolean isAhead(Instant now) {
    Instant latest = now.plus(CLOCK_TOLERANCE);
    return success.isAfter(latest)
        || Stream.concat(causes.values().stream(), Stream.ofNullable(dropped))
            .anyMatch(failures -> failures.last().isAfter(latest));
  }

  /** Ends all failures, like a success at this time. */
  void reset(Instant at) {
    known = null;
    newest = at.isAfter(newest) ? at : newest;
    success = at.isAfter(success) ? at : success;
    endBefore(success);
  }

  /** Returns the time of the last success that any process has seen. */
  private Instant lastSuccess() {
    Stream<Instant> ofOthers =
        Stream.concat(others.values().stream(), Stream.ofNullable(gone))
            .map(source -> source.success);
    return Stream.concat(Stream.of(success), ofOthers).max(naturalOrder()).orElseThrow();
  }

  /** Removes the failures that a success has ended, so that the next one begins a new run. */
  private void endBefore(Instant end) {
    if (!causes.isEmpty()) {
      causes.values().removeIf(failures -> !failures.last().isAfter(end));
    }
    if (dropped != null && !dropped.last().isAfter(end)) {
      dropped = null;
    }
  }

  private void add(String code, Failures failures) {
    everFailed = true;
    causes.merge(code, failures, Failures::and);
    if (causes.size() > MAX) {
      causes.entrySet().stream()
          .min(Map.Entry.comparingByValue(Comparator.comparing(Failures::last)))
          .ifPresent(oldest -> drop(oldest.getKey(), oldest.getValue()));
    }
  }

  private void drop(String code, Failures failures) {
    causes.remove(code);
    if (new FailureTracker.Cause(code, failures).isReceiverFault()) {
      addDropped(failures);
    }
  }

  private void addDropped(Failures failures) {
    everFailed = true;
    dropped = dropped == null ? failures : dropped.and(failures);
  }

  /** Adds the failures that another process has seen, unless a success has ended them. */
  private void add(FailureCauses other, Instant lastSuccess) {
    other.causes.forEach(
        (code, failures) -> {
          if (failures.last().isAfter(lastSuccess)) {
            add(code, after(lastSuccess, failures));
          }
        });
    Failures more = other.dropped;
    if (more != null && more.last().isAfter(lastSuccess)) {
      addDropped(after(lastSuccess, more));
    }
  }

  /**
   * Returns a run of failures, shortened to begin at a success that its process learned of too
   * late. The count is kept: how many of the failures came after the success is unknown.
   */
  private static Failures after(Instant success, Failures run) {
    return run.since().isAfter(success) ? run : new Failures(success, run.last(), run.count());
  }

  /** Returns whether there may be failures; cheap. */
  boolean mayFail() {
    return !causes.isEmpty() || dropped != null || gone != null || !others.isEmpty();
  }

  /** Returns the failures since the last success that any process has seen. */
  FailureTracker.CurrentFailures current() {
    FailureTracker.CurrentFailures current = known;
    if (current == null) {
      current = sum();
      known = current;
    }
    return current;
  }

  private FailureTracker.CurrentFailures sum() {
    List<FailureCauses> sources = new ArrayList<>(others.values());
    sources.add(this);
    if (gone != null) {
      sources.add(gone);
    }
    Instant last = lastSuccess();
    FailureCauses all = new FailureCauses();
    sources.forEach(source -> all.add(source, last));
    List<FailureTracker.Cause> newestFirst =
        all.causes.entrySet().stream()
            .map(cause -> new FailureTracker.Cause(cause.getKey(), cause.getValue()))
            .sorted(
                Comparator.comparing((FailureTracker.Cause cause) -> cause.failures().last())
                    .reversed())
            .toList();
    Stream<Failures> ofReceiver =
        newestFirst.stream()
            .filter(FailureTracker.Cause::isReceiverFault)
            .map(FailureTracker.Cause::failures);
    return new FailureTracker.CurrentFailures(
        newestFirst,
        Stream.concat(ofReceiver, Stream.ofNullable(all.dropped)).reduce(Failures::and));
  }

  /** Returns the time of the newest attempt of this process, or of a later reset. */
  Instant newest() {
    return newest;
  }

  /**
   * Returns whether other processes need this state: it has seen failures, or others have, which a
   * success here may end.
   */
  boolean isWorthSharing() {
    return everFailed || !others.isEmpty();
  }

  /** Returns the findings of this process as a string that {@link #put} reads. */
  String text() {
    StringBuilder text = new StringBuilder(SUCCESS).append(success.toEpochMilli());
    causes.forEach((code, failures) -> write(text, CAUSE + code, failures));
    if (dropped != null) {
      write(text, DROPPED, dropped);
    }
    return text.toString();
  }

  private static void write(StringBuilder text, String name, Failures failures) {
    text.append('&')
        .append(name)
        .append('.')
        .append(failures.since().toEpochMilli())
        .append('.')
        .append(failures.last().toEpochMilli())
        .append('.')
        .append(failures.count());
  }

  /**
   * Adds the findings of another process, unless its clock was ahead.
   *
   * @param at the day of that process's newest attempt
   * @throws RuntimeException if the text is malformed
   */
  void put(UUID writer, Instant at, String text, Instant now) {
    known = null;
    FailureCauses findings = new FailureCauses();
    findings.newest = at;
    for (String part : text.split("&", -1)) {
      if (part.startsWith(SUCCESS)) {
        findings.success = time(part.substring(SUCCESS.length()));
      } else if (part.startsWith(CAUSE)) {
        String[] of = part.substring(CAUSE.length()).split("\\.", -1);
        findings.add(of[0], failures(of));
      } else if (part.startsWith(DROPPED)) {
        findings.addDropped(failures(part.split("\\.", -1)));
      }
    }
    if (findings.isAhead(now)) {
      return;
    }
    others.merge(writer, findings, (old, fresh) -> fresh.newest.isBefore(old.newest) ? old : fresh);
    if (others.size() > MAX_OTHERS) {
      forget(Collections.min(others.values(), Comparator.comparing(other -> other.newest)));
    }
  }

  private void forget(FailureCauses oldest) {
    others.values().remove(oldest);
    FailureCauses sum = new FailureCauses();
    FailureCauses before = gone == null ? sum : gone;
    sum.success = oldest.success.isAfter(before.success) ? oldest.success : before.success;
    sum.add(before, sum.success);
    sum.add(oldest, sum.success);
    gone = sum;
  }

  private static Failures failures(String[] parts) {
    return new Failures(time(parts[1]), time(parts[2]), Integer.parseInt(parts[3]));
  }

  private static Instant time(String millis) {
    return Instant.ofEpochMilli(Long.parseLong(millis));
  }
}
