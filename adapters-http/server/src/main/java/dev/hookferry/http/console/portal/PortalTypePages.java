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
    return TemplateRenderer.page(
        (out, i) ->
            JtePortalEventTypeGenerated.render(out, i, frame, details, receivers, newest, field));
  }
}
