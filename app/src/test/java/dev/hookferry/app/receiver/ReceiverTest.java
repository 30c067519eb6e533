package dev.hookferry.app.receiver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

final class ReceiverTest {
  private static final InetSocketAddress ANY =
      new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);

  @Test
  void keepsBytesAndHeadersUnchanged() throws Exception {
    List<Received> all = new ArrayList<>();
    try (Receiver receiver =
        Receiver.start(
            ANY,
            InstantSource.system(),
            request -> {
              all.add(request);
              return ReceiverReply.of(418);
            })) {
      assertThat(post(receiver, "{\"é\": 1.10}").get().statusCode()).isEqualTo(418);
    }
    assertThat(all).singleElement().satisfies(r -> assertThat(r.path()).isEqualTo("/a?b=c"));
    assertThat(all.get(0).body().text()).isEqualTo("{\"é\": 1.10}");
    assertThat(all.get(0).event()).isEqualTo("evt-1");
  }

  @Test
  void hangingClientsAreReleasedAtTheEnd() throws Exception {
    CountDownLatch arrived = new CountDownLatch(1);
    Receiver receiver =
        Receiver.start(
            ANY,
            InstantSource.system(),
            request -> {
              arrived.countDown();
              return new ReceiverReply(200, ReceiverReply.NEVER);
            });
    CompletableFuture<HttpResponse<String>> answer = post(receiver, "{}");
    arrived.await();
    assertThat(answer).isNotDone();
    receiver.close();
    assertThat(answer).failsWithin(Duration.ofMinutes(2));
  }

  @Test
  void occupiedAddressIsAnError() throws IOException {
    try (Receiver first = Receiver.start(ANY, InstantSource.system(), r -> ReceiverReply.of(200))) {
      InetSocketAddress same = new InetSocketAddress("127.0.0.1", first.address().getPort());
      assertThatThrownBy(
              () -> Receiver.start(same, InstantSource.system(), r -> ReceiverReply.of(200)))
          .isInstanceOf(BindException.class);
    }
  }

  private static CompletableFuture<HttpResponse<String>> post(Receiver receiver, String body) {
    HttpRequest request =
        HttpRequest.newBuilder(receiver.address().resolve("/a?b=c"))
            .header("Webhook-Id", "evt-1")
            .POST(HttpRequest.BodyPublishers.ofString(body))
            .build();
    return HttpClient.newHttpClient().sendAsync(request, BodyHandlers.ofString());
  }
}
