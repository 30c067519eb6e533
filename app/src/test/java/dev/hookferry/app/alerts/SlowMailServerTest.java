package dev.hookferry.app.alerts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.app.config.SmtpConfig;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Mail servers that keep the sender waiting. */
@Timeout(60)
final class SlowMailServerTest {
  private static final List<String> TO = List.of("ops@example.com");
  private static final AlertMessage MESSAGE = new AlertMessage("subject", List.of("text"));

  private static MailChannel channel(int port, Duration timeout) {
    return new MailChannel(
        new SmtpConfig(
            "127.0.0.1", port, SmtpConfig.Tls.NONE, null, null, "hookferry@example.com", TO),
        timeout);
  }

  /** Greets again and again: not without end, so that a sender without limits fails a test. */
  private record EndlessServer(ServerSocket listening, String greeting, Duration pause)
      implements AutoCloseable {
    static EndlessServer greeting(String greeting, Duration pause) throws IOException {
      ServerSocket listening = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
      EndlessServer server = new EndlessServer(listening, greeting, pause);
      Thread thread = new Thread(server::greet, "endless-mail-server");
      thread.setDaemon(true);
      thread.start();
      return server;
    }

    private void greet() {
      byte[] bytes = greeting.getBytes(StandardCharsets.US_ASCII);
      try (Socket socket = listening.accept();
          OutputStream out = socket.getOutputStream()) {
        for (int i = 0; i < 400; i++) {
          out.write(bytes);
          LockSupport.parkNanos(pause.toNanos());
        }
      } catch (IOException e) {
        // The client has gone, or the test is over.
      }
    }

    @Override
    public void close() {
      try {
        listening.close();
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }

  @Test
  void aServerThatDripsHasATimeLimit() throws IOException {
    try (EndlessServer server = EndlessServer.greeting("2", Duration.ofMillis(20))) {
      int port = server.listening().getLocalPort();
      assertThatThrownBy(() -> channel(port, Duration.ofSeconds(1)).send(MESSAGE, TO))
          .isInstanceOf(AlertException.class)
          .hasMessageContaining("the mail server took longer than 1 s");
    }
  }

  @Test
  void aResponseWithoutEndHasALimit() throws IOException {
    String greeting = "220-hello\r\n".repeat(1000);
    try (EndlessServer server = EndlessServer.greeting(greeting, Duration.ZERO)) {
      int port = server.listening().getLocalPort();
      assertThatThrownBy(() -> channel(port, Duration.ofMinutes(5)).send(MESSAGE, TO))
          .isInstanceOf(AlertException.class)
          .hasMessageContaining("its response is longer than 1048576 bytes");
    }
  }

  @Test
  void aServerThatDoesNotSayGoodbyeHasTheMessage() throws AlertException {
    try (RefusingMailServer server = RefusingMailServer.silentAtQuit()) {
      assertThat(channel(server.port(), Duration.ofMinutes(1)).send(MESSAGE, TO)).isEmpty();
      assertThat(server.accepted()).containsExactly("ops@example.com");
    }
  }
}
