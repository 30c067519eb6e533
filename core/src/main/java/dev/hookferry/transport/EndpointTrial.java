package dev.hookferry.transport;

import dev.hookferry.delivery.Attempt;
import dev.hookferry.signing.SigningSecret;
import java.util.List;
import java.util.Objects;

/**
 * The result of a test event that was sent to an endpoint before its registration.
 *
 * @param attempt the request and its outcome
 * @param secret the secret that signed it; create the endpoint with it
 * @param warnings possible mistakes, which would not prevent its creation
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
