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
 * @param openPublishes how many events may wait to be stored; more are refused as overload
 * @param batch how many entries one commit may have
 */
public record LoadLimits(
    int inFlight, int window, int lane, int owned, long ownedBytes, int openPublishes, int batch) {
  /** Suits a small machine. */
  public static final LoadLimits DEFAULT =
      new LoadLimits(512, 64, 256, 20_000, 64L << 20, 10_000, 1_000);
}
