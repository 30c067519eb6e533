package dev.hookferry.http.console.portal;

import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.portal.deliveries.BackLink;
import dev.hookferry.http.console.portal.deliveries.TranslatedReasons;
import dev.hookferry.http.console.portal.types.PublicTypes;
import dev.hookferry.http.console.portal.types.PublicTypes.ListedType;
import dev.hookferry.http.console.portal.types.PublicTypes.TypeDetails;
import dev.hookferry.id.EventType;
import dev.hookferry.observe.EndpointHealth;
import dev.hookferry.refusal.NotFoundException;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** The list of event types, and the page of each. */
final class PortalTypePages {
  private static final int NEWEST = 5;

  private final Webhooks webhooks;

  PortalTypePages(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  /**
   * Examples to send to endpoints, and the results of one that was just sent to several.
   *
   * @param results the result at each endpoint
   * @param unsent a sentence about endpoints to which nothing was sent; empty if there are none
   * @param to the ids of the ticked endpoints: those to which the example was just sent, or else
   *     the one that most probably accepts it; empty if all are paused or disabled
   * @param held a sentence if all are paused or disabled; otherwise empty
   */
  public record Tests(
      List<PortalTestResult.AtEndpoint> results, String unsent, List<String> to, String held) {
    static Tests of(
        PortalVisit visit,
        EventType type,
        List<Endpoint> receivers,
        Function<Endpoint, EndpointHealth> health) {
      List<PortalTestResult.AtEndpoint> results = PortalTestResult.ofAll(visit, type);
      List<String> best =
          receivers.stream()
              .filter(one -> !health.apply(one).isHeld())
              .min(Comparator.comparingInt(one -> doubt(health.apply(one))))
              .map(one -> List.of(one.id().toString()))
              .orElse(List.of());
      String unsent = visit.query().text(PortalTestResult.UNSENT);
      return new Tests(
          results,
          unsent.matches("[1-9]")
              ? visit.words().count("types.unsent", Integer.parseInt(unsent), false)
              : "",
          results.isEmpty()
              ? best
              : results.stream().map(PortalTestResult.AtEndpoint::endpoint).toList(),
          best.isEmpty() ? visit.words().count("types.held", receivers.size(), false) : "");
    }
  }

  /**
   * Returns a rank that is higher the less likely an endpoint is to accept an event; 0 if it works.
   */
  private static int doubt(EndpointHealth health) {
    if (TranslatedReasons.isInTrouble(health)) {
      return 3;
    }
    return health.state() == EndpointHealth.State.RATE_LIMITED ? 2 : Math.min(1, health.failures());
  }

  ConsoleReply list(PortalVisit visit) {
    PortalFrame frame = visit.frame("nav.types");
    List<ListedType> types = PublicTypes.listed(visit.access());
    return TemplateRenderer.page(
        (out, i) -> JtePortalEventTypesGenerated.render(out, i, frame, types));
  }

  /**
   * Shows a type.
   *
   * @param views the content of this request's pages
   * @throws NotFoundException if the type has no description and no endpoint receives it
   */
  ConsoleReply show(PortalVisit visit, String name, PortalViews views) {
    EventType type = PortalPageRoutes.read(name, EventType::new);
    TypeDetails details =
        PublicTypes.find(webhooks, visit.access(), type, visit.now())
            .orElseThrow(() -> new NotFoundException("event type", name));
    views.readNewest(details.receivers());
    List<PortalViews.EndpointLine> receivers = views.lines(details.receivers());
    List<PortalViews.Row> newest = views.newest(views.deliveries().type(type), NEWEST);
    String back = visit.list().query();
    String field = back.isEmpty() ? BackLink.to("?type=" + name) : back;
    PortalFrame frame = visit.titled(name);
    Tests tests = Tests.of(visit, type, details.receivers(), webhooks.endpoints()::health);
    return TemplateRenderer.page(
        (out, i) ->
            JtePortalEventTypeGenerated.render(
                out, i, frame, details, receivers, newest, field, tests));
  }
}
