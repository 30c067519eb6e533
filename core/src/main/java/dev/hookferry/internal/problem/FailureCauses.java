package dev.hookferry.internal.problem;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.observe.EndpointProblem.Failures;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/**
 * The failed attempts of an endpoint since its last success, by cause, of this process and of
 * others. Not thread-safe.
 */
final class FailureCauses {
  /** Causes that are kept apart; the one that occurred longest ago is dropped. */
  private static final int MOST = 4;

  /** Other processes, including earlier ones; the one that was heard longest ago is dropped. */
  private static final int MOST_OTHERS = 32;

  private static final String SUCCESS = "ok=";
  private static final String CAUSE = "c=";

  private final Map<UUID, FailureCauses> others = new HashMap<>(0);
  private final Map<String, Failures> causes = new LinkedHashMap<>(0);
  private Instant success = Instant.EPOCH;
  private Instant newest = Instant.EPOCH;
  private boolean everFailed;

  void attempted(Outcome outcome, Instant at) {
    newest = at;
    if (outcome.isSuccess()) {
      success = at;
      causes.clear();
      return;
    }
    add(FailureTracker.code(outcome), new Failures(at, at, 1));
  }

  private void add(String code, Failures failures) {
    everFailed = true;
    causes.merge(code, failures, Failures::and);
    if (causes.size() > MOST) {
      causes.entrySet().stream()
          .min(Map.Entry.comparingByValue(Comparator.comparing(Failures::last)))
          .ifPresent(oldest -> causes.remove(oldest.getKey()));
    }
  }

  /** Returns the causes since the last success that any process has seen, the newest first. */
  List<FailureTracker.Cause> current() {
    Instant last = success;
    for (FailureCauses other : others.values()) {
      last = other.success.isAfter(last) ? other.success : last;
    }
    FailureCauses all = new FailureCauses();
    List<FailureCauses> sources = new ArrayList<>(others.values());
    sources.add(this);
    for (FailureCauses source : sources) {
      for (Map.Entry<String, Failures> cause : source.causes.entrySet()) {
        if (cause.getValue().last().isAfter(last)) {
          all.add(cause.getKey(), cause.getValue());
        }
      }
    }
    return all.causes.entrySet().stream()
        .map(cause -> new FailureTracker.Cause(cause.getKey(), cause.getValue()))
        .sorted(
            Comparator.comparing((FailureTracker.Cause cause) -> cause.failures().last())
                .reversed())
        .toList();
  }

  /** Returns the time of the newest attempt of this process. */
  Instant newest() {
    return newest;
  }

  /**
   * Returns whether other processes need to know of this one: it has seen failures, or they have,
   * which a success here ends.
   */
  boolean isWorthTelling() {
    return everFailed || !others.isEmpty();
  }

  /** Returns the findings of this process as a text that {@link #put} reads. */
  String text() {
    StringBuilder text = new StringBuilder(SUCCESS).append(success.toEpochMilli());
    causes.forEach(
        (code, failures) ->
            text.append('&')
                .append(CAUSE)
                .append(code)
                .append('.')
                .append(failures.since().toEpochMilli())
                .append('.')
                .append(failures.last().toEpochMilli())
                .append('.')
                .append(failures.count()));
    return text.toString();
  }

  /**
   * Takes the text of another process.
   *
   * @throws RuntimeException if it is malformed
   */
  void put(UUID writer, Instant at, String text) {
    FailureCauses told = new FailureCauses();
    told.newest = at;
    for (String part : text.split("&", -1)) {
      if (part.startsWith(SUCCESS)) {
        told.success = time(part.substring(SUCCESS.length()));
      } else if (part.startsWith(CAUSE)) {
        String[] of = part.substring(CAUSE.length()).split("\\.", -1);
        told.add(of[0], new Failures(time(of[1]), time(of[2]), Integer.parseInt(of[3])));
      }
    }
    others.merge(writer, told, (old, fresh) -> fresh.newest.isBefore(old.newest) ? old : fresh);
    if (others.size() > MOST_OTHERS) {
      others.values().remove(Collections.min(others.values(), Comparator.comparing(o -> o.newest)));
    }
  }

  private static Instant time(String millis) {
    return Instant.ofEpochMilli(Long.parseLong(millis));
  }
}
