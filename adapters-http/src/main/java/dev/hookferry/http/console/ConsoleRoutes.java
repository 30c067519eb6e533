package dev.hookferry.http.console;

import dev.hookferry.Hookferry;
import dev.hookferry.Webhooks;
import dev.hookferry.access.Scope;
import java.util.ArrayList;
import java.util.List;

/** Every page and every change of the console. */
final class ConsoleRoutes {
  private ConsoleRoutes() {}

  static List<Route> all(Hookferry hookferry, Frames frames, ConsoleOptions options) {
    List<Route> all = new ArrayList<>(looks(hookferry.webhooks(), frames, options.activity()));
    all.addAll(ofEndpoints(hookferry.webhooks(), frames, options.activity()));
    all.addAll(tools(hookferry.webhooks(), frames));
    all.addAll(ofServer(hookferry, frames, options.server()));
    return List.copyOf(all);
  }

  private static List<Route> tools(Webhooks webhooks, Frames frames) {
    RetryQueuePage queue = new RetryQueuePage(webhooks, frames);
    FindPage find = new FindPage(webhooks, frames);
    VerifyPage verify = new VerifyPage(frames);
    ReplaysPage replays = new ReplaysPage(webhooks, frames);
    ReplayPage replay = new ReplayPage(webhooks, frames);
    SendPage send = new SendPage(webhooks, frames);
    return List.of(
        Route.page("/find", find::show),
        Route.page("/retry-queue", queue::show),
        Route.change("/retry-queue/retry", queue::retry),
        Route.change("/retry-queue/cancel", queue::ask),
        Route.change("/retry-queue/cancel/confirm", queue::cancel),
        Route.page("/replays", replays::show),
        Route.change("/replays/review", replays::review),
        Route.change("/replays", replays::begin),
        Route.page("/replays/{id}", replay::show),
        Route.change("/replays/{id}/pause", replay::pause),
        Route.change("/replays/{id}/resume", replay::resume),
        Route.change("/replays/{id}/cancel", replay::cancel),
        Route.page("/verify", verify::show),
        new Route("POST", "/sites/{site}/verify", Scope.READ, verify::check),
        new Route("GET", "/sites/{site}/send", Scope.PUBLISH, send::show),
        new Route("POST", "/sites/{site}/send", Scope.PUBLISH, send::publish));
  }

  private static List<Route> ofServer(Hookferry hookferry, Frames frames, ServerFacts facts) {
    SitesPage sites = new SitesPage(hookferry.webhooks(), frames);
    KeysPage keys = new KeysPage(hookferry.webhooks(), frames);
    SystemPage system = new SystemPage(hookferry, facts, frames);
    return List.of(
        new Route("GET", "/sites", Scope.ADMIN, sites::show),
        new Route("POST", "/sites", Scope.ADMIN, sites::create),
        new Route("GET", "/sites/{site}/remove", Scope.ADMIN, sites::ask),
        new Route("POST", "/sites/{site}/remove", Scope.ADMIN, sites::remove),
        new Route("GET", "/keys", Scope.ADMIN, keys::show),
        new Route("POST", "/keys", Scope.ADMIN, keys::create),
        new Route("GET", "/keys/{id}/revoke", Scope.ADMIN, keys::ask),
        new Route("POST", "/keys/{id}/revoke", Scope.ADMIN, keys::revoke),
        new Route("GET", "/system", Scope.ADMIN, system::show));
  }

  private static List<Route> looks(Webhooks webhooks, Frames frames, Activity activity) {
    OverviewPage overview = new OverviewPage(webhooks, frames, activity);
    PropertiesPage properties = new PropertiesPage(webhooks, frames);
    DeliveriesPage deliveries = new DeliveriesPage(webhooks, frames);
    DeliveryPage delivery = new DeliveryPage(webhooks, frames);
    EventsPage events = new EventsPage(webhooks, frames);
    EventPage event = new EventPage(webhooks, frames);
    return List.of(
        new Route("GET", "/", null, visit -> ConsoleReply.seeOther(visit.path(""))),
        Route.page("", overview::show),
        Route.page("/live", visit -> ConsoleReply.streaming(activity.feed(visit.site()))),
        Route.page("/server-properties", properties::show),
        Route.change("/server-properties", properties::review),
        Route.change("/server-properties/save", properties::save),
        Route.page("/events", events::show),
        Route.page("/events/{id}", event::show),
        Route.change("/events/{id}/replay", event::replay),
        Route.page("/deliveries", deliveries::show),
        Route.change("/deliveries/retry", deliveries::retry),
        Route.page("/deliveries/{id}", delivery::show),
        Route.change("/deliveries/{id}/retry", delivery::retry),
        Route.change("/deliveries/{id}/cancel", delivery::cancel));
  }

  private static List<Route> ofEndpoints(Webhooks webhooks, Frames frames, Activity activity) {
    EndpointsPage endpoints = new EndpointsPage(webhooks, frames, activity);
    EndpointPage endpoint = new EndpointPage(webhooks, frames, activity);
    EndpointEditPage edit = new EndpointEditPage(webhooks, frames);
    EndpointTrialPage trial = new EndpointTrialPage(frames, edit);
    return List.of(
        Route.page("/endpoints", endpoints::show),
        new Route("GET", "/sites/{site}/endpoints/new", Scope.MANAGE, edit::blank),
        Route.change("/endpoints/new", trial::again),
        Route.change("/endpoints/try", trial::show),
        Route.change("/endpoints", edit::create),
        Route.page("/endpoints/{id}", endpoint::show),
        new Route("GET", "/sites/{site}/endpoints/{id}/edit", Scope.MANAGE, edit::edit),
        Route.change("/endpoints/{id}/edit", edit::save),
        Route.change("/endpoints/{id}/test", endpoint::test),
        Route.change("/endpoints/{id}/pause", endpoint::pause),
        Route.change("/endpoints/{id}/resume", endpoint::resume),
        Route.change("/endpoints/{id}/rotate", endpoint::rotate),
        Route.change("/endpoints/{id}/remove", endpoint::remove));
  }
}
