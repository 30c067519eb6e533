package dev.hookferry.http;

import dev.hookferry.Webhooks;
import dev.hookferry.http.api.ApiRoutes;
import dev.hookferry.http.api.PublishRoute;
import dev.hookferry.http.metrics.Metrics;
import dev.hookferry.http.options.HttpServerOptions;
import dev.hookferry.http.publish.EventSink;
import dev.hookferry.http.route.ApiRoute;
import dev.hookferry.http.route.Guards;
import java.time.InstantSource;
import java.util.List;

/**
 * The HTTP intake without the engine: the same sockets, threads, keys and parsing, connected to a
 * sink. Used to benchmark the intake alone; nothing that it accepts is durable.
 */
public final class IntakeOnlyServer {
  private IntakeOnlyServer() {}

  /**
   * Starts serving {@code POST /api/v1/sites/{site}/events} and nothing else.
   *
   * @param webhooks provides keys and sites; receives no events
   * @param sink receives the events
   * @throws java.io.UncheckedIOException if the address cannot be bound
   */
  public static HttpServer start(Webhooks webhooks, EventSink sink, HttpServerOptions options) {
    PublishRoute publish = new PublishRoute(sink, options.times().commit());
    ApiRoute route = ApiRoute.events(ApiRoutes.EVENTS, publish::run);
    Guards guards = new Guards(webhooks, options, InstantSource.system(), new Metrics());
    return HttpServer.start(guards, List.of(route), options);
  }
}
