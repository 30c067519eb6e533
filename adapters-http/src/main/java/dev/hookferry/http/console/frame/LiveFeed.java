package dev.hookferry.http.console.frame;

/** What is told to one browser while it looks, as server-sent events. */
@FunctionalInterface
public interface LiveFeed {
  /**
   * Begins to tell.
   *
   * @param listener is told, on any thread, one call at a time; it must not block
   * @return ends it; harmless to repeat
   */
  Runnable open(Listener listener);

  /** A browser that looks. */
  @FunctionalInterface
  interface Listener {
    /** Something that the page shows has changed. */
    void changed();
  }
}
