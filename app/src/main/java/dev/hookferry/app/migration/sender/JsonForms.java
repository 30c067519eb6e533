package dev.hookferry.app.migration.sender;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.field.DurationText;
import dev.hookferry.limit.SendRate;
import dev.hookferry.retry.RetrySettings;
import dev.hookferry.signing.Signature;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.Stream;

/** Values in the form in which the API returns them, so that they can be compared. */
final class JsonForms {
  private static final Duration MAX_TIME = Duration.ofSeconds(30);
  private static final int MINUTE = 60;
  private static final int HOUR = 3_600;

  private JsonForms() {}

  static ObjectNode retry(RetrySettings settings) {
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    if (settings.schedule().isEmpty()) {
      return json.put("maxRetries", settings.maxRetries())
          .put("intervalSeconds", (int) settings.interval().toSeconds())
          .put("backoff", settings.backoff().name().toLowerCase(Locale.ROOT));
    }
    settings.schedule().stream().map(DurationText::of).forEach(json.putArray("schedule")::add);
    return json;
  }

  /**
   * Returns retries after these delays, each at least 1 s; none if there are no delays.
   *
   * @throws dev.hookferry.refusal.InvalidException if there are too many, or they are too long
   */
  static ObjectNode schedule(List<Duration> delays) {
    List<Duration> bounded =
        delays.stream().map(delay -> delay.isZero() ? Duration.ofSeconds(1) : delay).toList();
    return retry(
        bounded.isEmpty()
            ? RetrySettings.of(0, Duration.ofMinutes(1))
            : RetrySettings.schedule(bounded));
  }

  /** Returns a time limit, bounded to 1 to 30 seconds. */
  static JsonNode timeout(Duration timeout) {
    Duration atLeast =
        timeout.compareTo(Duration.ofSeconds(1)) < 0 ? Duration.ofSeconds(1) : timeout;
    Duration bounded = atLeast.compareTo(MAX_TIME) > 0 ? MAX_TIME : atLeast;
    return JsonNodeFactory.instance.textNode(DurationText.of(bounded));
  }

  /** Returns whether a rate can be expressed exactly per second, minute or hour. */
  static boolean isExact(int count, int seconds) {
    return unit(count, seconds) != 0 && (long) count * HOUR / seconds >= 1;
  }

  /** Returns limits with a rate; if no unit fits, rounded down per hour, but at least 1. */
  static ObjectNode rate(int count, int seconds) {
    int unit = unit(count, seconds);
    int chosen = unit == 0 ? HOUR : unit;
    long most = Math.max(1, (long) count * chosen / seconds);
    String name = chosen == 1 ? "perSecond" : chosen == MINUTE ? "perMinute" : "perHour";
    return JsonNodeFactory.instance
        .objectNode()
        .put(name, (int) Math.min(most, SendRate.MAX_COUNT));
  }

  /**
   * Returns the unit, in seconds, that makes a rate a whole number, if possible the given one; else
   * 0.
   */
  private static int unit(int count, int seconds) {
    for (int unit : new int[] {seconds, 1, MINUTE, HOUR}) {
      boolean isUnit = unit == 1 || unit == MINUTE || unit == HOUR;
      if (isUnit && (long) count * unit % seconds == 0 && (long) count * unit >= seconds) {
        return unit;
      }
    }
    return 0;
  }

  static ArrayNode texts(String... all) {
    ArrayNode json = JsonNodeFactory.instance.arrayNode();
    Stream.of(all).forEach(json::add);
    return json;
  }

  /** Returns a signature: a string, or an object if it has options. */
  static JsonNode signature(Signature signature) {
    if (signature.isPlain()) {
      return JsonNodeFactory.instance.textNode(signature.profile().code());
    }
    ObjectNode json = JsonNodeFactory.instance.objectNode();
    json.put("profile", signature.profile().code());
    signature.options().forEach(json::put);
    return json;
  }
}
