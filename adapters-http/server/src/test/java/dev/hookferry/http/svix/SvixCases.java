package dev.hookferry.http.svix;

import dev.hookferry.Hookferry;
import dev.hookferry.http.route.ApiRoute;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.secret.Secrets;
import dev.hookferry.testing.ScriptedTransport;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Random;

/** The route table of Svix's API, for tests that cover every route. */
final class SvixCases {
  /** All calls; their actions lead nowhere. */
  static final List<ApiRoute> ROUTES = routes();

  private SvixCases() {}

  private static List<ApiRoute> routes() {
    InstantSource clock = InstantSource.system();
    MemoryStore store = new MemoryStore(clock, Duration.ofHours(1));
    Hookferry idle =
        Hookferry.builder(store, new ScriptedTransport()).secrets(Secrets.inTheClear()).build();
    return SvixRoutes.all(idle.webhooks(), Duration.ofSeconds(1), clock, new Random(1));
  }

  /** A path of a route: with this application, and this in the place of any other name. */
  static String path(ApiRoute route, String app, String other) {
    return route.template().replace("{app}", app).replaceAll("\\{[a-z]+}", other);
  }
}
