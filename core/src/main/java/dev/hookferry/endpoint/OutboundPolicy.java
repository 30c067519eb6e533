package dev.hookferry.endpoint;

import java.net.InetAddress;

/**
 * Which targets may be called: the rules against requests into networks that are not the public
 * internet, and what the operator opens. One policy judges registration and every connection.
 */
public interface OutboundPolicy {
  /**
   * Judges what can be judged without resolving a name: scheme, port, the form of the host, literal
   * addresses.
   *
   * @throws dev.hookferry.refusal.InvalidException for the field {@code url}, if it may not be
   *     called
   */
  void check(TargetUrl url);

  /** Whether a connection to this address may be opened; judges the bytes alone. */
  boolean permits(InetAddress address);
}
