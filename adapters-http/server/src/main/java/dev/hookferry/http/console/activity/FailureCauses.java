package dev.hookferry.http.console.activity;

import dev.hookferry.delivery.Outcome;
import dev.hookferry.http.console.text.FormValues;
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

  private final Map<UUID, FailureCauses> others = new HashMap<>();
  private final Map<String, Cause> causes = new LinkedHashMap<>();
  private Instant success = Instant.EPOCH;
  private Instant newest = Instant.EPOCH;

  /**
   * A cause with its attempts.
   *
   * @param code the status code, or the code of the outcome
   * @param since time of the first attempt
   * @param last time of the newest attempt
   */
  record Cause(String code, Instant since, Instant last, int count) {
    Cause and(Cause other) {
      return new Cause(
          code,
          since.isBefore(other.since) ? since : other.since,
          last.isAfter(other.last) ? last : other.last,
          count + other.count);
    }
  }

  void attempted(Outcome outcome, Instant at) {
    newest = at;
    if (outcome.isSuccess()) {
      success = at;
      causes.clear();
      return;
    }
    String code = outcome.statusCode() == 0 ? outcome.kind().code() : "" + outcome.statusCode();
    add(new Cause(code, at, at, 1));
  }

  private void add(Cause cause) {
    causes.merge(cause.code(), cause, Cause::and);
    if (causes.size() > MOST) {
      causes.values().stream()
          .min(Comparator.comparing(Cause::last))
          .ifPresent(oldest -> causes.remove(oldest.code()));
    }
  }

  /** Returns the causes since the last success that any process has seen, the newest first. */
  List<Cause> current() {
    Instant last = success;
    for (FailureCauses other : others.values()) {
      last = other.success.isAfter(last) ? other.success : last;
    }
    FailureCauses all = new FailureCauses();
    List<FailureCauses> sources = new ArrayList<>(others.values());
    sources.add(this);
    for (FailureCauses source : sources) {
      for (Cause cause : source.causes.values()) {
        if (cause.last().isAfter(last)) {
          all.add(cause);
        }
      }
    }
    return all.causes.values().stream()
        .sorted(Comparator.comparing(Cause::last).reversed())
        .toList();
  }

  /** Returns the time of the newest attempt of this process. */
  Instant newest() {
    return newest;
  }

  /** Returns what this process has seen, in form encoding. */
  String text() {
    StringBuilder text = new StringBuilder("ok=" + success.toEpochMilli());
    causes
        .values()
        .forEach(
            cause ->
                text.append("&c=")
                    .append(cause.code())
                    .append('.')
                    .append(cause.since().toEpochMilli())
                    .append('.')
                    .append(cause.last().toEpochMilli())
                    .append('.')
                    .append(cause.count()));
    return text.toString();
  }

  /** Takes what another process wrote by {@link #text}. */
  void put(UUID writer, Instant at, FormValues text) {
    FailureCauses told = new FailureCauses();
    told.newest = at;
    told.success = time(text.text("ok"));
    for (String cause : text.texts("c")) {
      String[] parts = cause.split("\\.", -1);
      told.add(new Cause(parts[0], time(parts[1]), time(parts[2]), Integer.parseInt(parts[3])));
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
