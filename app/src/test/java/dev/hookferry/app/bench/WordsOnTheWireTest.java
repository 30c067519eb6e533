package dev.hookferry.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.bench.load.PartProtocol;
import dev.hookferry.app.bench.load.ProducerTask;
import dev.hookferry.app.bench.load.PublishRequests;
import dev.hookferry.app.bench.load.ReceiverProfile;
import dev.hookferry.app.bench.wire.EventMark;
import dev.hookferry.app.bench.wire.HttpFrame;
import dev.hookferry.app.bench.wire.RequestShape;
import dev.hookferry.app.bench.wire.SubscriptionScheme;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WordsOnTheWireTest {
  private static ProducerTask task(int size, int batch) {
    return new ProducerTask(
        3,
        new SubscriptionScheme(250, false),
        List.of(1),
        "hf_key",
        1,
        new RequestShape(size, batch),
        1,
        0,
        1);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void aRequestNamesSiteAndTypeAndCarriesItsMark() throws IOException {
    PublishRequests requests = new PublishRequests(task(100, 1));
    byte[] unused = requests.next(7, 5);
    ByteBuffer request = ByteBuffer.wrap(requests.next(249, 1_764_038_400_000_000L));
    int head = HttpFrame.head(request, 0);
    int body = HttpFrame.body(request, 0, head);
    assertThat(head + body).isEqualTo(request.limit());
    String text = new String(request.array(), StandardCharsets.US_ASCII);
    assertThat(text)
        .startsWith("POST /api/v1/sites/bench-002/events HTTP/1.1\r\n")
        .contains("\r\nAuthorization: Bearer hf_key\r\n");
    JsonNode json = PartProtocol.JSON.readTree(text.substring(head));
    assertThat(json.path("type").asText()).isEqualTo("bench_49");
    assertThat(json.path("data").toString()).hasSize(100);
    assertThat(EventMark.read(request, head))
        .isEqualTo(new EventMark(3, 249, 1_764_038_400_000_000L));
  }

  @Test
  void aBatchIsAnArrayOfEventsOneAfterTheOther() throws IOException {
    String text =
        new String(new PublishRequests(task(80, 3)).next(6, 9), StandardCharsets.US_ASCII);
    JsonNode json = PartProtocol.JSON.readTree(text.substring(text.indexOf('[')));
    assertThat(json).hasSize(3);
    assertThat(json.get(2).path("type").asText()).isEqualTo("bench_08");
    ByteBuffer last = bytes(json.get(2).path("data").toString());
    assertThat(EventMark.read(last, 0)).isEqualTo(new EventMark(3, 8, 9));
  }

  @Test
  void anEventCanHaveAnOrderingKeyAndMembersOfItsOwn() throws IOException {
    RequestShape shape = new RequestShape(120, 1, "\"n\":1,\"m\":[2]");
    ProducerTask task =
        new ProducerTask(
            3, new SubscriptionScheme(10, false, 800, 20), List.of(1), "hf", 1, shape, 1, 0, 1);
    assertThat(ProducerTask.of(task.writeTo(PartProtocol.JSON.createObjectNode()))).isEqualTo(task);
    String text = new String(new PublishRequests(task).next(47, 9), StandardCharsets.US_ASCII);

    JsonNode json = PartProtocol.JSON.readTree(text.substring(text.indexOf("\r\n\r\n")));
    assertThat(text).startsWith("POST /api/v1/sites/bench-800/events");
    assertThat(json.path("type").asText()).isEqualTo("bench_07");
    assertThat(json.path("orderingKey").asText()).isEqualTo("key-000007");
    assertThat(json.path("data").toString()).hasSize(120).contains("\"n\":1,\"m\":[2]");
    assertThat(EventMark.read(bytes(json.path("data").toString()), 0))
        .isEqualTo(new EventMark(3, 47, 9));
  }

  @Test
  void findsTheEndOfACompleteMessage() {
    ByteBuffer two =
        bytes("HTTP/1.1 202 Accepted\r\ncontent-LENGTH: 2\r\n\r\n{}HTTP/1.1 503 x\r\n");
    int head = HttpFrame.head(two, 0);
    assertThat(HttpFrame.body(two, 0, head)).isEqualTo(2);
    assertThat(HttpFrame.head(two, head + 2)).isEqualTo(-1);
    assertThat(HttpFrame.body(bytes("A\r\n\r\n"), 0, 5)).isZero();
  }

  @Test
  void ordersAndProfilesRoundTrip() {
    ProducerTask task = task(64, 2);
    assertThat(ProducerTask.of(task.writeTo(PartProtocol.JSON.createObjectNode()))).isEqualTo(task);
    assertThat(task.toString()).doesNotContain("hf_key");
    ReceiverProfile habit = new ReceiverProfile(1, 4, 2, 3);
    var node = PartProtocol.JSON.createObjectNode();
    habit.writeTo(node);
    assertThat(ReceiverProfile.of(node)).isEqualTo(habit);
    assertThat(ReceiverProfile.of(PartProtocol.JSON.createObjectNode()))
        .isEqualTo(ReceiverProfile.GOOD);
  }
}
