package dev.hookferry.event;

import dev.hookferry.refusal.InvalidException;
import java.util.Objects;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Idempotency data of a publish: a second publish with the same id or key returns the first
 * receipt.
 *
 * @param key the producer's idempotency key of 1 to 250 visible ASCII characters, to which a batch
 *     adds up to five, or null if only the event's id is compared
 * @param fingerprint hash of the content, so that reuse of an id or key with different content is
 *     refused
 */
public record Idempotence(@Nullable String key, Fingerprint fingerprint) {
  private static final Pattern KEY = Pattern.compile("[!-~]{1,255}");

  /** Returns whether the other event has the same content; false if {@code other} is null. */
  public boolean hasSameContent(@Nullable Idempotence other) {
    return other != null && fingerprint.equals(other.fingerprint);
  }

  public Idempotence {
    Objects.requireNonNull(fingerprint, "fingerprint");
    if (key != null && !KEY.matcher(key).matches()) {
      throw InvalidException.of("Idempotency-Key", "must be 1 to 250 visible ASCII characters");
    }
  }
}
