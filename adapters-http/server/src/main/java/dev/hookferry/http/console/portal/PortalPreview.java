package dev.hookferry.http.console.portal;

import dev.hookferry.delivery.DeliveryState;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.StatePill;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.portal.deliveries.BackLink;
import dev.hookferry.http.console.portal.deliveries.NewestFailure;
import dev.hookferry.http.console.portal.deliveries.Remedy;
import dev.hookferry.http.console.portal.deliveries.TimedText;
import dev.hookferry.http.console.portal.deliveries.TranslatedReasons;
import dev.hookferry.http.console.portal.figures.MissedCounts;
import dev.hookferry.http.console.portal.notices.EndpointNotice;
import dev.hookferry.http.console.portal.notices.PageNotices;
import dev.hookferry.http.words.DisplayTime;
import dev.hookferry.http.words.Words;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.portal.PortalCapability;
import java.time.Duration;
import java.time.Instant;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;

/** The portal's first page with sample data, for operators choosing a theme. */
public final class PortalPreview {
  private static final String URL = "https://shop.example/webhooks";

  private PortalPreview() {}

  /**
   * Returns the page.
   *
   * @param appearance the product's name, its images and the path of the stylesheet
   * @param own the product's words
   * @param scheme light or dark; anything else for that of the visitor's system
   */
  public static ConsoleReply page(
      PortalFrame.Appearance appearance, Map<String, String> own, String scheme, Instant now) {
    Words words = Words.ENGLISH.withOwn(own);
    String forced = scheme.equals("light") || scheme.equals("dark") ? scheme : null;
    PortalFrame frame =
        new PortalFrame(
            words.text("home.title"),
            PortalPages.HOME,
            words,
            appearance,
            new PortalFrame.Visitor(
                "preview",
                EnumSet.allOf(PortalCapability.class),
                forced,
                "",
                "",
                "",
                now.toString()),
            PortalFrame.Place.NONE,
            PortalFrame.Note.NONE,
            BackLink.NONE,
            null);
    return TemplateRenderer.page(
        (out, i) -> JtePortalHomeGenerated.render(out, i, frame, home(words, now)));
  }

  private static PortalViews.Home home(Words words, Instant now) {
    StatePill working = StatePill.of(EndpointHealth.State.WORKING);
    StatePill failing = StatePill.of(EndpointHealth.State.FAILING);
    return new PortalViews.Home(
        PortalSummary.of("", ""),
        new PageNotices(List.of(notice(words)), ""),
        new HomeProblems("", List.of(), "", Map.of()),
        List.of(
            PortalViews.EndpointLine.of("ep_preview", working, URL, "Shop"),
            PortalViews.EndpointLine.of(
                "ep_preview2", failing, "https://billing.example/in", "Billing")),
        Map.of(
            "ep_preview",
            new MissedCounts("", "0", ""),
            "ep_preview2",
            new MissedCounts("2", "0", "")),
        Map.of(),
        List.of(
            row(words, DeliveryState.DELIVERED, "order.paid", now.minusSeconds(40)),
            row(words, DeliveryState.PENDING, "order.paid", now.minusSeconds(200)),
            row(words, DeliveryState.EXHAUSTED, "order.refunded", now.minusSeconds(4_000))));
  }

  private static EndpointNotice notice(Words words) {
    String cause = words.text("notice.cause", "HTTP 500");
    return new EndpointNotice(
        "ep_preview2",
        "bad",
        TimedText.of(words.text("notice.failing", "Billing", cause)),
        DisplayTime.EMPTY,
        List.of(),
        new NewestFailure(
            "", "", words.text("advice.http-5xx", words.text("advice.you")), "dlv_preview"),
        words.text("notice.retry-tested"),
        words.count("notice.retry", 2, false),
        Remedy.RETRY,
        false);
  }

  private static PortalViews.Row row(
      Words words, DeliveryState state, String type, Instant created) {
    DisplayTime when = words.time(created, created.plusSeconds(40));
    String response = state == DeliveryState.DELIVERED ? "HTTP 200" : "HTTP 500";
    return new PortalViews.Row(
        "dlv_preview",
        new TranslatedReasons(words, created).pill(state),
        type,
        false,
        "",
        URL,
        1,
        when,
        response,
        words.text("response.after", words.length(Duration.ofMillis(80))),
        "",
        DisplayTime.EMPTY);
  }
}
