package dev.hookferry.signing;

import dev.hookferry.event.Payload;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Input for the signatures of one request. Not thread-safe. */
public final class SignedMessage {
  private final Function<String, @Nullable String> values;
  private final Payload body;
  private final Map<String, String> headers;
  private @Nullable Payload compact;

  /**
   * Creates a message.
   *
   * @param values returns the value of a placeholder, such as {@code id} or {@code t}, or null if
   *     the placeholder is unknown
   * @param headers the endpoint's own headers, by name
   */
  SignedMessage(
      Function<String, @Nullable String> values, Payload body, Map<String, String> headers) {
    this.values = values;
    this.body = body;
    this.headers = headers;
  }

  /**
   * Returns the message for a request.
   *
   * @param names the event and the attempt
   * @param time start of the attempt
   * @param body the body as sent
   * @param headers the endpoint's own headers, by name, and {@code Content-Type}, which is {@code
   *     application/json} if absent
   */
  public static SignedMessage of(
      Names names, Instant time, Payload body, Map<String, String> headers) {
    Objects.requireNonNull(names, "names");
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(headers, "headers");
    return new SignedMessage(name -> names.value(name, time), body, headers);
  }

  /**
   * Identifiers of a request's event and attempt.
   *
   * @param event the event's id
   * @param type the event's type
   * @param delivery the delivery's id
   * @param attempt the number of the attempt, from 1
   */
  public record Names(String event, String type, String delivery, int attempt) {
    public Names {
      Objects.requireNonNull(event, "event");
      Objects.requireNonNull(type, "type");
      Objects.requireNonNull(delivery, "delivery");
    }

    /** Returns the value of a placeholder; computed only if a signature needs it. */
    private @Nullable String value(String name, Instant time) {
      return switch (name) {
        case "id" -> event;
        case "type" -> type;
        case "delivery" -> delivery;
        case "attempt" -> Integer.toString(attempt);
        case "t" -> Long.toString(time.getEpochSecond());
        case "time" -> time.truncatedTo(ChronoUnit.SECONDS).toString();
        default -> null;
      };
    }
  }

  /** Returns the body as sent or, if compact, without white space between tokens. */
  Payload body(boolean isCompact) {
    if (!isCompact) {
      return body;
    }
    Payload payload = compact;
    if (payload == null) {
      payload = CompactJson.of(body);
      compact = payload;
    }
    return payload;
  }

  /** Returns a pattern with its placeholders, such as {@code {id}}, replaced by their values. */
  String fill(String pattern) {
    int open = pattern.indexOf('{');
    if (open < 0) {
      return pattern;
    }
    StringBuilder text = new StringBuilder(64);
    int from = 0;
    while (open >= 0) {
      int close = pattern.indexOf('}', open);
      text.append(pattern, from, open).append(value(pattern.substring(open + 1, close)));
      from = close + 1;
      open = pattern.indexOf('{', from);
    }
    return text.append(pattern, from, pattern.length()).toString();
  }

  private String value(String name) {
    String known = values.apply(name);
    if (known != null) {
      return known;
    }
    return switch (name) {
      case "names" -> signed(Map.Entry::getKey, " ");
      case "values" -> signed(Map.Entry::getValue, ".");
      case "open" -> "{";
      default -> throw new IllegalArgumentException("no placeholder is called " + name);
    };
  }

  /** Joins the headers that Hook0 signs: its own and the endpoint's, sorted by name. */
  private String signed(Function<Map.Entry<String, String>, String> part, String separator) {
    Map<String, String> all = new TreeMap<>();
    headers.forEach((name, value) -> all.put(name.toLowerCase(Locale.ROOT), value));
    all.putIfAbsent("content-type", "application/json");
    all.put("x-event-id", value("id"));
    all.put("x-event-type", value("type"));
    return all.entrySet().stream().map(part).collect(Collectors.joining(separator));
  }
}
