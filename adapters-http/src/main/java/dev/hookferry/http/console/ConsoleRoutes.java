package dev.hookferry.http.console;

import dev.hookferry.Webhooks;
import java.util.List;

/** Every page and every change of the console. */
final class ConsoleRoutes {
  private ConsoleRoutes() {}

  static List<Route> all(Webhooks webhooks, Frames frames, Activity activity) {
    OverviewPage overview = new OverviewPage(webhooks, frames, activity);
    PropertiesPage properties = new PropertiesPage(webhooks, frames);
    DeliveriesPage deliveries = new DeliveriesPage(webhooks, frames);
    DeliveryPage delivery = new DeliveryPage(webhooks, frames);
    return List.of(
        new Route("GET", "/", null, visit -> ConsoleReply.seeOther(visit.path(""))),
        Route.page("", overview::show),
        Route.page("/live", visit -> ConsoleReply.streaming(activity.feed(visit.site()))),
        Route.page("/server-properties", properties::show),
        Route.change("/server-properties", properties::review),
        Route.change("/server-properties/save", properties::save),
        Route.page("/deliveries", deliveries::show),
        Route.change("/deliveries/retry", deliveries::retry),
        Route.page("/deliveries/{id}", delivery::show),
        Route.change("/deliveries/{id}/retry", delivery::retry),
        Route.change("/deliveries/{id}/cancel", delivery::cancel));
  }
}
