package dev.hookferry.app.config;

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
 */
public record OutboundConfig(
    List<Network> networks,
    HttpTargets http,
    List<Integer> ports,
    boolean internet,
    int connections,
    int connectionsPerHost) {
  public OutboundConfig {
    networks = List.copyOf(networks);
    ports = List.copyOf(ports);
  }

  /** Returns the resulting policy. */
  public OutboundPolicy policy() {
    OutboundPolicy open =
        http.open(OutboundPolicy.strict().allowingNetworks(networks).allowingPorts(ports));
    return internet ? open : open.withoutInternet();
  }
}
