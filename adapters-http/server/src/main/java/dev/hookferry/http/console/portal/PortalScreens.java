package dev.hookferry.http.console.portal;

import dev.hookferry.Webhooks;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.portal.PortalPayload;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.portal.Portal;
import dev.hookferry.portal.PortalCapability;
import dev.hookferry.query.Page;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import java.util.List;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The pages of a session. */
final class PortalScreens {
  private static final Pattern DELIVERY =
      Pattern.compile("/portal/deliveries/([a-z0-9_]+)(/[a-z]+)?");
  private static final Pattern ENDPOINT =
      Pattern.compile("/portal/endpoints/([a-z0-9_]+)(/[a-z]+)?");

  private final Webhooks webhooks;
  private final Portal portal;
  private final PortalActs acts = new PortalActs();

  PortalScreens(Webhooks webhooks, Portal portal) {
    this.webhooks = webhooks;
    this.portal = portal;
  }

  ConsoleReply answer(PortalVisit visit) {
    if (!visit.isRead() && !visit.isOurs()) {
      String text = "This form is out of date. Please open the page again, and repeat it.";
      return visit.message(403, "Not done", text, "/portal/");
    }
    String path = visit.request().path();
    Matcher delivery = DELIVERY.matcher(path);
    Matcher endpoint = ENDPOINT.matcher(path);
    if (path.equals("/portal/deliveries/retry")) {
      return visit.isRead() ? review(visit) : acts.retryMany(visit);
    }
    if (path.equals("/portal/endpoints/new")) {
      return visit.isRead() ? blank(visit) : created(visit);
    }
    if (delivery.matches()) {
      String act = delivery.group(2) == null ? "" : delivery.group(2);
      return delivery(visit, read(delivery.group(1), DeliveryId::parse), act);
    }
    if (endpoint.matches()) {
      String act = endpoint.group(2) == null ? "" : endpoint.group(2);
      EndpointId id = read(endpoint.group(1), EndpointId::parse);
      return visit.isRead() ? shown(visit, id, act) : done(visit, id, act);
    }
    return list(visit, path);
  }

  private PortalViews views(PortalVisit visit) {
    return new PortalViews(webhooks, visit.access(), visit.now());
  }

  private ConsoleReply list(PortalVisit visit, String path) {
    PortalViews views = views(visit);
    if (visit.isRead() && path.equals("/portal/")) {
      PortalFrame frame = visit.frame("Webhooks");
      return TemplateRenderer.page(
          (out, i) -> JtePortalHomeGenerated.render(out, i, frame, views.home()));
    }
    if (visit.isRead() && path.equals("/portal/deliveries")) {
      PortalFilter filter = new PortalFilter(visit.query());
      PortalViews.Deliveries rows = views.list(filter, visit.query().text("cursor"));
      PortalFrame frame = visit.frame("Deliveries");
      return TemplateRenderer.page(
          rows.problems().isEmpty() ? 200 : 400,
          (out, i) -> JtePortalDeliveriesGenerated.render(out, i, frame, rows));
    }
    if (visit.isRead() && path.equals("/portal/event-types")) {
      PortalFrame frame = visit.frame("Event types");
      return TemplateRenderer.page(
          (out, i) -> JtePortalEventTypesGenerated.render(out, i, frame, views.types()));
    }
    throw new NotFoundException("page", path);
  }

  /** Asks before all failed deliveries that match a filter are sent again. */
  private ConsoleReply review(PortalVisit visit) {
    var unused = visit.access().requirePermitted(PortalCapability.RETRY);
    Page<Delivery> failed = PortalActs.failed(visit);
    String query = new PortalFilter(visit.query()).query();
    PortalFrame frame = visit.frame("Send again");
    return TemplateRenderer.page(
        (out, i) ->
            JtePortalRetryGenerated.render(
                out, i, frame, failed.data().size(), failed.next() != null, query));
  }

  private ConsoleReply delivery(PortalVisit visit, DeliveryId id, String act) {
    if (visit.isRead() && act.isEmpty()) {
      PortalViews.DeliveryDetails details =
          views(visit).details(visit.access().delivery(id), new PortalPayload(portal));
      PortalFrame frame = visit.frame("Delivery");
      return TemplateRenderer.page(
          (out, i) -> JtePortalDeliveryGenerated.render(out, i, frame, details));
    }
    if (!visit.isRead() && act.equals("/retry")) {
      return acts.retry(visit, id);
    }
    throw new NotFoundException("page", id);
  }

  private ConsoleReply shown(PortalVisit visit, EndpointId id, String act) {
    switch (act) {
      case "" -> {
        PortalViews.EndpointDetails details = views(visit).details(visit.access().endpoint(id));
        PortalFrame frame = visit.frame("Endpoint");
        return TemplateRenderer.page(
            (out, i) -> JtePortalEndpointGenerated.render(out, i, frame, details));
      }
      case "/edit" -> {
        var endpoint = visit.access().endpoint(id);
        var unused = visit.access().requirePermitted(PortalCapability.MANAGE);
        return form(
            visit,
            200,
            PortalEndpointForm.of(endpoint, visit.access().headers(endpoint), known(visit)));
      }
      case "/remove" -> {
        String url = visit.access().endpoint(id).url().text();
        var unused = visit.access().requirePermitted(PortalCapability.REMOVE);
        PortalFrame frame = visit.frame("Remove endpoint");
        return TemplateRenderer.page(
            (out, i) -> JtePortalRemoveGenerated.render(out, i, frame, id.toString(), url));
      }
      default -> throw new NotFoundException("page", id);
    }
  }

  private ConsoleReply done(PortalVisit visit, EndpointId id, String act) {
    return switch (act) {
      case "/test" -> acts.test(visit, id);
      case "/pause" -> acts.pause(visit, id);
      case "/resume" -> acts.resume(visit, id);
      case "/rotate" -> acts.rotate(visit, id);
      case "/remove" -> acts.remove(visit, id);
      case "/edit" -> changed(visit, id);
      default -> throw new NotFoundException("page", id);
    };
  }

  private ConsoleReply blank(PortalVisit visit) {
    var unused = visit.access().requirePermitted(PortalCapability.MANAGE);
    return form(visit, 200, PortalEndpointForm.empty(known(visit)));
  }

  private ConsoleReply created(PortalVisit visit) {
    PortalEndpointForm form = PortalEndpointForm.of(visit.form(), true, known(visit));
    try {
      return acts.create(visit, form);
    } catch (InvalidException e) {
      return form(visit, 400, form.with(e.problems()));
    }
  }

  private ConsoleReply changed(PortalVisit visit, EndpointId id) {
    PortalEndpointForm form = PortalEndpointForm.of(visit.form(), false, known(visit));
    try {
      var present = visit.access().endpoint(id);
      return acts.change(visit, present.id(), form);
    } catch (InvalidException e) {
      return form(visit, 400, form.with(e.problems()));
    }
  }

  private static List<String> known(PortalVisit visit) {
    return visit.access().eventTypes().stream().map(type -> type.type().name()).toList();
  }

  private static ConsoleReply form(PortalVisit visit, int status, PortalEndpointForm form) {
    PortalFrame frame = visit.frame(form.isNew() ? "New endpoint" : "Change endpoint");
    return TemplateRenderer.page(
        status, (out, i) -> JtePortalEndpointEditGenerated.render(out, i, frame, form));
  }

  /** A malformed id is answered like an unknown one. */
  private static <T> T read(String text, Function<String, T> parse) {
    try {
      return parse.apply(text);
    } catch (InvalidException e) {
      throw new NotFoundException("page", text);
    }
  }
}
