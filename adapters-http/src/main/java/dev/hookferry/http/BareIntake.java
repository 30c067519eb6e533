package dev.hookferry.http;

import dev.hookferry.Webhooks;
import dev.hookferry.http.api.ApiRoutes;
import dev.hookferry.http.api.PublishRoute;
import dev.hookferry.http.options.HttpServerOptions;
import dev.hookferry.http.publish.EventSink;
import dev.hookferry.http.route.ApiRoute;
import dev.hookferry.http.route.Guards;
import java.time.InstantSource;
import java.util.List;

/**
 * The intake of the HTTP API alone: the same sockets, threads, keys and parsing, joined to a sink
 * instead of the engine. It shows what the intake costs by itself; nothing that it answers for is
 * durable.
 */
public final class BareIntake {
  private BareIntake() {}

  /**
   * Begins to serve {@code POST /api/v1/sites/{site}/events}, and nothing else.
   *
   * @param webhooks knows the keys and the sites; gets no event
   * @param sink takes the events
   * @throws java.io.UncheckedIOException if the address cannot be listened on
   */
  public static HttpServer start(Webhooks webhooks, EventSink sink, HttpServerOptions options) {
    PublishRoute publish = new PublishRoute(sink, options.answerWithin());
    ApiRoute route = ApiRoute.events(ApiRoutes.EVENTS, publish::run);
    Guards guards = new Guards(webhooks, options, InstantSource.system());
    return HttpServer.start(guards, List.of(route), options);
  }
}
