package dev.hookferry.transport;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.signing.SigningSecret;
import java.util.List;
import java.util.Objects;

/**
 * Result of a test event sent to an endpoint before its registration.
 *
 * @param attempt the attempt and its outcome
 * @param secret the secret that signed the request, with which to create the endpoint
 * @param warnings possible mistakes, which would not prevent the endpoint's creation
 * @param sent the request, for display
 */
public record EndpointTrial(
    Attempt attempt, SigningSecret secret, List<String> warnings, SentRequest sent) {
  public EndpointTrial {
    Objects.requireNonNull(attempt, "attempt");
    Objects.requireNonNull(secret, "secret");
    Objects.requireNonNull(warnings, "warnings");
    Objects.requireNonNull(sent, "sent");
    warnings = List.copyOf(warnings);
  }
}
