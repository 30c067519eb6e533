package dev.hookferry.query;

/**
 * Byte budget of a page of events. Applies in addition to the limit on their number, so that large
 * events do not fill the memory. Not thread-safe.
 */
public final class PageBytes {
  /** Maximum total payload size, in bytes, of a page of several events: 8 MiB. */
  public static final int MAX = 8 << 20;

  private long bytes;
  private boolean isBegun;

  /** Creates the budget of an empty page. */
  public PageBytes() {}

  /**
   * Adds an event to the page if there is room, and returns whether it did. The first event always
   * fits.
   *
   * @param size size of the payload in bytes
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
