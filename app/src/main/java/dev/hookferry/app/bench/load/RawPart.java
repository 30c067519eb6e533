package dev.hookferry.app.bench.load;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.Hookferry;
import dev.hookferry.Webhooks;
import dev.hookferry.app.bench.wire.SubscriptionScheme;
import dev.hookferry.app.config.DeliveryConfig;
import dev.hookferry.app.config.reading.ServerConfigReader;
import dev.hookferry.http.IntakeOnlyServer;
import dev.hookferry.http.client.HttpTransport;
import dev.hookferry.http.client.HttpTransportOptions;
import dev.hookferry.http.options.HttpServerOptions;
import dev.hookferry.id.SiteId;
import dev.hookferry.memory.MemoryStore;
import dev.hookferry.outbound.Network;
import dev.hookferry.outbound.OutboundPolicy;
import dev.hookferry.outbound.TargetUrl;
import dev.hookferry.secret.Secrets;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The raw parts: the HTTP intake connected directly to the HTTP client, as a baseline. Checks keys
 * and sites like the server, but its engine gets no events.
 */
final class RawPart implements PartProtocol.RequestHandler {
  private final DeliveryConfig config = ServerConfigReader.defaults().engine();
  private final InstantSource clock = InstantSource.system();
  private final HttpTransport transport =
      new HttpTransport(
          HttpTransportOptions.of(
              OutboundPolicy.strict()
                  .allowingNetworks(List.of(Network.parse("127.0.0.0/8")))
                  .allowingHttp()));

  @Override
  public void handle(JsonNode request, ObjectNode reply) {
    SubscriptionScheme scheme = SubscriptionScheme.of(request);
    Webhooks webhooks = webhooks(scheme, request.path("key").asText());
    List<TargetUrl> targets = new ArrayList<>();
    request
        .path("ports")
        .forEach(port -> targets.add(TargetUrl.parse("http://127.0.0.1:" + port + "/bench")));
    Pipeline pipeline =
        new Pipeline(scheme, targets, transport, config.limits(), config.attemptTimeout());
    reply.put(
        "port",
        IntakeOnlyServer.start(
                webhooks,
                pipeline,
                HttpServerOptions.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)))
            .address()
            .getPort());
  }

  private Webhooks webhooks(SubscriptionScheme scheme, String key) {
    MemoryStore store = new MemoryStore(clock, config.ownerTimeout());
    Webhooks webhooks =
        Hookferry.builder(store, transport)
            .secrets(Secrets.inTheClear())
            .build()
            .start()
            .webhooks();
    webhooks.keys().configureAdmin(key);
    for (int i = 0; i < scheme.sites(); i++) {
      var unused =
          webhooks.sites().create(new SiteId(scheme.site(i * SubscriptionScheme.IN_ONE_SITE)));
    }
    return webhooks;
  }
}
