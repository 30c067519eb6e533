package dev.hookferry.app.cli.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.hookferry.app.cli.CommandResult;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A delivery that was resent, and then ended or not. */
final class ResentDeliveriesTest {
  private final HttpServer server = listening();
  private volatile String delivery = "{}";

  private static HttpServer listening() {
    try {
      return HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @BeforeEach
  void start() {
    server.createContext(
        "/",
        exchange -> {
          String path = exchange.getRequestURI().getPath();
          String id = "{\"id\":\"dlv_1\",\"endpoint\":\"ep_1\",\"attempts\":0}";
          String reply =
              path.contains("/events/")
                  ? "{\"deliveries\":[" + id + "]}"
                  : path.contains("/deliveries/") ? delivery : "{\"uid\":\"crm\"}";
          byte[] body = reply.getBytes(StandardCharsets.UTF_8);
          exchange.getResponseHeaders().add("Content-Type", "application/json");
          exchange.sendResponseHeaders(200, body.length);
          exchange.getResponseBody().write(body);
          exchange.close();
        });
    server.start();
  }

  @AfterEach
  void stop() {
    server.stop(0);
  }

  @ParameterizedTest
  @CsvSource({
    "cancelled, '', 1",
    "poisoned, '', 1",
    "held, '', 0",
    "waiting, '', 0",
    "delivered, delivered, 0",
    "pending, http_error, 1",
  })
  void theExitCodeSaysWhetherItEndedUnsent(String status, String outcome, int code) {
    String attempt = outcome.isEmpty() ? "" : "{\"number\":1,\"outcome\":\"" + outcome + "\"}";
    delivery = "{\"status\":\"" + status + "\",\"log\":[" + attempt + "]}";

    String address = "http://127.0.0.1:" + server.getAddress().getPort();
    CommandResult text = CommandResult.run("events", "resend", "evt_1", "crm", "--server", address);
    assertThat(text.code()).as(text.toString()).isEqualTo(code);
    assertThat(text.out()).startsWith("dlv_1 to crm: ");
    CommandResult json =
        CommandResult.run("events", "resend", "evt_1", "crm", "--server", address, "--json");
    assertThat(json.code()).isEqualTo(code);
    assertThat(json.out()).startsWith("{").contains("\"dlv_1\"").doesNotContain("dlv_1 to crm");
  }
}
