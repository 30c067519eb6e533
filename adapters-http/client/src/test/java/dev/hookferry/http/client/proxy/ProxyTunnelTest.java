package dev.hookferry.http.client.proxy;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.channel.embedded.EmbeddedChannel;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

final class ProxyTunnelTest {
  private final List<@Nullable Throwable> results = new ArrayList<>();
  private final ProxyTunnel tunnel =
      new ProxyTunnel(
          ProxyAddress.Kind.HTTP,
          new InetSocketAddress("127.0.0.1", 9),
          null,
          null,
          Duration.ofSeconds(10),
          results::add);

  @Test
  void reportsAConnectionClosedBeforeTheProxyResponds() {
    new EmbeddedChannel(tunnel).close();
    assertThat(results)
        .singleElement()
        .extracting(Throwable::getMessage)
        .asString()
        .contains("closed the connection before it responded");
  }

  /** Its opener knows why: the proxy refused it, and that may be told later than the removal. */
  @Test
  void reportsNothingForAConnectionNeverOpened() {
    EmbeddedChannel refused =
        new EmbeddedChannel() {
          @Override
          public boolean isActive() {
            return false;
          }
        };
    refused.pipeline().addLast(tunnel);
    refused.pipeline().remove(tunnel);
    assertThat(results).isEmpty();
  }
}
