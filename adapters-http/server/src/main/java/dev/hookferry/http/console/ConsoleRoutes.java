package dev.hookferry.http.console;

import dev.hookferry.Hookferry;
import dev.hookferry.Webhooks;
import dev.hookferry.access.Scope;
import dev.hookferry.http.console.activity.Activity;
import dev.hookferry.http.console.catalog.EventTypeEditPage;
import dev.hookferry.http.console.catalog.EventTypesPage;
import dev.hookferry.http.console.compare.ComparePage;
import dev.hookferry.http.console.deliveries.DeliveriesPage;
import dev.hookferry.http.console.deliveries.DeliveryPage;
import dev.hookferry.http.console.deliveries.ReplayPage;
import dev.hookferry.http.console.deliveries.ReplaysPage;
import dev.hookferry.http.console.deliveries.RetryMatchingPage;
import dev.hookferry.http.console.deliveries.RetryQueuePage;
import dev.hookferry.http.console.endpoints.BodyCheckPage;
import dev.hookferry.http.console.endpoints.EndpointEditPage;
import dev.hookferry.http.console.endpoints.EndpointPage;
import dev.hookferry.http.console.endpoints.EndpointTestPage;
import dev.hookferry.http.console.endpoints.EndpointsPage;
import dev.hookferry.http.console.endpoints.FilterCheckPage;
import dev.hookferry.http.console.endpoints.PendingTests;
import dev.hookferry.http.console.endpoints.VerifyPage;
import dev.hookferry.http.console.events.EventPage;
import dev.hookferry.http.console.events.EventsPage;
import dev.hookferry.http.console.events.FindPage;
import dev.hookferry.http.console.events.SendPage;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.console.frame.ConsoleRoute;
import dev.hookferry.http.console.frame.FrameRenderer;
import dev.hookferry.http.console.frame.ServerInfo;
import dev.hookferry.http.console.frame.Visit;
import dev.hookferry.http.console.navigation.NavCounts;
import dev.hookferry.http.console.navigation.PalettePage;
import dev.hookferry.http.console.navigation.SiteHealth;
import dev.hookferry.http.console.navigation.SiteSwitchPage;
import dev.hookferry.http.console.navigation.UidRedirect;
import dev.hookferry.http.console.outbox.OutboxesPage;
import dev.hookferry.http.console.overview.OverviewPage;
import dev.hookferry.http.console.problems.ProblemsPage;
import dev.hookferry.http.console.site.AuditPage;
import dev.hookferry.http.console.site.KeysPage;
import dev.hookferry.http.console.site.PortalImagesPage;
import dev.hookferry.http.console.site.PortalSitePage;
import dev.hookferry.http.console.site.PropertiesPage;
import dev.hookferry.http.console.site.SettingsPage;
import dev.hookferry.http.console.site.SitesPage;
import dev.hookferry.http.console.site.SystemPage;
import dev.hookferry.http.console.text.FormValues;
import dev.hookferry.id.SiteId;
import dev.hookferry.portal.Portal;
import java.util.ArrayList;
import java.util.List;

/** Every page and every change of the console, with its path and handler. */
final class ConsoleRoutes {
  private ConsoleRoutes() {}

  static List<ConsoleRoute> all(Hookferry hookferry, FrameRenderer frames, ConsoleOptions options) {
    List<ConsoleRoute> all =
        new ArrayList<>(readRoutes(hookferry.webhooks(), frames, options.activity()));
    all.addAll(ofEndpoints(hookferry.webhooks(), frames, options.activity()));
    all.addAll(tools(hookferry.webhooks(), frames));
    all.addAll(ofEventTypes(hookferry.webhooks(), frames, options.activity()));
    all.addAll(ofServer(hookferry, frames, options.server()));
    all.addAll(navigation(hookferry.webhooks(), frames));
    all.addAll(ofPortal(Portal.of(hookferry, options.clock()), frames, options.server()));
    return List.copyOf(all);
  }

  private static List<ConsoleRoute> ofPortal(
      Portal portal, FrameRenderer frames, ServerInfo facts) {
    PortalSitePage page = new PortalSitePage(portal, frames, facts);
    PortalImagesPage images = new PortalImagesPage();
    return List.of(
        new ConsoleRoute("GET", "/sites/{site}/portal", Scope.MANAGE, page::show),
        ConsoleRoute.change("/portal", page::save),
        new ConsoleRoute("GET", "/sites/{site}/portal/preview", Scope.MANAGE, page::preview),
        new ConsoleRoute("GET", "/sites/{site}/portal/theme.css", Scope.MANAGE, page::theme),
        ConsoleRoute.change("/portal/images", images::save),
        ConsoleRoute.change("/portal/images/remove", images::remove),
        new ConsoleRoute("GET", "/sites/{site}/portal/images/{id}", Scope.MANAGE, images::file),
        ConsoleRoute.change("/portal/switch", page::toggle),
        ConsoleRoute.change("/portal/link", page::link),
        ConsoleRoute.change("/portal/view", page::view),
        ConsoleRoute.change("/portal/end", page::end));
  }

  private static List<ConsoleRoute> navigation(Webhooks webhooks, FrameRenderer frames) {
    AuditPage audit = new AuditPage(webhooks, frames);
    ProblemsPage problems = new ProblemsPage(webhooks, frames);
    return List.of(
        ConsoleRoute.page("/problems", problems::show),
        ConsoleRoute.change("/problems/{id}/acknowledge", problems::acknowledge),
        ConsoleRoute.change("/problems/{id}/mute", problems::mute),
        new ConsoleRoute("GET", "/audit", Scope.ADMIN, audit::show),
        ConsoleRoute.page("/switch", new SiteSwitchPage(webhooks, frames)::show),
        ConsoleRoute.page("/counts", new NavCounts(webhooks)::show),
        ConsoleRoute.page("/palette", new PalettePage(webhooks)::find));
  }

  private static List<ConsoleRoute> tools(Webhooks webhooks, FrameRenderer frames) {
    RetryQueuePage queue = new RetryQueuePage(webhooks, frames);
    FindPage find = new FindPage(webhooks, frames);
    VerifyPage verify = new VerifyPage(frames);
    ReplaysPage replays = new ReplaysPage(webhooks, frames);
    ReplayPage replay = new ReplayPage(webhooks, frames);
    SendPage send = new SendPage(webhooks, frames);
    return List.of(
        ConsoleRoute.page("/find", find::show),
        ConsoleRoute.change("/find/fields", find::changeFields),
        ConsoleRoute.page("/retry-queue", queue::show),
        ConsoleRoute.change("/retry-queue/retry", queue::retry),
        ConsoleRoute.change("/retry-queue/skip", queue::skip),
        ConsoleRoute.change("/retry-queue/cancel", queue::confirmCancel),
        ConsoleRoute.change("/retry-queue/cancel/confirm", queue::cancel),
        ConsoleRoute.page("/replays", replays::show),
        ConsoleRoute.page("/replays/count", replay::count),
        ConsoleRoute.change("/replays/review", replays::review),
        ConsoleRoute.change("/replays", replays::begin),
        ConsoleRoute.page("/replays/{id}", replay::show),
        ConsoleRoute.change("/replays/{id}/pause", replay::pause),
        ConsoleRoute.change("/replays/{id}/resume", replay::resume),
        ConsoleRoute.change("/replays/{id}/cancel", replay::cancel),
        ConsoleRoute.page("/verify", verify::show),
        new ConsoleRoute("POST", "/sites/{site}/verify", Scope.READ, verify::check),
        new ConsoleRoute("GET", "/sites/{site}/send", Scope.PUBLISH, send::show),
        new ConsoleRoute("POST", "/sites/{site}/send", Scope.PUBLISH, send::publish));
  }

  private static List<ConsoleRoute> ofEventTypes(
      Webhooks webhooks, FrameRenderer frames, Activity activity) {
    EventTypesPage types = new EventTypesPage(webhooks, frames, activity);
    EventTypeEditPage edit = new EventTypeEditPage(webhooks, frames);
    return List.of(
        ConsoleRoute.page("/event-types", types::list),
        ConsoleRoute.page("/event-types/{type}", types::show),
        ConsoleRoute.page("/catalog/openapi.json", types::openApi),
        ConsoleRoute.page("/catalog/asyncapi.json", types::asyncApi),
        new ConsoleRoute("GET", "/sites/{site}/new-event-type", Scope.MANAGE, edit::blank),
        ConsoleRoute.change("/new-event-type", edit::create),
        new ConsoleRoute("GET", "/sites/{site}/event-types/{type}/edit", Scope.MANAGE, edit::edit),
        ConsoleRoute.change("/event-types/{type}/edit", edit::save),
        ConsoleRoute.change("/event-types/{type}/remove", edit::remove));
  }

  private static List<ConsoleRoute> ofServer(
      Hookferry hookferry, FrameRenderer frames, ServerInfo facts) {
    SitesPage sites = new SitesPage(hookferry.webhooks(), frames);
    KeysPage keys = new KeysPage(hookferry.webhooks(), frames);
    SystemPage system = new SystemPage(hookferry, facts, frames);
    OutboxesPage outboxes = new OutboxesPage(hookferry.webhooks(), frames);
    return List.of(
        new ConsoleRoute("GET", "/sites", Scope.ADMIN, sites::show),
        new ConsoleRoute("POST", "/sites", Scope.ADMIN, sites::create),
        new ConsoleRoute("GET", "/sites/{site}/remove", Scope.ADMIN, sites::confirmRemove),
        new ConsoleRoute("POST", "/sites/{site}/remove", Scope.ADMIN, sites::remove),
        new ConsoleRoute("GET", "/keys", Scope.ADMIN, keys::show),
        new ConsoleRoute("POST", "/keys", Scope.ADMIN, keys::create),
        new ConsoleRoute("GET", "/keys/{id}/revoke", Scope.ADMIN, keys::confirmRevoke),
        new ConsoleRoute("POST", "/keys/{id}/revoke", Scope.ADMIN, keys::revoke),
        new ConsoleRoute("GET", "/outboxes", Scope.ADMIN, outboxes::list),
        new ConsoleRoute("GET", "/outboxes/{outbox}", Scope.ADMIN, outboxes::show),
        new ConsoleRoute("POST", "/outboxes/{outbox}/retry", Scope.ADMIN, outboxes::retry),
        new ConsoleRoute(
            "POST", "/outboxes/{outbox}/discard", Scope.ADMIN, outboxes::confirmDiscard),
        new ConsoleRoute(
            "POST", "/outboxes/{outbox}/discard/confirm", Scope.ADMIN, outboxes::discard),
        new ConsoleRoute("GET", "/system", Scope.ADMIN, system::show),
        new ConsoleRoute("POST", "/system/rotate", Scope.ADMIN, system::rotate),
        new ConsoleRoute("POST", "/system/backup", Scope.ADMIN, system::backUp));
  }

  private static List<ConsoleRoute> readRoutes(
      Webhooks webhooks, FrameRenderer frames, Activity activity) {
    OverviewPage overview = new OverviewPage(webhooks, frames, activity);
    PropertiesPage properties = new PropertiesPage(webhooks, frames);
    SettingsPage settings = new SettingsPage(webhooks, frames);
    RetryMatchingPage all = new RetryMatchingPage(webhooks, frames);
    DeliveriesPage deliveries = new DeliveriesPage(webhooks, frames);
    DeliveryPage delivery = new DeliveryPage(webhooks, frames);
    EventsPage events = new EventsPage(webhooks, frames);
    EventPage event = new EventPage(webhooks, frames);
    return List.of(
        new ConsoleRoute("GET", "/", null, ConsoleRoutes::home),
        ConsoleRoute.page("", overview::show),
        ConsoleRoute.page("/live", visit -> ConsoleReply.streaming(activity.feed(visit.site()))),
        ConsoleRoute.page("/server-properties", properties::show),
        ConsoleRoute.change("/server-properties", properties::review),
        ConsoleRoute.change("/server-properties/save", properties::save),
        ConsoleRoute.page("/settings", settings::show),
        ConsoleRoute.change("/settings", settings::save),
        ConsoleRoute.page("/events", events::show),
        ConsoleRoute.page("/events/export", events::export),
        ConsoleRoute.page("/events/{id}", event::show),
        ConsoleRoute.change("/events/{id}/replay", event::replay),
        ConsoleRoute.page("/deliveries", deliveries::show),
        ConsoleRoute.change("/deliveries/retry", deliveries::retry),
        ConsoleRoute.page("/deliveries/export", deliveries::export),
        new ConsoleRoute("GET", "/sites/{site}/deliveries/all", Scope.MANAGE, all::show),
        ConsoleRoute.change("/deliveries/all", all::start),
        ConsoleRoute.page("/deliveries/{id}", delivery::show),
        ConsoleRoute.page("/deliveries/{id}/compare", new ComparePage(webhooks, frames)::show),
        ConsoleRoute.change("/deliveries/{id}/retry", delivery::retry),
        ConsoleRoute.change("/deliveries/{id}/skip", delivery::skip),
        ConsoleRoute.change("/deliveries/{id}/cancel", delivery::cancel));
  }

  /**
   * Returns the first page of a key, or of a site whose name was typed. Users who have not visited
   * a site yet start at the one that most needs attention.
   */
  private static ConsoleReply home(Visit visit) {
    String site = FormValues.encoded(visit.query().text("site"));
    if (!site.isEmpty()) {
      return ConsoleReply.seeOther("/sites/" + site);
    }
    boolean isAnywhere = visit.key().site() == null && visit.last() == null;
    SiteId first = isAnywhere ? SiteHealth.mostUrgentSite(visit.webhooks()) : visit.site();
    return ConsoleReply.seeOther("/sites/" + first + visit.landing());
  }

  private static List<ConsoleRoute> ofEndpoints(
      Webhooks webhooks, FrameRenderer frames, Activity activity) {
    EndpointsPage endpoints = new EndpointsPage(webhooks, frames, activity);
    PendingTests tests = new PendingTests();
    EndpointPage endpoint = new EndpointPage(webhooks, frames, activity, tests);
    EndpointEditPage edit = new EndpointEditPage(webhooks, frames, endpoint);
    EndpointTestPage trial = new EndpointTestPage(webhooks, frames, edit, tests);
    FilterCheckPage filters = new FilterCheckPage(webhooks);
    return List.of(
        ConsoleRoute.page("/endpoints", endpoints::show),
        ConsoleRoute.page("/endpoints/suggest", endpoints::suggest),
        new ConsoleRoute("GET", "/sites/{site}/endpoints/new", Scope.MANAGE, edit::blank),
        ConsoleRoute.change("/endpoints/new", trial::again),
        ConsoleRoute.change("/endpoints/filter-check", filters::check),
        ConsoleRoute.change("/endpoints/filter-paths", filters::paths),
        ConsoleRoute.change("/endpoints/body-check", new BodyCheckPage(webhooks)::check),
        ConsoleRoute.change("/endpoints/try", trial::show),
        ConsoleRoute.change("/endpoints", edit::create),
        ConsoleRoute.page("/endpoints/{id}", UidRedirect.or(webhooks, "", endpoint::show)),
        new ConsoleRoute(
            "GET",
            "/sites/{site}/endpoints/{id}/edit",
            Scope.MANAGE,
            UidRedirect.or(webhooks, "/edit", edit::edit)),
        ConsoleRoute.change("/endpoints/{id}/edit", edit::save),
        ConsoleRoute.change("/endpoints/{id}/test", endpoint::test),
        ConsoleRoute.change("/endpoints/{id}/pause", endpoint::pause),
        ConsoleRoute.change("/endpoints/{id}/resume", endpoint::resume),
        ConsoleRoute.change("/endpoints/{id}/rotate", endpoint::rotate),
        ConsoleRoute.change("/endpoints/{id}/remove", endpoint::remove));
  }
}
