package dev.hookferry.http.console.deliveries;

import dev.hookferry.Deliveries;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.OutcomeKind;
import dev.hookferry.http.console.frame.FieldErrors;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.list.WindowDeliveries;
import dev.hookferry.http.words.NumberText;
import dev.hookferry.http.words.OutcomeAdvice;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.query.PageRequest;
import dev.hookferry.replay.ReplayJob;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The latest attempts of a replay's deliveries since it started.
 *
 * @param delivered number of successful ones
 * @param failed number of failed ones
 * @param open number of deliveries that were scheduled but not attempted yet
 * @param causes the causes of the failures, such as {@code 500} or {@code timeout}, the most
 *     frequent first
 */
public record ReplayOutcomes(int delivered, int failed, long open, List<String> causes) {
  /** Maximum number of replays in a list for which outcomes are read. */
  private static final int MAX_IN_LIST = 3;

  /** Maximum total number of deliveries of these replays, so that the list stays fast. */
  private static final int MAX_SENT_IN_LIST = 500;

  public ReplayOutcomes {
    causes = List.copyOf(causes);
  }

  /** Returns the outcomes of the newest replays by id, with at most six queries. */
  static Map<String, ReplayOutcomes> ofNewest(
      List<ReplayJob> newestFirst, Deliveries deliveries, Instant now) {
    Map<String, ReplayOutcomes> outcomes = new HashMap<>();
    int read = 0;
    long deliveriesRead = 0;
    for (ReplayJob job : newestFirst) {
      long sent = job.progress().sent();
      if (sent == 0 || deliveriesRead + sent > MAX_SENT_IN_LIST) {
        continue;
      }
      WindowDeliveries window = WindowDeliveries.read(job, deliveries, MAX_SENT_IN_LIST);
      ReplayOutcomes found = of(job, window, deliveries, now);
      if (found != null) {
        outcomes.put(job.id().toString(), found);
      }
      deliveriesRead += sent;
      if (++read == MAX_IN_LIST) {
        break;
      }
    }
    return outcomes;
  }

  /**
   * Counts the outcomes of a replay. Returns null if they cannot be determined: the window has more
   * deliveries than were read, it cannot be searched, or other deliveries in it were attempted
   * meanwhile.
   */
  static @Nullable ReplayOutcomes of(
      ReplayJob job, WindowDeliveries window, Deliveries deliveries, Instant now) {
    if (window.more() || !window.isSearchable()) {
      return null;
    }
    Collection<Attempt> since =
        lastAttempts(job, window.all(), deliveries).stream()
            .filter(attempt -> !attempt.startedAt().isBefore(job.startedAt()))
            .toList();
    Map<String, Long> failures =
        since.stream()
            .map(Attempt::outcome)
            .filter(outcome -> !outcome.isSuccess())
            .collect(Collectors.groupingBy(ReplayOutcomes::cause, Collectors.counting()));
    int failed = failures.values().stream().mapToInt(Long::intValue).sum();
    long open = job.progress().sent() - since.size();
    Set<DeliveryId> attempted = since.stream().map(Attempt::delivery).collect(Collectors.toSet());
    long waiting =
        window.all().stream()
            .filter(delivery -> !attempted.contains(delivery.id()) && isDue(delivery, job, now))
            .count();
    // If more are due than the replay can have left, some attempts were not caused by it.
    return open < waiting
        ? null
        : new ReplayOutcomes(since.size() - failed, failed, open, byNumber(failures));
  }

  /**
   * Returns whether the replay may have scheduled a delivery. A replay makes its deliveries due
   * immediately, so it did not schedule those due before it started or after it ended.
   */
  private static boolean isDue(Delivery delivery, ReplayJob job, Instant now) {
    Instant due = delivery.dueAt();
    Instant end = job.endedAt() == null ? now : job.endedAt();
    boolean isPending = delivery.state() == DeliveryState.PENDING;
    return !delivery.state().isFinal()
        && !due.isBefore(job.startedAt())
        && !(isPending && due.isAfter(end));
  }

  /** Returns the cause of a failure: the HTTP status or the kind of outcome. */
  static String cause(Outcome outcome) {
    return outcome.statusCode() == 0
        ? outcome.kind().code()
        : Integer.toString(outcome.statusCode());
  }

  /** Returns causes, the most frequent first. */
  static List<String> byNumber(Map<String, Long> failures) {
    return failures.entrySet().stream()
        .sorted(
            Map.Entry.<String, Long>comparingByValue()
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Returns the last attempt of each delivery, with one query per 500 deliveries. */
  static List<Attempt> lastAttempts(ReplayJob job, List<Delivery> all, Deliveries deliveries) {
    List<Attempt> last = new ArrayList<>();
    for (int from = 0; from < all.size(); from += PageRequest.MAX_LIMIT) {
      Set<DeliveryId> part =
          all.subList(from, Math.min(all.size(), from + PageRequest.MAX_LIMIT)).stream()
              .map(Delivery::id)
              .collect(Collectors.toSet());
      last.addAll(deliveries.lastAttempts(job.site(), part).values());
    }
    return last;
  }

  /** Returns the counts, such as {@code 0 delivered, 16 failed}. */
  public String text() {
    return NumberText.of(delivered)
        + " delivered, "
        + NumberText.of(failed)
        + " failed"
        + (open == 0 ? "" : ", " + NumberText.of(open) + " not attempted yet");
  }

  /**
   * Returns the failures' most frequent cause, with advice, such as {@code Most often HTTP 500. The
   * receiver …}; empty if nothing failed.
   */
  public String failures() {
    if (causes.isEmpty()) {
      return "";
    }
    return (FieldErrors.sentence(mostFrequentText(causes))
            + " "
            + OutcomeAdvice.ofCause(causes.get(0)))
        .strip();
  }

  /** Returns the most frequent cause as text, such as {@code most often HTTP 401}. */
  static String mostFrequentText(List<String> causes) {
    String most = causes.get(0);
    String words =
        OutcomeKind.fromCode(most).map(kind -> StatePill.of(kind).word()).orElse("HTTP " + most);
    return causes.size() > 1 ? "most often " + words : words;
  }

  /** Returns whether everything scheduled has been attempted. */
  boolean isKnown() {
    return open == 0 && delivered + failed > 0;
  }

  /**
   * Returns the result, such as {@code All 48 failed again}.
   *
   * @param again whether all deliveries had failed before
   */
  String title(boolean again) {
    int all = delivered + failed;
    String which = all == 1 ? "The delivery" : "All " + NumberText.of(all);
    if (failed == 0) {
      return all == 1 ? "Delivered" : which + " delivered";
    }
    String result = delivered == 0 ? which : NumberText.of(failed) + " of " + NumberText.of(all);
    return result + " failed" + (again ? " again" : "");
  }

  /**
   * Returns the state of a replay with these outcomes. If it has ended, the state is its result.
   */
  public StatePill pill(ReplayRow row) {
    if (row.isFinal() && failed > 0) {
      String word = delivered + open == 0 ? "all failed" : NumberText.of(failed) + " failed";
      return new StatePill("bad", word, StatePill.CROSS);
    }
    return row.isFinished() && isKnown()
        ? new StatePill("good", "delivered", StatePill.TICK)
        : row.pill();
  }

  /** Returns the CSS class of the text. */
  public String tone() {
    if (failed > 0) {
      return "bad-text";
    }
    return delivered > 0 && open == 0 ? "good-text" : "";
  }
}
