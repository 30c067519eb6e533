package dev.hookferry.signing;

import dev.hookferry.event.Payload;
import dev.hookferry.id.EventId;
import java.time.Instant;
import java.util.List;
import java.util.Objects;

/**
 * The Standard Webhooks signature: HMAC-SHA256 over {@code id.timestamp.body}, one per active
 * secret, so that rotating a secret does not break receivers.
 */
public final class StandardSignature {
  /** The header that carries the signatures. */
  public static final String HEADER = "webhook-signature";

  /** The header that carries the event's id. */
  public static final String ID_HEADER = "webhook-id";

  /** The header that carries the time of the attempt in Unix seconds. */
  public static final String TIMESTAMP_HEADER = "webhook-timestamp";

  private StandardSignature() {}

  /**
   * Signs a body.
   *
   * @param secrets at least one
   * @return space-separated signatures, in the order of the secrets
   */
  public static String of(EventId id, Instant time, Payload body, List<StandardSecret> secrets) {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(time, "time");
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(secrets, "secrets");
    StringBuilder signatures = new StringBuilder();
    for (StandardSecret secret : secrets) {
      signatures.append(signatures.isEmpty() ? "" : " ");
      signatures.append(secret.sign(id.value(), time.getEpochSecond(), body));
    }
    return signatures.toString();
  }
}
