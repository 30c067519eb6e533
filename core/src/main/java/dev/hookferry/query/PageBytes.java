package dev.hookferry.query;

/**
 * Counts the payloads of a page of events, which has a limit in bytes in addition to that in
 * number, so that large events do not fill the memory. Not thread-safe.
 */
public final class PageBytes {
  /** The most bytes of payloads on a page of several events: 8 MiB. */
  public static final int MAX = 8 << 20;

  private long bytes;
  private boolean isBegun;

  /** Begins an empty page. */
  public PageBytes() {}

  /**
   * Returns whether the page has room for another event, and counts it if so. The first one has,
   * however large it is.
   *
   * @param size bytes of its payload
   */
  public boolean fits(int size) {
    if (isBegun && bytes + size > MAX) {
      return false;
    }
    isBegun = true;
    bytes += size;
    return true;
  }
}
