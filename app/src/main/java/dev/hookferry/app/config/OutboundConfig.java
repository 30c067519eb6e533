package dev.hookferry.app.config;

import dev.hookferry.http.client.Egress;
import dev.hookferry.http.client.HttpTransportOptions;
import dev.hookferry.outbound.Network;
import dev.hookferry.outbound.OutboundPolicy;
import java.util.List;

/**
 * Targets that the operator allows beyond the public internet over https, and connection limits.
 *
 * @param networks allowed non-public networks
 * @param http targets allowed over plain HTTP
 * @param ports allowed ports that belong to other protocols
 * @param internet whether public addresses are allowed
 * @param connections the maximum number of connections to all receivers
 * @param connectionsPerHost the maximum number of connections to one host and port
 * @param egresses the egresses by which connections can leave
 * @param defaultEgress the name of the egress of endpoints that choose none; empty to leave
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
