package dev.hookferry.http.console.portal;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.console.frame.Assets;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.text.DisplayTime;
import dev.hookferry.http.console.text.Words;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.portal.PortalCapability;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** The portal's first page with made-up data, for an operator who chooses a theme. */
public final class PortalPreview {
  private static final Words WORDS = Words.ENGLISH;
  private static final String URL = "https://shop.example/webhooks";

  private PortalPreview() {}

  /**
   * Returns the page.
   *
   * @param product the name of the product; may be empty
   * @param css the path of the stylesheet
   * @param scheme light or dark; anything else for that of the visitor's system
   */
  public static ConsoleReply page(String product, String css, String scheme, Instant now) {
    String forced = scheme.equals("light") || scheme.equals("dark") ? scheme : null;
    PortalFrame frame =
        new PortalFrame(
            WORDS.text("home.title"),
            PortalPages.HOME,
            WORDS,
            new PortalFrame.Look(product, css, "", Assets.PATH),
            new PortalFrame.Visitor(
                "preview", EnumSet.allOf(PortalCapability.class), forced, "", ""),
            "",
            null);
    return TemplateRenderer.page(
        (out, i) -> JtePortalHomeGenerated.render(out, i, frame, home(now)));
  }

  private static PortalViews.Home home(Instant now) {
    StatePill working = StatePill.of(EndpointHealth.State.WORKING);
    StatePill failing = StatePill.of(EndpointHealth.State.FAILING);
    String summary = WORDS.count("summary.failed", 2, false, WORDS.text("summary.to", "Billing"));
    return new PortalViews.Home(
        new PortalSummary(summary, "bad", true),
        new PortalNotices.Shown(List.of(notice()), ""),
        List.of(
            new PortalViews.EndpointLine("ep_preview", working, URL, "Shop"),
            new PortalViews.EndpointLine(
                "ep_preview", failing, "https://billing.example/in", "Billing")),
        Map.of(),
        List.of(
            row(DeliveryState.DELIVERED, "order.paid", now.minusSeconds(40)),
            row(DeliveryState.PENDING, "order.paid", now.minusSeconds(200)),
            row(DeliveryState.EXHAUSTED, "order.refunded", now.minusSeconds(4_000))));
  }

  private static PortalNotices.Notice notice() {
    String reason = WORDS.count("reason.failures", 12, false);
    return new PortalNotices.Notice(
        "ep_preview",
        "bad",
        WORDS.text("notice.failing", "Billing", reason),
        DisplayTime.EMPTY,
        WORDS.text("notice.retry-help"),
        PortalNotices.Remedy.RETRY);
  }

  private static PortalViews.Row row(DeliveryState state, String type, Instant created) {
    Instant now = created.plusSeconds(40);
    return new PortalViews.Row(
        "dlv_preview", StatePill.of(state), type, URL, WORDS.time(created, now));
  }
}
