package dev.hookferry.observe;

/**
 * Limits on what one node holds in memory, each 1 or more.
 *
 * @param inFlight maximum requests in flight to fast endpoints, and again to slow ones
 * @param window maximum requests in flight to one endpoint
 * @param lane deliveries that one endpoint may always have in memory; it may have more while others
 *     need little
 * @param owned maximum deliveries in memory
 * @param ownedBytes maximum total bytes of their payloads
 * @param openPublishes maximum events waiting to be stored, and maximum requests waiting for the
 *     engine's thread; further ones are refused as overload
 * @param batch maximum entries per commit
 */
public record LoadLimits(
    int inFlight, int window, int lane, int owned, long ownedBytes, int openPublishes, int batch) {
  private static final long MEBIBYTE = 1L << 20;
  private static final long LARGEST_COMMIT = 8 * MEBIBYTE;

  /**
   * At most a sixteenth of the heap, because further payloads are waiting to be stored or being
   * written.
   */
  private static final long OWNED_BYTES =
      Math.min(64 * MEBIBYTE, Runtime.getRuntime().maxMemory() / 16);

  /**
   * Defaults for a small machine: 64 MiB of payloads, or a sixteenth of the heap if that is less.
   */
  public static final LoadLimits DEFAULT =
      new LoadLimits(512, 64, 256, 20_000, OWNED_BYTES, 10_000, 1_000);

  public LoadLimits {
    requireOneOrMore("inFlight", inFlight);
    requireOneOrMore("window", window);
    requireOneOrMore("lane", lane);
    requireOneOrMore("owned", owned);
    requireOneOrMore("ownedBytes", ownedBytes);
    requireOneOrMore("openPublishes", openPublishes);
    requireOneOrMore("batch", batch);
  }

  private static void requireOneOrMore(String limit, long value) {
    if (value < 1) {
      throw new IllegalArgumentException(limit + " must be 1 or more (got " + value + ")");
    }
  }

  /**
   * Returns the maximum payload bytes per commit: 8 MiB, or a quarter of {@link #ownedBytes} if
   * that is less, but at least 1 MiB. A store may hold one or two further copies while writing.
   */
  public long commitBytes() {
    return Math.max(MEBIBYTE, Math.min(LARGEST_COMMIT, ownedBytes / 4));
  }
}
