package dev.hookferry.http.console.activity;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.http.console.text.FormValues;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.StringJoiner;
import java.util.stream.IntStream;

/**
 * Counts of an endpoint's deliveries in one span of time, by response and by event type. Guarded by
 * its owner.
 */
final class EndpointCounts {
  /** The name under which everything beyond the maximum number of names is combined. */
  static final String OTHER = "other";

  private static final int MAX = 12;

  /** Maximum length of the types' text; the store accepts 2,000 characters in all. */
  private static final int MAX_LENGTH = 1_200;

  /** Maximum number of distinct names while counts are added up, so that none is lost too early. */
  private static final int MAX_GATHERED = 1_000;

  /** Shared texts of status codes, so that map look-ups reuse their cached hash codes. */
  private static final String[] STATUS_CODES =
      IntStream.range(0, 600).mapToObj(Integer::toString).toArray(String[]::new);

  private final int max;
  private int events;
  private int undelivered;
  private final Map<String, Sent> codes = new LinkedHashMap<>();
  private final Map<String, Sent> types = new LinkedHashMap<>();

  EndpointCounts() {
    this(MAX);
  }

  private EndpointCounts(int max) {
    this.max = max;
  }

  /** Returns empty counts for adding up others, which may have different names. */
  static EndpointCounts gathering() {
    return new EndpointCounts(MAX_GATHERED);
  }

  /** Numbers of attempts: all and failed. */
  record Sent(int all, int failed) {
    static final Sent NONE = new Sent(0, 0);
    private static final Sent DELIVERED = new Sent(1, 0);
    private static final Sent FAILED = new Sent(1, 1);

    Sent and(Sent more) {
      return new Sent(all + more.all, failed + more.failed);
    }
  }

  /**
   * Counts an attempt.
   *
   * @param isFirst whether it is the first attempt of its delivery
   */
  void add(Attempt attempt, boolean isFirst) {
    boolean isSuccess = attempt.outcome().isSuccess();
    events += isFirst ? 1 : 0;
    undelivered += isFirst && !isSuccess ? 1 : 0;
    Sent one = isSuccess ? Sent.DELIVERED : Sent.FAILED;
    add(codes, code(attempt.outcome()), one);
    add(types, attempt.type().name(), one);
  }

  /** Returns the status code of a response, or the code of an outcome without one. */
  private static String code(Outcome outcome) {
    int status = outcome.statusCode();
    if (status == 0) {
      return outcome.kind().code();
    }
    return status < STATUS_CODES.length ? STATUS_CODES[status] : Integer.toString(status);
  }

  /** Uncounts a delivery whose first attempt failed, because it has since been delivered. */
  void recovered() {
    undelivered--;
  }

  void addAll(EndpointCounts other) {
    events += other.events;
    undelivered += other.undelivered;
    other.codes.forEach((name, sent) -> add(codes, name, sent));
    other.types.forEach((name, sent) -> add(types, name, sent));
  }

  private void add(Map<String, Sent> counts, String name, Sent sent) {
    String kept = counts.size() < max || counts.containsKey(name) ? name : OTHER;
    counts.merge(kept, sent, Sent::and);
  }

  /** Returns the number of deliveries that were attempted for the first time. */
  int events() {
    return events;
  }

  /**
   * Returns the number of deliveries whose first attempt failed and that have not recovered. May be
   * negative if the time of a first attempt was unknown.
   */
  int undelivered() {
    return undelivered;
  }

  /** Returns the attempts by status code, or by the outcome's code if there was no response. */
  Map<String, Sent> codes() {
    return codes;
  }

  /** Returns the attempts by event type. */
  Map<String, Sent> types() {
    return types;
  }

  /** Returns all attempts. */
  Sent sent() {
    return codes.values().stream().reduce(Sent.NONE, Sent::and);
  }

  /**
   * Returns the counts in form encoding, which later versions can extend; empty if all are zero.
   */
  String text() {
    return codes.isEmpty() && undelivered == 0
        ? ""
        : "v=" + events + "&x=" + undelivered + "&c=" + text(codes) + "&y=" + text(types);
  }

  private static String text(Map<String, Sent> counts) {
    StringJoiner text = new StringJoiner(",");
    Sent rest = Sent.NONE;
    for (Map.Entry<String, Sent> one : counts.entrySet()) {
      String part = part(one.getKey(), one.getValue());
      if (one.getKey().equals(OTHER) || text.length() + part.length() > MAX_LENGTH / 2) {
        rest = rest.and(one.getValue());
      } else {
        text.add(part);
      }
    }
    return (rest.all() == 0 ? text : text.add(part(OTHER, rest))).toString();
  }

  private static String part(String name, Sent sent) {
    return name + ":" + sent.all() + ":" + sent.failed();
  }

  /** Parses the output of {@link #text}; absent fields are zero. */
  static EndpointCounts parse(FormValues text) {
    EndpointCounts read = new EndpointCounts();
    read.events = number(text.text("v"));
    read.undelivered = number(text.text("x"));
    read.parse(text.text("c"), read.codes);
    read.parse(text.text("y"), read.types);
    return read;
  }

  private void parse(String text, Map<String, Sent> counts) {
    for (String part : text.isEmpty() ? new String[0] : text.split(",", -1)) {
      String[] values = part.split(":", 3);
      add(counts, values[0], new Sent(number(values[1]), number(values[2])));
    }
  }

  private static int number(String text) {
    return text.isEmpty() ? 0 : Integer.parseInt(text);
  }
}
