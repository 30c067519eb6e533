package dev.hookferry.http.console.frame;

/** A source of server-sent events for one open page. */
@FunctionalInterface
public interface LiveFeed {
  /**
   * Opens the feed.
   *
   * @param listener is called on any thread, one call at a time; it must not block
   * @return an action that stops the feed; idempotent
   */
  Runnable open(FeedListener listener);

  /** Receives notifications for one browser. */
  @FunctionalInterface
  interface FeedListener {
    /** Called when something that the page shows has changed. */
    void changed();
  }
}
