package dev.hookferry.http.publish;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import dev.hookferry.event.NewEvent;
import dev.hookferry.http.RandomJson;
import dev.hookferry.http.wire.EarlyReply;
import dev.hookferry.http.wire.Times;
import dev.hookferry.id.EventId;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PublishParserTest {
  @Test
  void theWholeEnvelopeIsRead() {
    NewEvent event =
        one(
            """
            {"occurredAt":"2026-04-29T18:39:49+02:00","data":{ "a" : [1.10, null] } ,
             "id":"my-id_1","type":"license_created"}
            """);

    assertThat(event.type().name()).isEqualTo("license_created");
    assertThat(event.data().text()).isEqualTo("{ \"a\" : [1.10, null] }");
    assertThat(event.id()).isEqualTo(new EventId("my-id_1"));
    assertThat(event.occurredAt()).isEqualTo(Instant.parse("2026-04-29T16:39:49Z"));
    assertThat(event.idempotencyKey()).isNull();
  }

  @Test
  void nullMeansAbsentForOptionalFields() {
    NewEvent event = one("{\"type\":\"a\",\"data\":null,\"id\":null,\"occurredAt\":null}");
    assertThat(event.data().text()).isEqualTo("null");
    assertThat(event.id()).isNull();
    assertThat(event.occurredAt()).isNull();
  }

  @Test
  void dataIsCutOutByteForByteWhateverItIs() {
    Random random = new Random(20260429);
    RandomJson json = new RandomJson(random);
    for (int i = 0; i < 20_000; i++) {
      String data = json.value(4);
      String type = "\"type\":" + json.blanks() + "\"a.b\"";
      String field = "\"data\"" + json.blanks() + ":" + json.blanks() + data + json.blanks();
      String body =
          random.nextBoolean() ? "{" + type + "," + field + "}" : "{" + field + "," + type + "}";
      assertThat(one(json.blanks() + body + json.blanks()).data().text()).isEqualTo(data);
    }
  }

  @Test
  void everyEventOfABatchGetsItsOwnBytesAndKey() {
    RandomJson json = new RandomJson(new Random(7));
    List<String> data = new ArrayList<>();
    for (int i = 0; i < 1_000; i++) {
      data.add(json.value(2));
    }
    String body =
        data.stream()
            .map(d -> "{\"type\":\"a\",\"data\":" + d + "}" + json.blanks())
            .collect(Collectors.joining(",", " [", "]\n"));

    PublishParser.Published published = PublishParser.parse(bytes(body), "k");

    assertThat(published.batch()).isTrue();
    assertThat(published.events()).extracting(e -> e.data().text()).isEqualTo(data);
    assertThat(published.events().get(999).idempotencyKey()).isEqualTo("k-999");
  }

  @Test
  void aBatchOfOneIsABatch() {
    PublishParser.Published published =
        PublishParser.parse(bytes("[{\"type\":\"a\",\"data\":1}]"), null);
    assertThat(published.batch()).isTrue();
    assertThat(published.events()).hasSize(1);
  }

  @Test
  void reportsAllProblemsAtOnce() {
    assertThat(
            problems(
                "[{\"type\":1,\"data\":1},{\"typ\":\"a\",\"data\":1,\"data\":2},7,"
                    + "{\"type\":\"a..b\",\"id\":\"x\\u0000y\",\"occurredAt\":\"now\"}]"))
        .extracting(Problem::toString)
        .containsExactly(
            "[0].type: must be a string",
            "[1].typ: is not a known field; did you mean type?",
            "[1].data: is given twice",
            "[1].type: is missing: the event type",
            "[2]: must be a JSON object",
            "[3].type: must be 1 to 128 characters: parts of A-Z a-z 0-9 _ joined by single . or -",
            "[3].id: must be 1 to 128 characters of A-Z a-z 0-9 _ -",
            "[3].occurredAt: " + Times.FORM,
            "[3].data: is missing: the affected object");
  }

  @Test
  void aBatchHasOneToAThousandEvents() {
    String all =
        IntStream.range(0, 1_001)
            .mapToObj(i -> "{\"type\":\"a\",\"data\":1}")
            .collect(Collectors.joining(",", "[", "]"));
    assertThat(problems(all))
        .extracting(Problem::reason)
        .containsExactly("the body must have at most 1000 events");
    assertThat(problems("[]"))
        .extracting(Problem::reason)
        .containsExactly("must have at least 1 event");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "null",
        "\"x\"",
        "17",
        "{",
        "{\"type\":\"a.b\",\"data\":{}}}",
        "{\"type\":\"a.b\",\"data\":{}} x",
        "{\"type\":\"a.b\",\"data\":{}} {}",
        "{'type':'a.b'}",
        "{type:\"a.b\",\"data\":{}}",
        "{\"type\":\"a.b\"/*c*/,\"data\":{}}",
        "{\"type\":\"a.b\",\"data\":{}}//",
        "{\"type\":\"a.b\",\"data\":{},}",
        "{\"type\":\"a.b\",\"data\":[1,]}",
        "{\"type\":\"a.b\",\"data\":{\"n\":Infinity}}",
        "{\"type\":\"a.b\",\"data\":{\"n\":NaN}}",
        "{\"type\":\"a.b\",\"data\":{\"n\":+1}}",
        "{\"type\":\"a.b\",\"data\":{\"n\":1.}}",
        "{\"type\":\"a.b\",\"data\":{\"n\":.5}}",
        "{\"type\":\"a.b\",\"data\":{\"n\":01}}",
        "{\"type\":\"a.b\",\"data\":{\"s\":\"a\nb\"}}",
        "{\"type\":\"a.b\",\"data\":{\"s\":\"a\u0000b\"}}",
        "{\"type\":\"a.b\",\"data\":{\"s\":\"\\u12\"}}",
        "{\"type\":\"a.b\",\"data\":{\"s\":\"\\x41\"}}",
        "{\"type\":\"a.b\r\nX: 1\",\"data\":{}}",
        "\ufeff{\"type\":\"a.b\",\"data\":{}}",
        "{\"type\":\"a.b\",\"data\":{\"a\\ud800b\":1}}",
        "{\"type\":\"a.b\",\"data\":{\"n\":1e999999999}}",
        "{\"type\":\"a.b\",\"data\":[1.5E+100000]}",
      })
  void invalidJsonIsRefusedWithItsPositionButNotItsContent(String body) {
    assertThat(problems(body))
        .singleElement()
        .satisfies(
            problem ->
                assertThat(problem.reason())
                    .matches("(?s).*(line \\d+, column \\d+|must be a JSON object.*)")
                    .doesNotContain("Infinity", "NaN", "\\x", "999999999", "X: 1"));
  }

  @Test
  void locatesAFaultInsideOfData() {
    assertThat(problems("[{\"type\":\"a\",\"data\":{}},{\"type\":\"a\",\n\"data\":{\"s\":'x'}}]"))
        .containsExactly(new Problem("[1].data", "is not valid JSON at line 2, column 13"));
  }

  @Test
  void dataMayBeNestedAHundredDeepAndNoDeeper() {
    assertThat(one("{\"type\":\"a\",\"data\":" + nested(100) + "}").data().size()).isPositive();
    String batch = "[{\"type\":\"a\",\"data\":" + nested(100) + "}]";
    assertThat(PublishParser.parse(bytes(batch), null).events()).hasSize(1);
    for (int depth : new int[] {101, 200, 100_000}) {
      assertThat(problems("{\"type\":\"a\",\"data\":" + nested(depth) + "}"))
          .singleElement()
          .satisfies(
              problem -> {
                assertThat(problem.field()).isEqualTo("data");
                assertThat(problem.reason()).startsWith("must be nested at most 100 levels deep");
              });
    }
  }

  @Test
  void deepUnknownFieldsAreRefusedToo() {
    assertThatThrownBy(() -> one("{\"other\":" + nested(5_000) + "}"))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("exceeds a JSON limit");
  }

  @Test
  void invalidUtf8IsRefusedEvenInSkippedFields() {
    byte[] body = bytes("{\"type\":\"a\",\"data\":{\"a\":\"??\"}}");
    body[body.length - 5] = (byte) 0xff;
    assertThat(problems(body))
        .containsExactly(new Problem("", "the body must be JSON in UTF-8; byte 26 is not UTF-8"));
    byte[] good = bytes("{\"type\":\"a\",\"data\":{}}");
    byte[] utf16 = new String(good, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16LE);
    assertThat(problems(utf16)).hasSize(1);
    byte[] utf16Bom = new String(good, StandardCharsets.UTF_8).getBytes(StandardCharsets.UTF_16);
    assertThat(problems(utf16Bom)).hasSize(1);
    assertThat(problems("{\"type\":\"a\"}".getBytes(java.nio.charset.Charset.forName("UTF-32LE"))))
        .hasSize(1);
  }

  @Test
  void stopsEarlyAtAnUnrelatedDocument() {
    String fields =
        IntStream.range(0, 10_000)
            .mapToObj(i -> "\"f" + i + "\":1")
            .collect(Collectors.joining(",", "{", "}"));
    assertThat(problems(fields)).hasSize(16);
  }

  @Test
  void anEventOfABatchMayNotBeLargerThanOneAlone() {
    String body = "[{\"type\":\"a\",\"data\":\"" + "x".repeat(1 << 20) + "\"}]";
    EarlyReply tooLarge =
        catchThrowableOfType(EarlyReply.class, () -> PublishParser.parse(bytes(body), null));
    assertThat(tooLarge.reply().status()).isEqualTo(413);
  }

  private static String nested(int depth) {
    return "{\"a\":[".repeat(depth / 2) + (depth % 2 == 0 ? "1" : "{}") + "]}".repeat(depth / 2);
  }

  private static NewEvent one(String body) {
    PublishParser.Published published = PublishParser.parse(bytes(body), null);
    assertThat(published.batch()).isFalse();
    assertThat(published.events()).hasSize(1);
    return published.events().get(0);
  }

  private static List<Problem> problems(String body) {
    return problems(bytes(body));
  }

  private static List<Problem> problems(byte[] body) {
    return catchThrowableOfType(InvalidException.class, () -> PublishParser.parse(body, null))
        .problems();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }
}
