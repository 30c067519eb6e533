package dev.hookferry.http.console;

import dev.hookferry.Webhooks;
import dev.hookferry.access.Scope;
import java.util.List;

/** Every page and every change of the console. */
final class ConsoleRoutes {
  private ConsoleRoutes() {}

  static List<Route> all(Webhooks webhooks, Frames frames, Activity activity) {
    OverviewPage overview = new OverviewPage(webhooks, frames, activity);
    PropertiesPage properties = new PropertiesPage(webhooks, frames);
    DeliveriesPage deliveries = new DeliveriesPage(webhooks, frames);
    DeliveryPage delivery = new DeliveryPage(webhooks, frames);
    EndpointsPage endpoints = new EndpointsPage(webhooks, frames, activity);
    EndpointPage endpoint = new EndpointPage(webhooks, frames, activity);
    EventsPage events = new EventsPage(webhooks, frames);
    EventPage event = new EventPage(webhooks, frames);
    EndpointEditPage edit = new EndpointEditPage(webhooks, frames);
    return List.of(
        new Route("GET", "/", null, visit -> ConsoleReply.seeOther(visit.path(""))),
        Route.page("", overview::show),
        Route.page("/live", visit -> ConsoleReply.streaming(activity.feed(visit.site()))),
        Route.page("/server-properties", properties::show),
        Route.change("/server-properties", properties::review),
        Route.change("/server-properties/save", properties::save),
        Route.page("/endpoints", endpoints::show),
        new Route("GET", "/sites/{site}/endpoints/new", Scope.MANAGE, edit::blank),
        Route.change("/endpoints", edit::create),
        Route.page("/endpoints/{id}", endpoint::show),
        new Route("GET", "/sites/{site}/endpoints/{id}/edit", Scope.MANAGE, edit::edit),
        Route.change("/endpoints/{id}/edit", edit::save),
        Route.change("/endpoints/{id}/test", endpoint::test),
        Route.change("/endpoints/{id}/pause", endpoint::pause),
        Route.change("/endpoints/{id}/resume", endpoint::resume),
        Route.change("/endpoints/{id}/rotate", endpoint::rotate),
        Route.change("/endpoints/{id}/remove", endpoint::remove),
        Route.page("/events", events::show),
        Route.page("/events/{id}", event::show),
        Route.change("/events/{id}/replay", event::replay),
        Route.page("/deliveries", deliveries::show),
        Route.change("/deliveries/retry", deliveries::retry),
        Route.page("/deliveries/{id}", delivery::show),
        Route.change("/deliveries/{id}/retry", delivery::retry),
        Route.change("/deliveries/{id}/cancel", delivery::cancel));
  }
}
