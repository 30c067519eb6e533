package dev.hookferry.http.console.frame;

import dev.hookferry.Webhooks;
import dev.hookferry.query.PageRequest;
import java.util.random.RandomGenerator;

/** Renders pages inside the frame. Thread-safe. */
public final class FrameRenderer {
  private static final PageRequest TWO = PageRequest.of(2);

  private final Webhooks webhooks;
  private final RandomGenerator random;

  /**
   * Creates a renderer.
   *
   * @param random masks the CSRF tokens; thread-safe
   */
  public FrameRenderer(Webhooks webhooks, RandomGenerator random) {
    this.webhooks = webhooks;
    this.random = random;
  }

  public Frame of(Visit visit, Nav nav, String title) {
    boolean many = visit.key().site() == null && webhooks.sites().list(TWO).data().size() > 1;
    String name = webhooks.sites().find(visit.site()).map(site -> site.profile().name()).orElse("");
    String csrf = BrowserSafety.masked(visit.session().csrf(), random);
    return Frame.of(
        visit, nav, title, new Frame.FrameContext(many, name, csrf, webhooks.condition()));
  }
}
