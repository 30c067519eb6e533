package dev.hookferry.http.console.frame;

import dev.hookferry.Webhooks;
import dev.hookferry.id.SiteId;
import dev.hookferry.query.PageRequest;
import dev.hookferry.site.Site;
import java.util.List;
import java.util.stream.Stream;

/** Renders pages inside the frame. Thread-safe. */
public final class FrameRenderer {
  private static final PageRequest SITES = PageRequest.of(PageRequest.MAX_LIMIT);

  private final Webhooks webhooks;

  public FrameRenderer(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  public Frame of(Visit visit, Nav nav, String title) {
    SiteId bound = visit.key().site();
    List<String> sites = bound == null ? choices(visit.site()) : List.of(bound.value());
    return Frame.of(visit, nav, title, sites, webhooks.condition());
  }

  /** Returns the current site and the newest others. */
  private List<String> choices(SiteId current) {
    return Stream.concat(
            Stream.of(current), webhooks.sites().list(SITES).data().stream().map(Site::id))
        .map(SiteId::value)
        .distinct()
        .sorted()
        .toList();
  }
}
