package dev.hookferry.http.console.portal;

import dev.hookferry.Webhooks;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.portal.deliveries.BackToList;
import dev.hookferry.http.console.portal.types.PublicTypes;
import dev.hookferry.http.console.portal.types.PublicTypes.ListedType;
import dev.hookferry.http.console.portal.types.PublicTypes.TypeDetails;
import dev.hookferry.id.EventType;
import dev.hookferry.refusal.NotFoundException;
import java.util.List;

/** The list of event types, and the page of each. */
final class PortalTypePages {
  private static final int NEWEST = 5;

  private final Webhooks webhooks;

  PortalTypePages(Webhooks webhooks) {
    this.webhooks = webhooks;
  }

  /**
   * What came of an example that was sent to several endpoints just now.
   *
   * @param results the result at each
   * @param unsent that others got nothing; empty if all did
   */
  public record Tests(List<PortalTestResult.AtEndpoint> results, String unsent) {
    static Tests of(PortalVisit visit, EventType type) {
      String unsent = visit.query().text(PortalTestResult.UNSENT);
      return new Tests(
          PortalTestResult.ofAll(visit, type),
          unsent.matches("[1-9]")
              ? visit.words().count("types.unsent", Integer.parseInt(unsent), false)
              : "");
    }
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
   * @throws NotFoundException if nobody has described it, and none of the endpoints gets it
   */
  ConsoleReply show(PortalVisit visit, String name, PortalViews views) {
    EventType type = PortalScreens.read(name, EventType::new);
    TypeDetails details =
        PublicTypes.find(webhooks, visit.access(), type, visit.now())
            .orElseThrow(() -> new NotFoundException("event type", name));
    List<PortalViews.EndpointLine> receivers = views.lines(details.receivers());
    List<PortalViews.Row> newest = views.newest(views.deliveries().type(type), NEWEST);
    String back = visit.list().query();
    String field = back.isEmpty() ? BackToList.to("?type=" + name) : back;
    PortalFrame frame = visit.titled(name);
    Tests tests = Tests.of(visit, type);
    return TemplateRenderer.page(
        (out, i) ->
            JtePortalEventTypeGenerated.render(
                out, i, frame, details, receivers, newest, field, tests));
  }
}
