package dev.hookferry.http.server;

import dev.hookferry.Hookferry;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.testing.ScriptedTransport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;

/** The route table, for tests that go through all of it. */
final class Table {
  /** All calls; their actions lead nowhere. */
  static final List<Route> ROUTES = routes();

  private Table() {}

  /** A path of a route: with this site, and this in the place of any other name. */
  static String path(Route route, String site, String id) {
    return route.template().replace("{site}", site).replace("{id}", id);
  }

  private static List<Route> routes() {
    MemoryStore store = new MemoryStore(InstantSource.system(), Duration.ofHours(1));
    Hookferry idle = Hookferry.builder(store, new ScriptedTransport()).build();
    MetricsPage page = new MetricsPage(idle, new MetricsListener(), new RequestCounts()::write);
    SystemRoutes system = new SystemRoutes(idle, page, false);
    return ApiRoutes.all(idle.webhooks(), Duration.ofSeconds(1), system, false);
  }
}
