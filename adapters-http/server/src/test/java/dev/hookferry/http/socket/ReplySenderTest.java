package dev.hookferry.http.socket;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.http.wire.ProblemJson;
import io.undertow.Undertow;
import java.io.InputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class ReplySenderTest {
  /** A request can still reach a thread that is told to end. */
  @Test
  void turnsAwayARequestWithABodyWhileTheThreadsEnd() throws Exception {
    Undertow undertow =
        Undertow.builder()
            .addHttpListener(0, "127.0.0.1")
            .setHandler(
                exchange -> {
                  exchange.getConnection().getWorker().shutdownNow();
                  ReplySender.send(exchange, ProblemJson.reply(503, "stopping", List.of()));
                })
            .build();
    undertow.start();
    var address = (InetSocketAddress) undertow.getListenerInfo().get(0).getAddress();
    try (Socket socket = new Socket(address.getAddress(), address.getPort())) {
      socket.setSoTimeout(120_000);
      String head = "POST / HTTP/1.1\r\nHost: x\r\nContent-Length: 5\r\n\r\n";
      socket.getOutputStream().write(head.getBytes(StandardCharsets.US_ASCII));
      InputStream in = socket.getInputStream();

      assertThat(new String(in.readNBytes(12), StandardCharsets.US_ASCII))
          .isEqualTo("HTTP/1.1 503");
    } finally {
      undertow.getWorker().shutdownNow();
    }
  }
}
