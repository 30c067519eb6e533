package dev.hookferry.app.migration.sender;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import dev.hookferry.app.cli.io.CommandFailure;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class SenderClientTest {
  @Test
  void aPortWhereNothingListensRefusesTheConnection() throws IOException {
    int port;
    try (ServerSocket closed = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = closed.getLocalPort();
    }
    SenderClient client = new SenderClient(URI.create("http://127.0.0.1:" + port), null, null);
    assertThatThrownBy(() -> client.get("/api"))
        .isInstanceOf(CommandFailure.class)
        .hasMessage(
            "GET http://127.0.0.1:" + port + "/api: connection refused; nothing was imported");
  }

  @Test
  void numbersOfASchemaStayAsTheyWere() throws IOException {
    String schema = "{\"multipleOf\":0.10,\"maximum\":100.0}";
    HttpServer sender =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    sender.createContext(
        "/",
        exchange -> {
          byte[] body = schema.getBytes(StandardCharsets.UTF_8);
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    sender.start();
    try {
      URI address = URI.create("http://127.0.0.1:" + sender.getAddress().getPort());
      SenderClient client = new SenderClient(address, null, null);
      assertThat(client.get("/schema").json()).hasToString(schema);
    } finally {
      sender.stop(0);
    }
  }
}
