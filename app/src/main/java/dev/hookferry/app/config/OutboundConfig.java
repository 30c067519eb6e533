package dev.hookferry.app.config;

import dev.hookferry.http.client.Egress;
import dev.hookferry.http.client.HttpTransportOptions;
import dev.hookferry.outbound.Network;
import dev.hookferry.outbound.OutboundPolicy;
import java.util.List;

/**
 * Settings of outbound connections: allowed targets, connection limits and egresses.
 *
 * @param networks allowed non-public networks
 * @param http the targets to which plain HTTP is allowed
 * @param ports allowed ports that belong to other protocols
 * @param internet whether public addresses are allowed
 * @param connections the maximum number of connections to all receivers
 * @param connectionsPerHost the maximum number of connections to one host and port
 * @param egresses the egresses that endpoints can choose
 * @param defaultEgress the name of the egress of endpoints that choose none; empty to connect
 *     directly
 */
public record OutboundConfig(
    List<Network> networks,
    HttpTargets http,
    List<Integer> ports,
    boolean internet,
    int connections,
    int connectionsPerHost,
    List<Egress> egresses,
    String defaultEgress) {
  public OutboundConfig {
    networks = List.copyOf(networks);
    ports = List.copyOf(ports);
    egresses = List.copyOf(egresses);
  }

  /** Returns the resulting policy. */
  public OutboundPolicy policy() {
    OutboundPolicy open =
        http.open(OutboundPolicy.strict().allowingNetworks(networks).allowingPorts(ports));
    return internet ? open : open.withoutInternet();
  }

  /** Returns the options of the transport. */
  public HttpTransportOptions options() {
    HttpTransportOptions options =
        HttpTransportOptions.of(policy())
            .withMaxConnections(connections)
            .withMaxConnectionsPerHost(connectionsPerHost);
    for (Egress egress : egresses) {
      options = options.withEgress(egress);
    }
    return defaultEgress.isEmpty() ? options : options.withDefaultEgress(defaultEgress);
  }
}
