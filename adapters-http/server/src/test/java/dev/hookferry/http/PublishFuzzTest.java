package dev.hookferry.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookferry.contract.support.Fuzz;
import dev.hookferry.event.NewEvent;
import dev.hookferry.http.publish.PublishParser;
import dev.hookferry.refusal.InvalidException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** Whatever comes is refused, or is what an ordinary parser reads too, with its bytes kept. */
class PublishFuzzTest {
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);
  private static final List<String> CORPUS =
      List.of(
          "{\"type\":\"a.b\",\"data\":{\"n\":1.10,\"s\":\"\\ud83d\\u00e9 \u00e9\",\"l\":[1,-2e3]}}",
          " [ {\"data\" : \"text \\\" , } ]\" ,\"type\":\"a\"}, {\"type\":\"b\",\"data\":7}\n]",
          "{\"id\":\"x_1\",\"occurredAt\":\"2026-04-29T18:39:49Z\",\"data\":null,\"type\":\"a\"}",
          "{\"type\":\"a\",\"data\":[[[{}]],true,false,{\"data\":{\"type\":1}},0.0]}",
          "{\"type\":\"a\",\"data\":\"\u20ac\u10ff\uD83D\uDE00\"}");
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          "\"",
          "\\",
          ":",
          ",",
          " ",
          "\n",
          "\u0000",
          "1",
          "-",
          "e",
          ".",
          "0",
          "1e99999",
          "true",
          "null",
          "\"data\":",
          "\"type\":",
          "\"id\":",
          "\\u0000",
          "\\ud800",
          "\ufeff",
          "\u00e9",
          "\u2028",
          "/*",
          "//",
          "'",
          "NaN",
          "[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[[");

  @Test
  void acceptedEventsAreReadAlikeByOtherParsers() {
    Fuzz.tries(
        40_000,
        chance -> {
          byte[] body = Fuzz.mutated(chance, CORPUS, PIECES).getBytes(StandardCharsets.UTF_8);
          if (chance.nextInt(4) == 0) {
            body = Fuzz.mutated(chance, body);
          }
          byte[] whole = body;
          Optional<List<NewEvent>> events = parsed(whole);
          if (events.isPresent()) {
            agrees(whole, events.get());
          }
        });
  }

  private static Optional<List<NewEvent>> parsed(byte[] body) {
    try {
      return Optional.of(PublishParser.parse(body, "k").events());
    } catch (InvalidException refused) {
      assertThat(refused.problems()).isNotEmpty();
      assertThat(refused.getMessage()).doesNotContainPattern("[\\x00-\\x09\\x0b-\\x1f]");
      return Optional.empty();
    }
  }

  private static void agrees(byte[] body, List<NewEvent> events) throws IOException {
    JsonNode tree = JSON.readTree(body);
    List<JsonNode> theirs = new ArrayList<>();
    if (tree.isArray()) {
      tree.forEach(theirs::add);
    } else {
      theirs.add(tree);
    }
    assertThat(events).hasSameSizeAs(theirs);
    String text = new String(body, StandardCharsets.ISO_8859_1);
    int from = 0;
    for (int i = 0; i < theirs.size(); i++) {
      byte[] data = events.get(i).data().toBytes();
      assertThat(JSON.readTree(data)).isEqualTo(theirs.get(i).get("data"));
      assertThat(events.get(i).type().name()).isEqualTo(theirs.get(i).get("type").textValue());
      from = text.indexOf(new String(data, StandardCharsets.ISO_8859_1), from);
      assertThat(from).as("the bytes are those that came").isNotNegative();
      from += data.length;
    }
  }
}
