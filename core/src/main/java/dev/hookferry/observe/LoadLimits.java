package dev.hookferry.observe;

/**
 * The bounds of what one node holds in memory.
 *
 * @param inFlight how many requests may be under way at once to endpoints that answer soon, and how
 *     many to slow ones
 * @param window how many requests may be under way to one endpoint at most
 * @param lane how many deliveries one endpoint may always have in memory; more while others need
 *     little
 * @param owned how many deliveries may be in memory at once
 * @param ownedBytes how many bytes of payload they may have together
 * @param openPublishes how many events may wait to be stored, and how many requests of callers for
 *     the engine's thread; more are refused as overload
 * @param batch how many entries one commit may have
 */
public record LoadLimits(
    int inFlight, int window, int lane, int owned, long ownedBytes, int openPublishes, int batch) {
  private static final long MEBIBYTE = 1L << 20;
  private static final long LARGEST_COMMIT = 8 * MEBIBYTE;

  /** A tenth of the heap at most: other payloads wait to be stored, or are being written. */
  private static final long OWNED_BYTES =
      Math.min(64 * MEBIBYTE, Runtime.getRuntime().maxMemory() / 10);

  /** Suits a small machine: 64 MiB of payloads, or a tenth of the heap if that is less. */
  public static final LoadLimits DEFAULT =
      new LoadLimits(512, 64, 256, 20_000, OWNED_BYTES, 10_000, 1_000);

  /**
   * How many bytes of payload make a commit full: 8 MiB, or a quarter of {@link #ownedBytes} if
   * that is less, but 1 MiB at least. A store holds them once or twice more while it writes them.
   */
  public long commitBytes() {
    return Math.max(MEBIBYTE, Math.min(LARGEST_COMMIT, ownedBytes / 4));
  }
}
