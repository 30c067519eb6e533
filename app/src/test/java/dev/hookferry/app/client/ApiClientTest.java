package dev.hookferry.app.client;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.app.receiver.Receiver;
import dev.hookferry.app.receiver.ReceiverReply;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.time.InstantSource;
import org.junit.jupiter.api.Test;

final class ApiClientTest {
  @Test
  void aServerThatIsSlowIsNotTakenForOneThatIsNotThere() throws IOException {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (Receiver slow =
        Receiver.start(
            any, InstantSource.system(), request -> new ReceiverReply(200, ReceiverReply.NEVER))) {
      ApiClient client = new ApiClient(slow.address(), null).waiting(Duration.ofSeconds(1));
      assertThatThrownBy(() -> client.get(Path.of("sites")))
          .isInstanceOf(ApiException.class)
          .hasMessageContaining("within 1 seconds; what was asked for may happen all the same");
    }
  }
}
