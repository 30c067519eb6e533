package dev.hookferry.app.config;

import dev.hookferry.outbound.Network;
import dev.hookferry.outbound.OutboundPolicy;
import java.util.List;

/**
 * What the operator opens for webhooks beyond the public internet over https, and how many
 * connections they may take.
 *
 * @param networks networks that are not public
 * @param http where TLS is not needed
 * @param ports ports where other protocols are at home
 * @param internet whether public addresses are open
 * @param connections how many to all receivers together
 * @param connectionsPerHost how many of them to one host and port
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

  /** The rules that follow from it. */
  public OutboundPolicy policy() {
    OutboundPolicy open =
        http.open(OutboundPolicy.strict().allowingNetworks(networks).allowingPorts(ports));
    return internet ? open : open.withoutInternet();
  }
}
