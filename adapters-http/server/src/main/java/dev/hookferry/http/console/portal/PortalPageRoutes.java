package dev.hookferry.http.console.portal;

import dev.hookferry.Webhooks;
import dev.hookferry.endpoint.Endpoint;
import dev.hookferry.http.console.activity.Activity;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.TemplateRenderer;
import dev.hookferry.http.console.portal.deliveries.BackLink;
import dev.hookferry.http.console.portal.deliveries.PortalFilter;
import dev.hookferry.http.console.portal.deliveries.ResentBatches;
import dev.hookferry.http.console.portal.deliveries.RetryOrigin;
import dev.hookferry.http.console.portal.deliveries.ShortName;
import dev.hookferry.http.console.portal.deliveries.UnsentEvent;
import dev.hookferry.http.console.portal.forms.SavedSecrets;
import dev.hookferry.http.console.portal.site.PortalCookie;
import dev.hookferry.http.words.Words;
import dev.hookferry.id.DeliveryId;
import dev.hookferry.id.EndpointId;
import dev.hookferry.observe.Undelivered;
import dev.hookferry.observe.UndeliveredCounts;
import dev.hookferry.portal.Portal;
import dev.hookferry.portal.PortalCapability;
import dev.hookferry.query.DeliveryQuery;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.NotFoundException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The pages of a session. Paths with a literal, such as new, come before those with an id. */
final class PortalPageRoutes {
  private static final String DELIVERIES = "/portal/deliveries";
  private static final String ENDPOINTS = "/portal/endpoints";
  private static final String TYPES = "/portal/event-types";
  private static final String SIGNATURE = "/portal/signature";
  private static final String DELIVERY = DELIVERIES + "/{id}";
  private static final String ENDPOINT = ENDPOINTS + "/{id}";

  /** Pages of the items in lists. */
  private static final Pattern OF_LISTS =
      Pattern.compile("/portal/(?:deliveries/dlv_|endpoints/ep_)[a-z0-9]+(?:\\?.*)?");

  /** A page of the portal, with its query. */
  private static final Pattern PAGE = Pattern.compile("/portal/[!-~]*");

  private final Webhooks webhooks;
  private final Portal portal;
  private final List<PortalRoute> routes =
      List.of(
          new PortalRoute("GET", "/portal/", (visit, id) -> home(visit)),
          new PortalRoute("GET", "/portal/language", (visit, id) -> language(visit)),
          new PortalRoute("GET", TYPES, (visit, id) -> types().list(visit)),
          new PortalRoute(
              "GET", TYPES + "/{id}", (visit, id) -> types().show(visit, id, views(visit))),
          new PortalRoute("POST", TYPES + "/test", (visit, id) -> sendExample(visit)),
          new PortalRoute("GET", SIGNATURE, (visit, id) -> PortalVerify.askForMessage(visit)),
          new PortalRoute("POST", SIGNATURE, (visit, id) -> verify().checkMessage(visit)),
          new PortalRoute("GET", DELIVERIES, (visit, id) -> deliveries(visit)),
          new PortalRoute("GET", DELIVERIES + "/retry", (visit, id) -> retry().review(visit)),
          new PortalRoute("POST", DELIVERIES + "/retry", (visit, id) -> retryMany(visit)),
          new PortalRoute("GET", DELIVERIES + "/sent", (visit, id) -> outcome(visit)),
          ofDelivery("GET", DELIVERY, this::delivery),
          ofDelivery("POST", DELIVERY + "/retry", (visit, id) -> retry().one(visit, id)),
          ofDelivery("GET", DELIVERY + "/verify", (visit, id) -> verify().ask(visit, id)),
          ofDelivery("POST", DELIVERY + "/verify", (visit, id) -> verify().check(visit, id)),
          new PortalRoute("GET", ENDPOINTS, (visit, id) -> endpoints(visit)),
          new PortalRoute("GET", ENDPOINTS + "/new", (visit, id) -> forms().blank(visit)),
          new PortalRoute("POST", ENDPOINTS + "/new", (visit, id) -> forms().created(visit)),
          ofEndpoint("GET", ENDPOINT, this::endpoint),
          ofEndpoint("GET", ENDPOINT + "/edit", (visit, id) -> forms().edit(visit, id)),
          ofEndpoint("POST", ENDPOINT + "/edit", (visit, id) -> forms().changed(visit, id)),
          ofEndpoint("GET", ENDPOINT + "/remove", this::removal),
          ofEndpoint("POST", ENDPOINT + "/remove", (visit, id) -> actions().remove(visit, id)),
          ofEndpoint("GET", ENDPOINT + "/missed", PortalRetry::missed),
          ofEndpoint("POST", ENDPOINT + "/missed", PortalRetry::sendMissed),
          ofEndpoint("POST", ENDPOINT + "/test", (visit, id) -> actions().test(visit, id)),
          ofEndpoint("POST", ENDPOINT + "/pause", (visit, id) -> actions().pause(visit, id)),
          ofEndpoint("POST", ENDPOINT + "/resume", (visit, id) -> actions().resume(visit, id)),
          ofEndpoint("POST", ENDPOINT + "/rotate", (visit, id) -> actions().rotate(visit, id)));
  private final PortalEndpointPage page;
  private final ResentBatches sent;
  private final SavedSecrets kept;
  private final boolean behindTls;

  PortalPageRoutes(
      Webhooks webhooks,
      Portal portal,
      ResentBatches sent,
      SavedSecrets kept,
      @Nullable Activity activity,
      boolean behindTls) {
    this.webhooks = webhooks;
    this.portal = portal;
    this.sent = sent;
    page = new PortalEndpointPage(webhooks, activity, kept);
    this.kept = kept;
    this.behindTls = behindTls;
  }

  private static PortalRoute ofDelivery(
      String method, String template, BiFunction<PortalVisit, DeliveryId, ConsoleReply> screen) {
    return new PortalRoute(
        method, template, (visit, id) -> screen.apply(visit, read(id, DeliveryId::parse)));
  }

  private static PortalRoute ofEndpoint(
      String method, String template, BiFunction<PortalVisit, EndpointId, ConsoleReply> screen) {
    return new PortalRoute(
        method, template, (visit, id) -> screen.apply(visit, read(id, EndpointId::parse)));
  }

  List<PortalRoute> routes() {
    return routes;
  }

  ConsoleReply reply(PortalVisit visit) {
    if (!visit.isRead() && !visit.isOurs()) {
      return visit.message(403, "message.not-done", "message.out-of-date", "/portal/");
    }
    String method = visit.isRead() ? "GET" : visit.request().method();
    String path = visit.request().path();
    for (PortalRoute route : routes) {
      Optional<String> id = route.match(path);
      if (id.isPresent() && route.method().equals(method)) {
        return passedOn(visit, route.screen().of(visit, id.get()));
      }
    }
    throw new NotFoundException("page", path);
  }

  /** Makes the page after an action link back to the same list. */
  private static ConsoleReply passedOn(PortalVisit visit, ConsoleReply reply) {
    String to = reply.headers().getOrDefault("Location", "");
    return OF_LISTS.matcher(to).matches() ? reply.with("Location", visit.list().on(to)) : reply;
  }

  private PortalTypePages types() {
    return new PortalTypePages(webhooks);
  }

  private PortalFormPages forms() {
    return new PortalFormPages(portal, actions(), behindTls);
  }

  private PortalVerify verify() {
    return new PortalVerify(webhooks);
  }

  private PortalViews views(PortalVisit visit) {
    return new PortalViews(webhooks, visit, page.figures(visit));
  }

  private PortalActions actions() {
    return new PortalActions(kept);
  }

  private PortalRetry retry() {
    return new PortalRetry(webhooks, sent);
  }

  private ConsoleReply home(PortalVisit visit) {
    PortalFrame frame = visit.frame("home.title");
    PortalViews.Home home = views(visit).home();
    return TemplateRenderer.page((out, i) -> JtePortalHomeGenerated.render(out, i, frame, home));
  }

  /** Stores a language and redirects to the page on which it was chosen. */
  private ConsoleReply language(PortalVisit visit) {
    String chosen = visit.query().text("to");
    String page = visit.query().text("page");
    ConsoleReply back =
        ConsoleReply.seeOther(PAGE.matcher(page).matches() ? page : PortalPages.HOME);
    return Words.LANGUAGES.contains(chosen)
        ? back.with("Set-Cookie", PortalCookie.languageHeader(visit.request(), behindTls, chosen))
        : back;
  }

  private ConsoleReply endpoints(PortalVisit visit) {
    PortalFrame frame = visit.frame("home.endpoints");
    PortalViews.Home home = views(visit).home();
    return TemplateRenderer.page(
        (out, i) -> JtePortalEndpointsGenerated.render(out, i, frame, home));
  }

  private ConsoleReply sendExample(PortalVisit visit) {
    List<EndpointId> chosen =
        visit.form().texts("endpoint").stream().map(id -> read(id, EndpointId::parse)).toList();
    return chosen.size() == 1
        ? actions().test(visit, chosen.get(0))
        : actions().testAll(visit, new LinkedHashSet<>(chosen));
  }

  private ConsoleReply deliveries(PortalVisit visit) {
    return deliveries(visit, "");
  }

  /** Returns the list; {@code wrong} is the error in the form below it, if any. */
  private ConsoleReply deliveries(PortalVisit visit, String wrong) {
    PortalFilter filter = new PortalFilter(visit.query());
    Optional<DeliveryId> found = filter.delivery(visit.access());
    if (found.isPresent() && visit.isRead()) {
      return ConsoleReply.seeOther(DELIVERIES + "/" + found.get());
    }
    String cursor = visit.query().text("cursor");
    PortalViews.DeliveryList rows = views(visit).list(filter, cursor);
    List<UnsentEvent> unsent = UnsentEvent.of(visit.access(), filter, visit.words(), visit.now());
    PortalFrame frame = visit.frame("deliveries.title");
    return TemplateRenderer.page(
        rows.problems().isEmpty() && wrong.isEmpty() ? 200 : 400,
        (out, i) ->
            JtePortalDeliveriesGenerated.render(
                out, i, frame, rows, wrong, unsent, cursor.isEmpty()));
  }

  private ConsoleReply retryMany(PortalVisit visit) {
    var unused = visit.access().requirePermitted(PortalCapability.RETRY);
    return PortalRetry.isNothingSelected(visit)
        ? deliveries(visit, visit.words().text("deliveries.select-one"))
        : retry().many(visit);
  }

  /** Shows only the deliveries that were retried together, and their outcomes. */
  private ConsoleReply outcome(PortalVisit visit) {
    String token = visit.query().text("list");
    RetryOutcomeView view =
        sent.find(visit.access().session(), token)
            .map(kept -> RetryOutcomeView.of(webhooks, visit, kept, token))
            .orElseThrow(() -> new NotFoundException("page", token));
    PortalFrame frame = visit.titled(view.title());
    RetryOrigin back = RetryOrigin.of(visit.query(), visit.access(), visit.words());
    String field = BackLink.to("?" + visit.request().query());
    return TemplateRenderer.page(
        (out, i) -> JtePortalRetryOutcomeGenerated.render(out, i, frame, view, back, field));
  }

  private ConsoleReply delivery(PortalVisit visit, DeliveryId id) {
    PortalDeliveryView details =
        PortalDeliveryView.of(webhooks, visit, visit.access().delivery(id));
    PortalFrame frame =
        visit.titled(
            visit
                .words()
                .text("delivery.to", details.row().type(), ShortName.of(details.row().receiver())));
    return TemplateRenderer.page(
        (out, i) -> JtePortalDeliveryGenerated.render(out, i, frame, details));
  }

  private ConsoleReply endpoint(PortalVisit visit, EndpointId id) {
    return page.show(visit, visit.access().endpoint(id));
  }

  private ConsoleReply removal(PortalVisit visit, EndpointId id) {
    Endpoint endpoint = PortalFormPages.changeable(visit, id, PortalCapability.REMOVE);
    String name = ShortName.of(endpoint);
    PortalFrame frame = visit.titled(visit.words().text("remove.title", name));
    String url = endpoint.url().text();
    Undelivered open =
        UndeliveredCounts.of(
                DeliveryQuery.ofSite(endpoint.site()).endpoint(id),
                Set.of(id),
                visit.access()::deliveries)
            .of(id);
    String cancelled =
        open.total() == 0 ? "" : visit.words().count("remove.cancels", open.total(), open.more());
    return TemplateRenderer.page(
        (out, i) ->
            JtePortalRemoveGenerated.render(out, i, frame, id.toString(), url, cancelled, name));
  }

  /** A malformed id gets the same reply as an unknown one. */
  static <T> T read(String text, Function<String, T> parse) {
    try {
      return parse.apply(text);
    } catch (InvalidException e) {
      throw new NotFoundException("page", text);
    }
  }
}
