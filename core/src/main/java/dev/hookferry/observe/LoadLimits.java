package dev.hookferry.observe;

/**
 * Limits on what one node holds in memory, each 1 or more: {@code
 * LoadLimits.DEFAULT.inFlight(100).window(8)}. Immutable; each method with an argument returns a
 * copy, or throws an {@link IllegalArgumentException} that names the limit if the argument is out
 * of range.
 */
public final class LoadLimits {
  private static final long MEBIBYTE = 1L << 20;
  private static final long LARGEST_COMMIT = 8 * MEBIBYTE;

  /**
   * At most a sixteenth of the heap, because other payloads are waiting to be stored or being
   * written.
   */
  private static final long OWNED_BYTES =
      Math.min(64 * MEBIBYTE, Runtime.getRuntime().maxMemory() / 16);

  /**
   * Defaults for a small machine: 64 MiB of payloads, or a sixteenth of the heap if that is less.
   */
  public static final LoadLimits DEFAULT =
      new LoadLimits(512, 64, 256, 20_000, OWNED_BYTES, 10_000, 1_000);

  private final int inFlight;
  private final int window;
  private final int lane;
  private final int owned;
  private final long ownedBytes;
  private final int openPublishes;
  private final int batch;

  private LoadLimits(
      int inFlight,
      int window,
      int lane,
      int owned,
      long ownedBytes,
      int openPublishes,
      int batch) {
    this.inFlight = oneOrMore("inFlight", inFlight);
    this.window = oneOrMore("window", window);
    this.lane = oneOrMore("lane", lane);
    this.owned = oneOrMore("owned", owned);
    if (ownedBytes < 1) {
      throw new IllegalArgumentException("ownedBytes must be 1 or more (got " + ownedBytes + ")");
    }
    this.ownedBytes = ownedBytes;
    this.openPublishes = oneOrMore("openPublishes", openPublishes);
    this.batch = oneOrMore("batch", batch);
  }

  private static int oneOrMore(String limit, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(limit + " must be 1 or more (got " + value + ")");
    }
    return value;
  }

  /**
   * Returns a copy with the given maximum number of requests in flight to fast endpoints, and as
   * many again to slow ones: 512 by default.
   */
  public LoadLimits inFlight(int max) {
    return new LoadLimits(max, window, lane, owned, ownedBytes, openPublishes, batch);
  }

  /**
   * Returns a copy with the given maximum number of requests in flight to one endpoint: 64 by
   * default.
   */
  public LoadLimits window(int max) {
    return new LoadLimits(inFlight, max, lane, owned, ownedBytes, openPublishes, batch);
  }

  /**
   * Returns a copy with the given number of deliveries that one endpoint may always have in memory:
   * 256 by default.
   */
  public LoadLimits lane(int max) {
    return new LoadLimits(inFlight, window, max, owned, ownedBytes, openPublishes, batch);
  }

  /** Returns a copy with the given maximum number of deliveries in memory: 20,000 by default. */
  public LoadLimits owned(int max) {
    return new LoadLimits(inFlight, window, lane, max, ownedBytes, openPublishes, batch);
  }

  /**
   * Returns a copy with the given maximum total of payload bytes in memory: see {@link #DEFAULT}.
   */
  public LoadLimits ownedBytes(long max) {
    return new LoadLimits(inFlight, window, lane, owned, max, openPublishes, batch);
  }

  /**
   * Returns a copy with the given maximum number of waiting events and of waiting requests: 10,000
   * by default.
   */
  public LoadLimits openPublishes(int max) {
    return new LoadLimits(inFlight, window, lane, owned, ownedBytes, max, batch);
  }

  /** Returns a copy with the given maximum number of entries per commit: 1,000 by default. */
  public LoadLimits batch(int max) {
    return new LoadLimits(inFlight, window, lane, owned, ownedBytes, openPublishes, max);
  }

  /**
   * Returns the maximum number of requests in flight to fast endpoints; slow ones may have as many
   * again.
   */
  public int inFlight() {
    return inFlight;
  }

  /** Returns the maximum number of requests in flight to one endpoint. */
  public int window() {
    return window;
  }

  /**
   * Returns the number of deliveries that one endpoint may always have in memory; it may have more
   * while the node has room.
   */
  public int lane() {
    return lane;
  }

  /** Returns the maximum number of deliveries in memory. */
  public int owned() {
    return owned;
  }

  /** Returns the maximum total bytes of the payloads in memory. */
  public long ownedBytes() {
    return ownedBytes;
  }

  /**
   * Returns the maximum number of events waiting to be stored, and of requests waiting for the
   * engine's thread; more are refused as overload.
   */
  public int openPublishes() {
    return openPublishes;
  }

  /** Returns the maximum number of entries per commit. */
  public int batch() {
    return batch;
  }

  /**
   * Returns the maximum payload bytes per commit: 8 MiB, or a quarter of {@link #ownedBytes} if
   * that is less, but at least 1 MiB. A store may hold one or two additional copies while writing.
   */
  public long commitBytes() {
    return Math.max(MEBIBYTE, Math.min(LARGEST_COMMIT, ownedBytes / 4));
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LoadLimits limits && toString().equals(limits.toString());
  }

  @Override
  public int hashCode() {
    return toString().hashCode();
  }

  /** Returns all limits by name. */
  @Override
  public String toString() {
    return String.format(
        "inFlight %d, window %d, lane %d, owned %d, ownedBytes %d, openPublishes %d, batch %d",
        inFlight, window, lane, owned, ownedBytes, openPublishes, batch);
  }
}
