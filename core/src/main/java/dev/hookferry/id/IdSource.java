package dev.hookferry.id;

import java.nio.ByteBuffer;
import java.time.Duration;
import java.time.Instant;
import java.util.Objects;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Generates time-ordered ids: UUID version 7 (RFC 9562), with the twelve {@code rand_a} bits as a
 * counter within a millisecond, so that ids of one source strictly increase unless its clock goes
 * back by more than half an hour. Thread-safe.
 */
public final class IdSource {
  private static final int COUNTER_LIMIT = 1 << 12;

  private static final int DRAWN_AT_ONCE = 512;

  /**
   * Maximum time that ids may run ahead of a clock that went back, in milliseconds. Stores find the
   * rows of a time window by the times in their ids, with an hour of tolerance.
   */
  private static final long MAX_AHEAD = Duration.ofMinutes(30).toMillis();

  private final RandomGenerator random;

  /**
   * Drawn in bulk, because a secure source takes nearly as long for eight bytes as for hundreds.
   */
  private final ByteBuffer drawn = ByteBuffer.allocate(DRAWN_AT_ONCE).limit(0);

  private long lastMillis;
  private int counter;

  /**
   * Creates an id source.
   *
   * @param random source of random bits; cryptographically secure if ids must not be guessable
   */
  public IdSource(RandomGenerator random) {
    Objects.requireNonNull(random, "random");
    this.random = random;
  }

  /**
   * Returns a new id, greater than all earlier ones even if the clock stands still or goes back by
   * up to half an hour. If it goes back further, ids restart at the clock's time.
   */
  public synchronized UUID next(Instant now) {
    Objects.requireNonNull(now, "now");
    long millis = now.toEpochMilli();
    if (millis > lastMillis || millis < lastMillis - MAX_AHEAD) {
      lastMillis = millis;
      counter = 0;
    } else if (++counter == COUNTER_LIMIT) {
      lastMillis++;
      counter = 0;
    }
    long high = lastMillis << 16 | 0x7000L | counter;
    long low = nextRandom() >>> 2 | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  /** Returns an id with the given past time, in random order among ids of the same millisecond. */
  public synchronized UUID past(Instant then) {
    Objects.requireNonNull(then, "then");
    long high = then.toEpochMilli() << 16 | 0x7000L | nextRandom() >>> 52;
    return new UUID(high, nextRandom() >>> 2 | 0x8000_0000_0000_0000L);
  }

  private long nextRandom() {
    if (!drawn.hasRemaining()) {
      random.nextBytes(drawn.array());
      drawn.clear();
    }
    return drawn.getLong();
  }
}
