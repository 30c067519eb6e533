package dev.hookferry;

import dev.hookferry.delivery.Delivery;
import dev.hookferry.id.EventType;
import dev.hookferry.id.SiteId;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.query.Page;
import dev.hookferry.query.PageRequest;
import dev.hookferry.replay.ReplayWindow;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Finds the deliveries that a replay sends, page by page. */
final class ReplaySource {
  private final CoreServices parts;
  private final SiteId site;
  private final ReplayWindow window;

  ReplaySource(CoreServices parts, SiteId site, ReplayWindow window) {
    this.parts = parts;
    this.site = site;
    this.window = window;
  }

  /** Creates a source that excludes deliveries created from now on. */
  static ReplaySource of(CoreServices parts, SiteId site, ReplayWindow asked) {
    ReplayWindow window = asked.until() == null ? asked.until(parts.clock().instant()) : asked;
    return new ReplaySource(parts, site, window);
  }

  ReplayWindow window() {
    return window;
  }

  /**
   * Passes on the deliveries of the window that can be sent, newest first, in pages.
   *
   * @param action returns whether to go on with the next page
   * @return whether there are more pages
   */
  boolean each(Predicate<List<Delivery>> action) {
    String cursor = null;
    boolean isWanted;
    do {
      Page<Delivery> page = page(PageRequest.MAX_LIMIT, cursor);
      isWanted = action.test(page.data().stream().filter(this::canBeSent).toList());
      cursor = page.next();
    } while (cursor != null && isWanted);
    return cursor != null;
  }

  /** Returns a page of the window's deliveries, newest first, including those that are skipped. */
  Page<Delivery> page(int limit, @Nullable String cursor) {
    return new Deliveries(parts)
        .list(
            DeliveryQuery.ofSite(site)
                .states(window.statuses())
                .endpoint(window.endpoint())
                .type(window.type())
                .created(window.created())
                .limit(limit)
                .after(cursor));
  }

  /** Returns whether a replay is about this delivery, even if its endpoint was removed. */
  static boolean isMeant(Delivery delivery) {
    return delivery.state().isFinal() && !delivery.type().equals(EventType.TEST);
  }

  private boolean canBeSent(Delivery delivery) {
    return isMeant(delivery)
        && parts.configHolder().config().endpoints().containsKey(delivery.endpoint());
  }
}
