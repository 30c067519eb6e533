package dev.hookferry.http.console.portal.deliveries;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.list.MatchCount;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.EndpointId;
import dev.hookferry.portal.PortalAccess;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A page that asks which deliveries matching a filter to retry. By default, failed ones are
 * retried, and others only if nothing failed. Endpoints that do not work are initially unticked,
 * because they would probably fail again. If the only endpoint fails, a test comes first.
 *
 * @param title the question
 * @param unticked why no endpoint is ticked; empty if one is, or if there is only one
 * @param parts the matching deliveries, by kind
 * @param lines the matching deliveries, by endpoint; empty if there is only one
 * @param held a remark about the only endpoint
 * @param untested the id of the only endpoint if it still fails, so that a test comes first; empty
 *     otherwise
 * @param chosen the number that are retried by default
 * @param warning how many requests that causes, and how the endpoint must handle them
 * @param back where the visitor came from
 */
public record RetryReview(
    String title,
    String unticked,
    List<Part> parts,
    List<Line> lines,
    Concern held,
    String untested,
    int chosen,
    Warning warning,
    RetryOrigin back) {
  /**
   * A remark about an endpoint, for a visitor who is about to send deliveries to it again.
   *
   * @param text that deliveries are held, will probably fail again or take long, or that the
   *     endpoint works again; empty if there is nothing to report
   * @param isGood whether it works again
   * @param isFailing whether its attempts fail
   * @param isLimited whether nothing is sent to it until the time in the text
   */
  public record Concern(TimedText text, boolean isGood, boolean isFailing, boolean isLimited) {
    /** The text about an endpoint whose attempts fail. */
    public static final String FAILING = "retry.failing";

    /** None. */
    public static final Concern NONE = of("");

    /** Returns a reason not to send to the endpoint. */
    public static Concern of(String text) {
      return new Concern(TimedText.of(text), false, false, false);
    }

    /**
     * Returns the remark that an endpoint fails, unless its newest attempt, such as a test,
     * arrived.
     *
     * @param key the text key of the remark
     * @param last the newest attempt; null if unknown
     */
    public static Concern of(String key, @Nullable Attempt last, Words words, Instant now) {
      if (last != null && last.outcome().isSuccess()) {
        String ago = words.clockAgo(last.startedAt(), now).span();
        return new Concern(TimedText.of(words.text("retry.tested", ago)), true, false, false);
      }
      String cause =
          last != null && NewestFailure.isTheirs(last)
              ? new TranslatedReasons(words, now).cause(last)
              : "";
      String tail = cause.isEmpty() ? "" : words.text("notice.cause", cause);
      return new Concern(TimedText.of(words.text(key, tail)), false, key.equals(FAILING), false);
    }

    /** Returns the remark that nothing is sent to an endpoint before a time, retries included. */
    public static Concern limited(Instant until, Words words, Instant now) {
      String text = words.text("retry.limited-until", TimedText.TIME);
      return new Concern(TimedText.headline(text, words.clock(until, now)), false, false, true);
    }

    /** Returns whether the endpoint's deliveries are retried by default. */
    boolean isNone() {
      return isGood || text.isEmpty();
    }

    /** Returns the CSS class of the remark's colour. */
    public String tone() {
      return isGood ? "good" : "wait";
    }
  }

  /**
   * The consequences of retrying deliveries, worded for any number of them.
   *
   * @param now the sentence for the chosen number
   * @param none the sentence for none
   * @param one the sentence for one
   * @param several the sentence for any other number, which replaces {@code #}
   */
  public record Warning(String now, String none, String one, String several) {
    static final Warning NONE = new Warning("", "", "", "");

    static Warning of(int chosen, boolean isOneEndpoint, Words words) {
      String key = isOneEndpoint ? "retry.requests" : "retry.requests-several";
      String none = words.text("retry.nothing");
      return new Warning(
          chosen == 0 ? none : words.count(key, chosen, false),
          none,
          words.count(key, 1, false),
          words.text(key + ".other", "#"));
    }
  }

  /**
   * The matching deliveries of one kind.
   *
   * @param kind its word in the form
   * @param text the number and the kind as text
   * @param help the effect of a retry; may be empty
   * @param count the number
   */
  public record Part(String kind, String text, String help, int count) {
    /** Returns the key of the text that names its state. */
    public String state() {
      return "state." + (kind.equals(RetryKind.FAILED.code()) ? "exhausted" : kind);
    }
  }

  /**
   * The matching deliveries of one endpoint.
   *
   * @param endpoint the endpoint's id
   * @param held a remark about it for the visitor
   * @param isChosen whether they are retried by default
   * @param numbers the number of deliveries of each kind, in the order of the parts
   * @param counts the same numbers as text
   */
  public record Line(
      String endpoint,
      String name,
      Concern held,
      boolean isChosen,
      List<Integer> numbers,
      List<String> counts) {
    /** Returns the numbers for the script. */
    public String per() {
      return numbers.stream().map(String::valueOf).collect(Collectors.joining(","));
    }
  }

  /**
   * Returns the question.
   *
   * @param found the matching deliveries
   * @param endpoints the endpoints to which they go, by id
   * @param concerns returns why deliveries to an endpoint may not arrive soon
   * @param back where the visitor came from
   */
  public static RetryReview of(
      RetryCounts found,
      Map<EndpointId, Endpoint> endpoints,
      Function<Endpoint, Concern> concerns,
      RetryOrigin back,
      Words words) {
    if (found.kinds().isEmpty()) {
      String title = words.text("retry.title");
      return new RetryReview(
          title, "", List.of(), List.of(), Concern.NONE, "", 0, Warning.NONE, back);
    }
    Map<EndpointId, String> names = new LinkedHashMap<>();
    endpoints.forEach((id, endpoint) -> names.put(id, ShortName.of(endpoint)));
    RetryKind first = found.kinds().keySet().iterator().next();
    Map<EndpointId, Concern> held = new LinkedHashMap<>();
    endpoints.forEach((id, endpoint) -> held.put(id, held(endpoint, concerns, words)));
    boolean isLimited = held.values().stream().anyMatch(Concern::isLimited);
    List<Part> parts =
        found.kinds().keySet().stream()
            .map(kind -> part(kind, found.of(kind), isLimited, words))
            .toList();
    // A retry to the only endpoint would wait, so it has a box that is not ticked.
    boolean isOnly = names.size() == 1 && !isLimited;
    List<Line> lines = isOnly ? List.of() : lines(found, names, held, words);
    Concern only = isOnly ? held.values().iterator().next() : Concern.NONE;
    int all = parts.get(0).count();
    int chosen =
        lines.isEmpty()
            ? only.isFailing() && parts.size() > 1 ? 0 : all
            : lines.stream().filter(Line::isChosen).mapToInt(line -> line.numbers().get(0)).sum();
    return new RetryReview(
        parts.size() == 1 && chosen == all
            ? title(first, found, names, words)
            : words.text("retry.which"),
        unticked(lines, words),
        parts,
        lines,
        only,
        only.isFailing() ? names.keySet().iterator().next().toString() : "",
        Math.min(PortalAccess.MAX_RETRIES, chosen),
        Warning.of(Math.min(PortalAccess.MAX_RETRIES, chosen), names.size() == 1, words),
        back);
  }

  private static Part part(RetryKind kind, MatchCount count, boolean isLimited, Words words) {
    String pending = isLimited ? "retry.pending-limited" : kind.texts().help();
    return new Part(
        kind.code(),
        words.count(kind.texts().part(), count.known(), count.more()),
        kind == RetryKind.PENDING
            ? words.count(pending, count.known(), count.more())
            : words.text(kind.texts().help()),
        count.known());
  }

  private static String unticked(List<Line> lines, Words words) {
    if (lines.size() < 2 || lines.stream().anyMatch(Line::isChosen)) {
      return "";
    }
    boolean isEachFailing = lines.stream().allMatch(line -> line.held().isFailing());
    return words.text(isEachFailing ? "retry.none-works" : "retry.none-soon");
  }

  private static String title(
      RetryKind kind, RetryCounts found, Map<EndpointId, String> names, Words words) {
    int count = Math.min(PortalAccess.MAX_RETRIES, found.of(kind).known());
    return names.size() == 1
        ? words.count(kind.texts().askTo(), count, false, names.values().iterator().next())
        : words.count(kind.texts().ask(), count, false);
  }

  private static List<Line> lines(
      RetryCounts found,
      Map<EndpointId, String> names,
      Map<EndpointId, Concern> held,
      Words words) {
    // Sorts by the number of deliveries of the first kind, then of the next.
    Comparator<EndpointId> order =
        found.kinds().keySet().stream()
            .map(
                kind ->
                    Comparator.<EndpointId>comparingInt(id -> found.of(kind, id).known())
                        .reversed())
            .reduce(Comparator::thenComparing)
            .orElseThrow();
    List<Line> lines = new ArrayList<>();
    names.keySet().stream()
        .sorted(order)
        .forEach(
            id -> {
              Concern why = held.getOrDefault(id, Concern.NONE);
              List<MatchCount> counts =
                  found.kinds().keySet().stream().map(kind -> found.of(kind, id)).toList();
              lines.add(
                  new Line(
                      id.toString(),
                      names.getOrDefault(id, ""),
                      why,
                      why.isNone(),
                      counts.stream().map(MatchCount::known).toList(),
                      counts.stream().map(count -> text(count, words)).toList()));
            });
    return lines;
  }

  /** Returns the remark that deliveries to an endpoint are held, or may not arrive soon. */
  private static Concern held(
      Endpoint endpoint, Function<Endpoint, Concern> concerns, Words words) {
    String key = endpoint.status().reason() == null ? "retry.paused" : "retry.disabled";
    return endpoint.enabled() ? concerns.apply(endpoint) : Concern.of(words.text(key));
  }

  private static String text(MatchCount count, Words words) {
    return words.number(count.known(), count.more());
  }

  /** Returns the button's text for a number of deliveries; {@code #} stands for any. */
  public String go(String number, boolean isOne, Words words) {
    boolean isLimited = lines.stream().anyMatch(line -> line.held().isLimited());
    boolean isPending =
        !isLimited && parts.size() == 1 && parts.get(0).kind().equals(RetryKind.PENDING.code());
    String pending = "retry.go-pending" + (isOne ? ".one" : ".other");
    return words.text(isPending ? pending : "retry.go", number);
  }

  /** Returns whether there may be more than can be retried together. */
  public boolean isCut() {
    return parts.stream().mapToInt(Part::count).sum() >= PortalAccess.MAX_RETRIES;
  }
}
