package dev.hookferry.http.console;

import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.SiteId;
import dev.hookferry.port.PageRequest;
import java.util.List;

/** Puts the frame around pages. Thread-safe. */
final class Frames {
  private static final PageRequest SITES = new PageRequest(PageRequest.MAX_LIMIT, null);

  private final Webhooks webhooks;

  Frames(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  Frame of(Visit visit, Nav nav, String title) {
    SiteId bound = visit.key().site();
    List<String> sites =
        bound == null
            ? webhooks.sites().list(SITES).data().stream()
                .map(site -> site.id().value())
                .sorted()
                .toList()
            : List.of(bound.value());
    return Frame.of(visit, nav, title, sites);
  }
}
