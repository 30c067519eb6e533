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
 * What came of it: the log and the deliveries by the server's word, and what the receivers got.
 *
 * @param attempts the log, oldest first
 * @param deliveries all of them
 * @param received what arrived, in order
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

  /** The request that an attempt of the log was, as its receiver got it. */
  Optional<Received> received(JsonNode attempt) {
    return received.stream()
        .filter(
            r ->
                r.event().equals(attempt.path("event").asText())
                    && attempt.path("url").asText().endsWith(r.path())
                    && r.attempt().equals(attempt.path("number").asText()))
        .findFirst();
  }

  /** Its signatures, recomputed from the bytes that arrived. */
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
