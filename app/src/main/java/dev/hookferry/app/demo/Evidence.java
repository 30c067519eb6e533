package dev.hookferry.app.demo;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.receiver.Received;
import dev.hookferry.signing.SignatureCheck;
import dev.hookferry.signing.SignatureVerifier;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The results of the demo: the log and the deliveries from the server, and the requests received.
 *
 * @param attempts the log, oldest first
 * @param deliveries all deliveries
 * @param received the requests received, in order
 * @param secrets the secrets of each endpoint, by its path
 */
record Evidence(
    List<JsonNode> attempts,
    List<JsonNode> deliveries,
    List<Received> received,
    Map<String, List<String>> secrets) {
  Evidence {
    attempts = List.copyOf(attempts);
    deliveries = List.copyOf(deliveries);
    received = List.copyOf(received);
    secrets = Map.copyOf(secrets);
  }

  /** Returns an attempt's request as its receiver got it; empty if it got none. */
  Optional<Received> received(JsonNode attempt) {
    return received.stream()
        .filter(
            r ->
                r.event().equals(attempt.path("event").asText())
                    && attempt.path("url").asText().endsWith(r.path())
                    && r.attempt().equals(attempt.path("number").asText()))
        .findFirst();
  }

  /** Verifies the signatures of a request against the bytes received. */
  List<SignatureCheck> signatures(Received request) {
    SignatureVerifier verifier =
        new SignatureVerifier(InstantSource.fixed(request.at()), Duration.ofMinutes(5));
    return SignatureCheck.all(
        verifier,
        request.body(),
        request.headers(),
        secrets.getOrDefault(request.path(), List.of()));
  }
}
