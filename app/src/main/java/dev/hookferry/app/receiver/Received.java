package dev.hookferry.app.receiver;

import dev.hookferry.event.Payload;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * A received request.
 *
 * @param at when it was received
 * @param method the method, such as {@code POST}
 * @param path the path with the query
 * @param headers the header values by lower-case name
 * @param body the received bytes
 */
public record Received(
    Instant at, String method, String path, Map<String, String> headers, Payload body) {
  public Received {
    headers = Map.copyOf(headers);
  }

  /** Returns a header's value, or the empty string. */
  public String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  /** Returns the event's id, or the empty string. */
  public String event() {
    return header("webhook-id");
  }

  /** Returns the event's type, or the empty string. */
  public String type() {
    return header("Hookferry-Event-Type");
  }

  /** Returns the attempt number that the sender gave, or the empty string. */
  public String attempt() {
    return header("Hookferry-Attempt");
  }
}
