package dev.hookferry.app.receiver;

import dev.hookferry.event.Payload;
import java.time.Instant;
import java.util.Locale;
import java.util.Map;

/**
 * A request as it came in.
 *
 * @param at when
 * @param method such as {@code POST}
 * @param path with the query
 * @param headers by their names in lower case
 * @param body the bytes
 */
public record Received(
    Instant at, String method, String path, Map<String, String> headers, Payload body) {
  public Received {
    headers = Map.copyOf(headers);
  }

  /** A header's value, or empty. */
  public String header(String name) {
    return headers.getOrDefault(name.toLowerCase(Locale.ROOT), "");
  }

  /** The event's id, or empty if the sender gave none. */
  public String event() {
    return header("webhook-id");
  }

  /** The event's type, or empty. */
  public String type() {
    return header("Hookferry-Event-Type");
  }

  /** The number of the attempt by the sender's word, or empty. */
  public String attempt() {
    return header("Hookferry-Attempt");
  }
}
