package dev.hookferry.id;

import dev.hookferry.internal.argument.NoNulls;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;

/**
 * An idempotency key of a caller's request, by which repeats are recognized. The ids of the
 * resources that the request creates are derived from it: time-ordered like those of {@link
 * IdSource}, with a hash of the key instead of random bits, so nothing else needs to be stored.
 * Immutable.
 */
public final class RequestKey {
  private final long high;
  private final long low;

  private RequestKey(long high, long low) {
    this.high = high;
    this.low = low;
  }

  /**
   * Creates a key.
   *
   * @param parts the key and its context, such as its owner and the call; 74 bits of their SHA-256
   *     are used
   */
  public static RequestKey of(String... parts) {
    NoNulls.in(parts, "parts");
    MessageDigest digest = sha256();
    for (String part : parts) {
      byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
      digest.update(ByteBuffer.allocate(Integer.BYTES).putInt(bytes.length).array());
      digest.update(bytes);
    }
    ByteBuffer hash = ByteBuffer.wrap(digest.digest());
    long high = hash.getLong() & 0xfff;
    return new RequestKey(high, hash.getLong() >>> 2);
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every Java platform has SHA-256", e);
    }
  }

  /** Returns the id of the resource that the request creates now. */
  public UUID id(Instant now) {
    Objects.requireNonNull(now, "now");
    return new UUID(now.toEpochMilli() << 16 | 0x7000L | high, low | 0x8000_0000_0000_0000L);
  }

  /**
   * Returns whether a request with this key created an id.
   *
   * @param within the maximum age of the id
   */
  public boolean created(UUID id, Instant now, Duration within) {
    Objects.requireNonNull(id, "id");
    Objects.requireNonNull(now, "now");
    Objects.requireNonNull(within, "within");
    long millis = id.getMostSignificantBits() >>> 16;
    return id.getLeastSignificantBits() == (low | 0x8000_0000_0000_0000L)
        && (id.getMostSignificantBits() & 0xffff) == (0x7000L | high)
        && millis > now.minus(within).toEpochMilli();
  }
}
