package dev.hookferry.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

final class WordsOnTheWireTest {
  private static Order order(int size, int batch) {
    return new Order(
        3, new Scheme(250, false), List.of(1), "hf_key", 1, new Shape(size, batch), 1, 0, 1);
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.US_ASCII));
  }

  @Test
  void aRequestNamesSiteAndTypeAndCarriesItsMark() throws IOException {
    Requests requests = new Requests(order(100, 1));
    byte[] unused = requests.next(7, 5);
    ByteBuffer request = ByteBuffer.wrap(requests.next(249, 1_764_038_400_000_000L));
    int head = HttpFrame.head(request, 0);
    int body = HttpFrame.body(request, 0, head);
    assertThat(head + body).isEqualTo(request.limit());
    String text = new String(request.array(), StandardCharsets.US_ASCII);
    assertThat(text)
        .startsWith("POST /api/v1/sites/bench-002/events HTTP/1.1\r\n")
        .contains("\r\nAuthorization: Bearer hf_key\r\n");
    JsonNode json = Dialogue.JSON.readTree(text.substring(head));
    assertThat(json.path("type").asText()).isEqualTo("bench_49");
    assertThat(json.path("data").toString()).hasSize(100);
    assertThat(Mark.read(request, head)).isEqualTo(new Mark(3, 249, 1_764_038_400_000_000L));
  }

  @Test
  void aBatchIsAnArrayOfEventsOneAfterTheOther() throws IOException {
    String text = new String(new Requests(order(80, 3)).next(6, 9), StandardCharsets.US_ASCII);
    JsonNode json = Dialogue.JSON.readTree(text.substring(text.indexOf('[')));
    assertThat(json).hasSize(3);
    assertThat(json.get(2).path("type").asText()).isEqualTo("bench_08");
    ByteBuffer last = bytes(json.get(2).path("data").toString());
    assertThat(Mark.read(last, 0)).isEqualTo(new Mark(3, 8, 9));
  }

  @Test
  void findsTheEndOfAMessageOnceItIsThere() {
    ByteBuffer two =
        bytes("HTTP/1.1 202 Accepted\r\ncontent-LENGTH: 2\r\n\r\n{}HTTP/1.1 503 x\r\n");
    int head = HttpFrame.head(two, 0);
    assertThat(HttpFrame.body(two, 0, head)).isEqualTo(2);
    assertThat(HttpFrame.head(two, head + 2)).isEqualTo(-1);
    assertThat(HttpFrame.body(bytes("A\r\n\r\n"), 0, 5)).isZero();
  }

  @Test
  void ordersAndHabitsComeBackAsTheyWereSent() {
    Order order = order(64, 2);
    assertThat(Order.of(order.into(Dialogue.JSON.createObjectNode()))).isEqualTo(order);
    assertThat(order.toString()).doesNotContain("hf_key");
    Habit habit = new Habit(1, 4, 2, 3);
    var node = Dialogue.JSON.createObjectNode();
    habit.into(node);
    assertThat(Habit.of(node)).isEqualTo(habit);
    assertThat(Habit.of(Dialogue.JSON.createObjectNode())).isEqualTo(Habit.GOOD);
  }
}
