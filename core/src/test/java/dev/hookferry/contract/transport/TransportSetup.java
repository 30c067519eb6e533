package dev.hookferry.contract.transport;

import dev.hookferry.outbound.Network;
import dev.hookferry.outbound.OutboundPolicy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * The settings of a transport under test.
 *
 * @param policy which targets may be called
 * @param names how names resolve
 * @param tls what to trust, or null for what the JVM trusts
 * @param connectTimeout for one connection
 */
public record TransportSetup(
    OutboundPolicy policy, Names names, @Nullable SSLContext tls, Duration connectTimeout) {

  /** Stands for the domain name system. */
  @FunctionalInterface
  public interface Names {
    /**
     * The addresses of a name; an unknown name or a resolver that fails throws, as {@code java.net}
     * does.
     */
    List<InetAddress> resolve(String host) throws IOException;
  }

  /** Loopback is open, without TLS too; every name leads to 127.0.0.1. */
  public static TransportSetup loopback() {
    OutboundPolicy policy =
        OutboundPolicy.strict()
            .allowingNetworks(List.of(Network.parse("127.0.0.0/8")))
            .allowingHttp();
    return new TransportSetup(
        policy, host -> List.of(address("127.0.0.1")), null, Duration.ofSeconds(5));
  }

  /** Returns a copy with another policy. */
  public TransportSetup withPolicy(OutboundPolicy changed) {
    return new TransportSetup(changed, names, tls, connectTimeout);
  }

  /** Returns a copy that resolves names differently. */
  public TransportSetup withNames(Names changed) {
    return new TransportSetup(policy, changed, tls, connectTimeout);
  }

  /** Returns a copy that trusts other certificates. */
  public TransportSetup withTls(SSLContext changed) {
    return new TransportSetup(policy, names, changed, connectTimeout);
  }

  /** Returns a copy with another connect timeout. */
  public TransportSetup withConnectTimeout(Duration changed) {
    return new TransportSetup(policy, names, tls, changed);
  }

  /** Returns the address of a literal, which needs no lookup. */
  public static InetAddress address(String literal) {
    try {
      return InetAddress.getByName(literal);
    } catch (UnknownHostException e) {
      throw new AssertionError(e);
    }
  }
}
