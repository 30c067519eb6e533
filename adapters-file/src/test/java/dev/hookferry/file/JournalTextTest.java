package dev.hookferry.file;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.delivery.Attempt;
import dev.hookferry.delivery.Delivery;
import dev.hookferry.delivery.Outcome;
import dev.hookferry.delivery.Response;
import dev.hookferry.delivery.ResponseHeaders;
import dev.hookferry.delivery.Timing;
import dev.hookferry.event.Event;
import dev.hookferry.event.EventCatalog;
import dev.hookferry.event.Payload;
import dev.hookferry.file.journal.Segment;
import dev.hookferry.file.line.LineFormat;
import dev.hookferry.file.line.TextBytes;
import dev.hookferry.query.AttemptQuery;
import dev.hookferry.store.Node;
import dev.hookferry.store.Owner;
import dev.hookferry.store.commit.AttemptResult;
import dev.hookferry.store.commit.Batch;
import dev.hookferry.store.commit.PublishEntry;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The text of a journal file, as an operator reads it. */
class JournalTextTest {
  private final MemoryDisk disk = new MemoryDisk();
  private final FileStore store = Stores.open(disk, Stores.TINY);
  private final Samples samples = new Samples(5);
  private final Owner owner = store.deliveries().register(new Node("n"));

  private Delivery publish(Payload payload) {
    Event event = samples.event(Samples.SITE, EventCatalog.QLM_EVENTS.get(1), payload);
    Delivery delivery = samples.delivery(event);
    store
        .deliveries()
        .commit(
            owner,
            Batch.of(PublishEntry.of(event, List.of(new PublishEntry.Queued(delivery, true)))));
    return delivery;
  }

  private List<String> lines() {
    String text = new String(disk.get(Segment.journalName(1)), StandardCharsets.UTF_8);
    return text.lines().filter(line -> !line.isEmpty()).toList();
  }

  @Test
  void hasThePayloadAsItIs() {
    publish(Payload.of("{\"ActivationKey\":\"A-1\",\"n\":1.10,\"é\":\"\\ud800\"}"));

    assertThat(lines())
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains("\"kind\":\"event\"", "\"type\":\"license_created\"")
                    .endsWith(
                        "\"payload\":{\"ActivationKey\":\"A-1\",\"n\":1.10,\"é\":\"\\ud800\"}}"));
  }

  @Test
  void isJsonBehindThreeNumbers() throws IOException {
    for (String payload : List.of("{}", "{\n\"a\": 1\n}", "\"\\\"\"", "7", "", "[1,\t2]")) {
      Delivery delivery = publish(Payload.of(payload));
      Response response = new Response(500, samples.bytes(50), true, "a\"\\\u0001ü\ud800", "9");
      Attempt attempt =
          samples.attempt(delivery, Outcome.responded(response, Duration.ofNanos(1234)));
      AttemptResult result = new AttemptResult(delivery.exhausted(samples.now()), attempt);
      store.deliveries().commit(owner, Batch.of(result));
      assertThat(
              store
                  .log()
                  .attempts(AttemptQuery.ofSite(Samples.SITE).delivery(delivery.id()))
                  .data())
          .containsExactly(attempt);
    }

    assertThat(lines()).hasSize(25);
    for (String line : lines()) {
      assertThat(line).matches("[0-9]{16} [0-9a-f]{8} [0-9a-f]{8} \\{.*}");
      try (JsonParser json = new JsonFactory().createParser(line.substring(LineFormat.PREFIX))) {
        json.nextToken();
        json.skipChildren();
        assertThat(json.nextToken()).isNull();
      }
    }
  }

  @Test
  void saysWhereTheTimeOfAnAttemptWentInAFewCharacters() {
    Delivery delivery = publish(Payload.of("{}"));
    Duration milli = Duration.ofMillis(1);
    Response response =
        new Response(
            204, Payload.empty(), false, null, null, new ResponseHeaders("Date: now\nX: \"y\""));
    Outcome outcome =
        Outcome.responded(response, new Timing(Duration.ZERO, null, null, null, milli, milli));
    Attempt attempt = samples.attempt(delivery, outcome);
    store
        .deliveries()
        .commit(owner, Batch.of(new AttemptResult(delivery.exhausted(samples.now()), attempt)));

    assertThat(lines())
        .anySatisfy(
            line ->
                assertThat(line)
                    .contains(
                        "\"tookNanos\":2000000,\"timing\":\"w0f1000r1000\",\"status\":204,"
                            + "\"headers\":\"Date: now\\u000aX: \\\"y\\\"\""));
  }

  @Test
  void endsBatchesWithAMarker() {
    publish(Payload.of("{}"));

    assertThat(lines().get(2)).contains("{\"kind\":\"commit\",\"records\":1,\"at\":");
  }

  @Test
  void hasEmptyLinesAtItsEndOnlyWhileItIsOpen() {
    publish(Payload.of("{}"));
    assertThat(new String(disk.get(Segment.journalName(1)), StandardCharsets.UTF_8))
        .endsWith("\n\n\n\n");

    store.close();

    assertThat(new String(disk.get(Segment.journalName(1)), StandardCharsets.UTF_8))
        .endsWith("}\n")
        .doesNotContain("\n\n");
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 7, 8, 9, 15, 16, 17, 100})
  void distinguishesKindsOfText(int length) {
    byte[] ascii = "x".repeat(length).getBytes(StandardCharsets.UTF_8);
    assertThat(TextBytes.of(ascii)).isEqualTo(TextBytes.ONE_LINE);
    for (int i = 0; i < length; i++) {
      for (int b = -128; b < 128; b++) {
        byte[] changed = ascii.clone();
        changed[i] = (byte) b;
        TextBytes expected =
            b < 0 ? TextBytes.BINARY : b < ' ' ? TextBytes.TEXT : TextBytes.ONE_LINE;
        assertThat(TextBytes.of(changed)).as(i + ": " + b).isEqualTo(expected);
      }
    }
    byte[] words = "é".repeat(length).getBytes(StandardCharsets.UTF_8);
    assertThat(TextBytes.of(words)).isEqualTo(TextBytes.ONE_LINE);
  }
}
