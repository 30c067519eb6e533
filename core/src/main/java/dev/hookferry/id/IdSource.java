package dev.hookferry.id;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.UUID;
import java.util.random.RandomGenerator;

/**
 * Makes time-ordered identifiers: UUID version 7 (RFC 9562) whose twelve {@code rand_a} bits count
 * within a millisecond, so that the ids of one source ascend strictly. Thread-safe.
 */
public final class IdSource {
  private static final int COUNTER_LIMIT = 1 << 12;

  private static final int DRAWN_AT_ONCE = 512;

  private final RandomGenerator random;

  /** A secure source takes nearly as long for eight bytes as for hundreds. */
  private final ByteBuffer drawn = ByteBuffer.allocate(DRAWN_AT_ONCE).limit(0);

  private long lastMillis;
  private int counter;

  /**
   * A source of its own.
   *
   * @param random where the random bits come from; cryptographic where ids must not be guessed
   */
  public IdSource(RandomGenerator random) {
    this.random = random;
  }

  /** A new id; later calls give greater ids even if the clock stands still or goes back. */
  public synchronized UUID next(Instant now) {
    long millis = now.toEpochMilli();
    if (millis > lastMillis) {
      lastMillis = millis;
      counter = 0;
    } else if (++counter == COUNTER_LIMIT) {
      lastMillis++;
      counter = 0;
    }
    long high = lastMillis << 16 | 0x7000L | counter;
    long low = draw() >>> 2 | 0x8000_0000_0000_0000L;
    return new UUID(high, low);
  }

  /** An id for what belongs to an earlier time: it sorts there, in no order with others of then. */
  public synchronized UUID past(Instant then) {
    long high = then.toEpochMilli() << 16 | 0x7000L | draw() >>> 52;
    return new UUID(high, draw() >>> 2 | 0x8000_0000_0000_0000L);
  }

  private long draw() {
    if (!drawn.hasRemaining()) {
      random.nextBytes(drawn.array());
      drawn.clear();
    }
    return drawn.getLong();
  }
}
