package dev.hookferry.testing;

import dev.hookferry.event.Payload;
import dev.hookferry.id.EventId;
import dev.hookferry.id.EventType;
import dev.hookferry.signing.SignatureCheck;
import dev.hookferry.signing.StandardSignature;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Objects;
import java.util.TreeMap;

/**
 * A request as received by a {@link SimulatedReceiver}.
 *
 * @param at when the request was sent
 * @param url the target URL
 * @param headers the headers by name; names are case-insensitive
 * @param body the complete body
 * @param signatures one check for each secret that the receiver trusts; empty if it trusts none
 */
public record ReceivedRequest(
    Instant at,
    String url,
    Map<String, String> headers,
    Payload body,
    List<SignatureCheck> signatures) {
  public ReceivedRequest {
    Objects.requireNonNull(at, "at");
    Objects.requireNonNull(url, "url");
    Objects.requireNonNull(headers, "headers");
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(signatures, "signatures");
    Map<String, String> byName = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    byName.putAll(headers);
    headers = Collections.unmodifiableMap(byName);
    signatures = List.copyOf(signatures);
  }

  /**
   * Returns the value of a header; its name is case-insensitive.
   *
   * @throws NoSuchElementException if there is no such header
   */
  public String header(String name) {
    String value = headers.get(Objects.requireNonNull(name, "name"));
    if (value == null) {
      throw new NoSuchElementException("no header " + name + " among " + headers.keySet());
    }
    return value;
  }

  /** Returns the id of the event, which is the same for all of its attempts and endpoints. */
  public EventId eventId() {
    return new EventId(header(StandardSignature.ID_HEADER));
  }

  /** Returns the type of the event. */
  public EventType eventType() {
    return new EventType(header("Hookferry-Event-Type"));
  }

  /** Returns the number of the attempt, counted from 1. */
  public int attempt() {
    return Integer.parseInt(header("Hookferry-Attempt"));
  }

  /** Returns whether a signature is valid for one of the secrets that the receiver trusts. */
  public boolean isVerified() {
    return signatures.stream().anyMatch(SignatureCheck::isValid);
  }

  @Override
  public String toString() {
    return at + " " + eventType() + " " + eventId() + ", attempt " + attempt();
  }
}
