package dev.hookferry.app.bench;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.Hookferry;
import dev.hookferry.Webhooks;
import dev.hookferry.app.config.EngineConfig;
import dev.hookferry.app.config.ServerConfig;
import dev.hookferry.endpoint.Network;
import dev.hookferry.endpoint.OutboundPolicy;
import dev.hookferry.endpoint.SiteId;
import dev.hookferry.endpoint.TargetUrl;
import dev.hookferry.http.client.HttpTransport;
import dev.hookferry.http.client.HttpTransportOptions;
import dev.hookferry.http.server.BareIntake;
import dev.hookferry.http.server.HttpServerOptions;
import dev.hookferry.memory.MemoryStore;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;

/**
 * The raw parts: our intake joined to our client, with nothing between them. It knows keys and
 * sites, like the server, and the engine that knows them gets no event.
 */
final class RawPart implements Dialogue.Answering {
  private final EngineConfig config = ServerConfig.defaults().engine();
  private final InstantSource clock = InstantSource.system();
  private final HttpTransport transport =
      new HttpTransport(
          HttpTransportOptions.of(
              OutboundPolicy.strict()
                  .allowingNetworks(List.of(Network.parse("127.0.0.0/8")))
                  .allowingHttp()));

  @Override
  public void answer(JsonNode asked, ObjectNode into) {
    Scheme scheme = Scheme.of(asked);
    Webhooks webhooks = webhooks(scheme, asked.path("key").asText());
    List<TargetUrl> targets = new ArrayList<>();
    asked
        .path("ports")
        .forEach(port -> targets.add(TargetUrl.parse("http://127.0.0.1:" + port + "/bench")));
    Pipeline pipeline =
        new Pipeline(scheme, targets, transport, config.limits(), config.attemptTimeout());
    into.put(
        "port",
        BareIntake.start(
                webhooks,
                pipeline,
                HttpServerOptions.on(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0)))
            .address()
            .getPort());
  }

  private Webhooks webhooks(Scheme scheme, String key) {
    MemoryStore store = new MemoryStore(clock, config.ownerTimeout());
    Webhooks webhooks = Hookferry.builder(store, transport).build().start().webhooks();
    webhooks.keys().configureAdmin(key);
    for (int i = 0; i < scheme.sites(); i++) {
      var unused = webhooks.sites().create(new SiteId(scheme.site(i * Scheme.IN_ONE_SITE)));
    }
    return webhooks;
  }
}
