package dev.hookferry.signing;

import dev.hookferry.event.Payload;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * Verifies signatures on the receiver's side. The body must be the raw bytes, because a body that
 * was parsed and serialized again does not match. Thread-safe.
 */
public final class SignatureVerifier {
  private static final Pattern TIMESTAMP = Pattern.compile("0|[1-9][0-9]{0,11}");

  private final InstantSource clock;
  private final Duration tolerance;

  /**
   * Creates a verifier.
   *
   * @param clock the receiver's clock
   * @param tolerance maximum difference between the signed time and the clock, in either direction;
   *     Standard Webhooks recommends five minutes
   */
  public SignatureVerifier(InstantSource clock, Duration tolerance) {
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(tolerance, "tolerance");
    this.clock = clock;
    this.tolerance = tolerance;
  }

  /** Result of a check. */
  public enum Finding {
    /** The signature is valid. */
    VALID,
    /** A required header is missing, or present twice with different values. */
    MISSING_HEADER,
    /** The timestamp is not a number of seconds in canonical form. */
    MALFORMED_TIMESTAMP,
    /** The message is older than the tolerance allows; possibly a replay. */
    TOO_OLD,
    /** The message is further in the future than the tolerance allows. */
    TOO_NEW,
    /** No signature matches this body and secret: wrong secret or altered body. */
    NO_MATCH
  }

  /** Verifies QLM's signature. Header names are case-insensitive. */
  public Finding qlm(Payload body, Map<String, String> headers, String secret) {
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(headers, "headers");
    Objects.requireNonNull(secret, "secret");
    String given = lowerCased(headers).get(QlmSignature.HEADER.toLowerCase(Locale.ROOT));
    if (given == null) {
      return Finding.MISSING_HEADER;
    }
    String expected = QlmSignature.of(body, secret);
    return same(expected, given.toLowerCase(Locale.ROOT)) ? Finding.VALID : Finding.NO_MATCH;
  }

  /** Verifies a Standard Webhooks signature. Header names are case-insensitive. */
  public Finding standard(Payload body, Map<String, String> headers, StandardSecret secret) {
    Objects.requireNonNull(body, "body");
    Objects.requireNonNull(headers, "headers");
    Objects.requireNonNull(secret, "secret");
    Map<String, String> lower = lowerCased(headers);
    String id = lower.get(StandardSignature.ID_HEADER);
    String time = lower.get(StandardSignature.TIMESTAMP_HEADER);
    String signatures = lower.get(StandardSignature.HEADER);
    if (id == null || time == null || signatures == null) {
      return Finding.MISSING_HEADER;
    }
    Finding untimely = untimely(time);
    if (untimely != null) {
      return untimely;
    }
    String expected = secret.sign(id, Long.parseLong(time), body);
    boolean match = false;
    for (String given : signatures.split(" ", -1)) {
      match |= same(expected, given);
    }
    return match ? Finding.VALID : Finding.NO_MATCH;
  }

  /**
   * Checks the timestamp of a signature, in Unix seconds; returns null if it is within the
   * tolerance.
   */
  @Nullable Finding untimely(String seconds) {
    if (!TIMESTAMP.matcher(seconds).matches()) {
      return Finding.MALFORMED_TIMESTAMP;
    }
    Instant sent = Instant.ofEpochSecond(Long.parseLong(seconds));
    Instant now = clock.instant();
    if (sent.isBefore(now.minus(tolerance))) {
      return Finding.TOO_OLD;
    }
    return sent.isAfter(now.plus(tolerance)) ? Finding.TOO_NEW : null;
  }

  /** Returns whether two strings are equal, in time that does not depend on their content. */
  static boolean same(String expected, String given) {
    return MessageDigest.isEqual(
        expected.getBytes(StandardCharsets.UTF_8), given.getBytes(StandardCharsets.UTF_8));
  }

  /**
   * Returns the headers with names in lower case. Omits headers that occur twice with different
   * values, because the receiver might use either.
   */
  static Map<String, String> lowerCased(Map<String, String> headers) {
    Map<String, String> lower = new HashMap<>();
    Set<String> doubtful = new HashSet<>();
    headers.forEach(
        (name, value) -> {
          String folded = name.toLowerCase(Locale.ROOT);
          String other = lower.put(folded, value);
          if (other != null && !other.equals(value)) {
            doubtful.add(folded);
          }
        });
    lower.keySet().removeAll(doubtful);
    return lower;
  }
}
