package dev.hookferry.app.cli.option;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.field.DurationText;
import dev.hookferry.refusal.InvalidException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for the optional fields of an event; fields not given are left out. */
public final class EventOptionsMixin {
  @Option(
      names = "--label",
      paramLabel = "NAME=VALUE",
      description =
          "A label to search by; repeatable. Endpoints with labels receive only events that match them.")
  private @Nullable List<String> labels;

  @Option(
      names = "--to",
      paramLabel = "ENDPOINT",
      split = ",",
      description = {
        "Only to these endpoints, by id or uid, whatever their types; labels and filters still apply.",
        "Comma-separated."
      })
  private @Nullable List<String> to;

  @Option(
      names = "--deliver-at",
      paramLabel = "TIME",
      description = "When to send it, such as 2026-04-29T16:39:49Z or +10m; at most 30 days ahead.")
  private @Nullable String deliverAt;

  @Option(
      names = "--ordering-key",
      paramLabel = "KEY",
      description = "Events with the same key are sent in order, to endpoints with --order by-key.")
  private @Nullable String orderingKey;

  @Option(
      names = "--routing",
      paramLabel = "NAME=VALUE",
      description = "A value for URL templates; repeatable.")
  private @Nullable List<String> routing;

  @Option(
      names = "--subject",
      paramLabel = "TEXT",
      description = "The person or thing that the event is about; only a keyed hash is stored.")
  private @Nullable String subject;

  @Option(
      names = "--traceparent",
      paramLabel = "CONTEXT",
      description = "The trace that the event belongs to, as W3C Trace Context writes it.")
  private @Nullable String traceparent;

  @Option(
      names = "--tracestate",
      paramLabel = "STATE",
      description = "The state that goes with --traceparent.")
  private @Nullable String tracestate;

  /** Returns the endpoints that the event is addressed to; empty for all. */
  public List<String> to() {
    return to == null ? List.of() : to;
  }

  /** Returns the given fields, by name; collects the errors in them. */
  public ObjectNode fields(OptionProblems problems) {
    ObjectNode fields = JsonNodeFactory.instance.objectNode();
    problems.check(() -> addPairs(fields, "labels", "--label", labels));
    if (to != null) {
      to.forEach(fields.putArray("to")::add);
    }
    problems.check(() -> put(fields, "deliverAt", deliverAt == null ? null : time(deliverAt)));
    put(fields, "orderingKey", orderingKey);
    problems.check(() -> addPairs(fields, "routing", "--routing", routing));
    put(fields, "subject", subject);
    if (tracestate != null && traceparent == null) {
      problems.check(
          () -> {
            throw InvalidException.of("--tracestate", "requires --traceparent");
          });
    }
    put(fields, "traceparent", traceparent);
    put(fields, "tracestate", tracestate);
    return fields;
  }

  private static void put(ObjectNode fields, String name, @Nullable String value) {
    if (value != null) {
      fields.put(name, value);
    }
  }

  /** Returns an absolute time unchanged; resolves a relative one with this machine's clock. */
  private static String time(String text) {
    if (text.startsWith("+")) {
      Duration from = DurationText.parse(text.substring(1)).orElseThrow(() -> notATime(text));
      Instant at = InstantSource.system().instant().plus(from);
      return at.truncatedTo(ChronoUnit.MILLIS).toString();
    }
    try {
      OffsetDateTime unused = OffsetDateTime.parse(text);
      return text;
    } catch (DateTimeException e) {
      throw notATime(text);
    }
  }

  private static InvalidException notATime(String text) {
    return InvalidException.of(
        "--deliver-at",
        "must be a time such as 2026-04-29T16:39:49Z, or + and a duration such as +10m (got "
            + text
            + ")");
  }

  /**
   * Adds an object with the pairs of an option, if there are any.
   *
   * @throws InvalidException with every pair that is malformed
   */
  public static void addPairs(
      ObjectNode fields, String field, String option, @Nullable List<String> pairs) {
    if (pairs != null) {
      ObjectNode object = fields.putObject(field);
      OptionProblems problems = new OptionProblems();
      pairs.forEach(pair -> problems.check(() -> addPair(object, option, pair)));
      problems.throwIfAny();
    }
  }

  /**
   * Returns the index of the separator in {@code region=eu}; also accepts {@code region:eu}, as the
   * API does.
   */
  public static int separator(String option, String pair) {
    int equals = pair.indexOf('=');
    int end = equals < 0 ? pair.indexOf(':') : equals;
    if (end < 1) {
      throw InvalidException.of(option, "must be NAME=VALUE (got " + pair + ")");
    }
    return end;
  }

  /** Adds a pair of an option such as {@code region=eu}. */
  static void addPair(ObjectNode object, String option, String pair) {
    int end = separator(option, pair);
    String name = pair.substring(0, end);
    if (object.has(name)) {
      throw InvalidException.of(option, "must be given only once for " + name);
    }
    object.put(name, pair.substring(end + 1));
  }
}
