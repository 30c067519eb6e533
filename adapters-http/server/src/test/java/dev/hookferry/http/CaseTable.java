package dev.hookferry.http;

import dev.hookferry.Hookferry;
import dev.hookferry.http.api.ApiRoutes;
import dev.hookferry.http.api.PortalLinkRoutes;
import dev.hookferry.http.api.SystemRoutes;
import dev.hookferry.http.metrics.Metrics;
import dev.hookferry.http.metrics.MetricsListener;
import dev.hookferry.http.metrics.MetricsPage;
import dev.hookferry.http.options.HttpServerOptions;
import dev.hookferry.http.portal.PortalCalls;
import dev.hookferry.http.portal.PortalOrigin;
import dev.hookferry.http.portal.PortalRoutes;
import dev.hookferry.http.portal.ReplyTiming;
import dev.hookferry.http.route.ApiRoute;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.portal.Portal;
import dev.hookferry.secret.Secrets;
import dev.hookferry.testing.ScriptedTransport;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

/** The route table, for tests that cover every route. */
public final class CaseTable {
  /** All calls that take API keys or nothing; their actions lead nowhere. */
  public static final List<ApiRoute> ROUTES = routes();

  /** All calls of customers, which take a session of the portal. */
  static final List<ApiRoute> PORTAL = portal();

  /** All calls that the OpenAPI document describes. */
  static final List<ApiRoute> DESCRIBED = Stream.concat(ROUTES.stream(), PORTAL.stream()).toList();

  private CaseTable() {}

  /** A path of a route: with this site, and this in the place of any other name. */
  public static String path(ApiRoute route, String site, String id) {
    return route.template().replace("{site}", site).replace("{id}", id).replace("{version}", "1");
  }

  private static Hookferry idle() {
    MemoryStore store = new MemoryStore(InstantSource.system(), Duration.ofHours(1));
    return Hookferry.builder(store, new ScriptedTransport()).secrets(Secrets.inTheClear()).build();
  }

  private static List<ApiRoute> portal() {
    Hookferry idle = idle();
    Portal portal = Portal.of(idle, InstantSource.system());
    return PortalRoutes.all(
        new PortalCalls(idle.webhooks(), portal), new ReplyTiming(Duration.ZERO));
  }

  private static List<ApiRoute> routes() {
    Hookferry idle = idle();
    MetricsPage page =
        new MetricsPage(idle, new MetricsListener(), new Metrics(), InstantSource.system());
    SystemRoutes system = new SystemRoutes(idle, page, false);
    PortalOrigin origin =
        new PortalOrigin(HttpServerOptions.on(new InetSocketAddress("127.0.0.1", 0)));
    return ApiRoutes.all(
        idle.webhooks(),
        new PortalLinkRoutes(Portal.of(idle, InstantSource.system()), origin),
        Duration.ofSeconds(1),
        system,
        false);
  }
}
