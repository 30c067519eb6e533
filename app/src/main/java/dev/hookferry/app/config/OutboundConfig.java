package dev.hookferry.app.config;

import dev.hookferry.outbound.Network;
import dev.hookferry.outbound.OutboundPolicy;
import java.util.List;

/**
 * What the operator opens for webhooks beyond the public internet over https.
 *
 * @param networks networks that are not public
 * @param http where TLS is not needed
 * @param ports ports where other protocols are at home
 */
public record OutboundConfig(List<Network> networks, HttpTargets http, List<Integer> ports) {
  public OutboundConfig {
    networks = List.copyOf(networks);
    ports = List.copyOf(ports);
  }

  /** The rules that follow from it. */
  public OutboundPolicy policy() {
    return http.open(OutboundPolicy.strict().allowingNetworks(networks).allowingPorts(ports));
  }
}
