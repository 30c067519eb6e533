package dev.hookferry.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import dev.hookferry.contract.support.Fuzz;
import dev.hookferry.event.JsonValidator;
import dev.hookferry.event.Payload;
import dev.hookferry.http.publish.DataSlice;
import dev.hookferry.http.wire.JsonSyntax;
import dev.hookferry.refusal.InvalidException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.random.RandomGenerator;
import org.junit.jupiter.api.Test;

/** Tests on many texts that core and the HTTP API accept the same JSON. */
class JsonDifferentialTest {
  private static final List<String> CORPUS =
      List.of(
          "{\"k\":1},\"LicenseInfo\":{\"k\":\"forged\"}",
          "{\"a\":[1,-0.10,2e5,true,false,null,\"x\\u00e9\\n\"],\"b\":{\"c\":{}}}",
          " [ { } , [ ] , \"\" , -1.5E-12 ]\n",
          "\"clé-Ω-\uD83D\uDE00 a longer text that is read eight bytes at a time\"",
          "[".repeat(97) + "{\"a\":[1]}" + "]".repeat(97),
          "9".repeat(999),
          "-0." + "1".repeat(996) + "e99999",
          "null",
          "-12");
  private static final List<String> PIECES =
      List.of(
          "{",
          "}",
          "[",
          "]",
          ",",
          ":",
          "\"",
          "\\",
          "\\u12",
          "\\ud800",
          "0",
          "-",
          "+",
          ".",
          "e",
          "E9",
          "99999",
          "true",
          "nul",
          " ",
          "\t",
          "\n",
          "\r",
          "\f",
          "\u0000",
          "/",
          "//",
          "/**/",
          "#",
          "'",
          "NaN",
          "\uFEFF",
          "é",
          "\"a\":",
          "[[[",
          "]]]",
          "{\"a\":1}",
          "\u2028",
          "x");

  @Test
  void agreesWithJackson() {
    Fuzz.tries(
        150_000,
        chance -> {
          byte[] text = Fuzz.mutated(chance, CORPUS, PIECES).getBytes(StandardCharsets.UTF_8);
          damage(text, chance);
          if (text.length > 0) {
            assertThat(isValid(text))
                .as(new String(text, StandardCharsets.ISO_8859_1))
                .isEqualTo(isJackson(text));
          }
        });
  }

  /** One text in eight is no UTF-8 any more, perhaps. */
  private static void damage(byte[] text, RandomGenerator chance) {
    if (text.length > 0 && chance.nextInt(8) == 0) {
      text[chance.nextInt(text.length)] = (byte) chance.nextInt(256);
    }
  }

  private static boolean isValid(byte[] text) {
    try {
      JsonValidator.require("data", Payload.wrap(text));
      return true;
    } catch (InvalidException e) {
      return false;
    }
  }

  private static boolean isJackson(byte[] text) throws IOException {
    try (JsonParser parser = JsonSyntax.FACTORY.createParser(text)) {
      JsonSyntax.requireUtf8(text);
      if (parser.nextToken() == null) {
        return false;
      }
      Payload unused = DataSlice.cut(parser, text, "data");
      return parser.nextToken() == null;
    } catch (JsonProcessingException | InvalidException e) {
      return false;
    }
  }
}
