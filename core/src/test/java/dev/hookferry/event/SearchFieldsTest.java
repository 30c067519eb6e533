package dev.hookferry.event;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.refusal.InvalidException;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

/** Which values of an event's data are indexed. */
class SearchFieldsTest {
  private static final Instant TIME = Instant.parse("2026-05-01T10:00:00Z");

  private static SearchFields fields(String... names) {
    return SearchFields.NONE.named("searchFields", List.of(names), TIME);
  }

  private static Map<String, String> values(String json, String... names) {
    return fields(names).valuesOf(Payload.of(json));
  }

  @Test
  void keepsTextsNumbersAndFlagsUnchanged() {
    String json =
        """
        {"a":"x\\u00e9\\n", "b" : -1.50e3 ,"c":true,"d":false,"e":null,"f":{"g":1},"h":["i"],
         "j":""}
        """;
    assertThat(values(json, "a", "b", "c", "d", "e", "f", "h", "j"))
        .isEqualTo(Map.of("a", "xé\n", "b", "-1.50e3", "c", "true", "d", "false", "j", ""));
    assertThat(values(json, "A", "zz")).isEmpty();
  }

  @Test
  void readsMembersOfObjectsByDots() {
    String json = "{\"a\":{\"b\":{\"c\":1},\"d\":2},\"b\":3,\"a.d\":4,\"e\":[{\"d\":5}]}";
    assertThat(values(json, "a.b.c", "a.d", "b", "e.d", "a.x"))
        .isEqualTo(Map.of("a.b.c", "1", "a.d", "2", "b", "3"));
    assertThat(values("{\"a\":7,\"b\":8}", "a", "a.b", "b")).isEqualTo(Map.of("a", "7", "b", "8"));
  }

  @Test
  void theFirstOfTwoMembersCounts() {
    assertThat(values("{\"a\":1,\"a\":2,\"b\":3}", "a", "b")).isEqualTo(Map.of("a", "1", "b", "3"));
  }

  @Test
  void nonObjectDataHasNoFields() {
    for (String json : List.of("[{\"a\":1}]", "\"a\"", "1", "null", "{}", " { } ")) {
      assertThat(values(json, "a")).as(json).isEmpty();
    }
    assertThat(SearchFields.NONE.valuesOf(Payload.of("{\"a\":1}"))).isEmpty();
  }

  @Test
  void aLongValueCountsByItsFirst128Characters() {
    String pair = "x".repeat(127) + "\ud83d\ude00";
    assertThat(values("{\"a\":\"" + "y".repeat(200) + "\",\"b\":\"" + pair + "\"}", "a", "b"))
        .isEqualTo(Map.of("a", "y".repeat(128), "b", "x".repeat(127)));
    assertThat(SearchFields.forQuery(Map.of("a", "y".repeat(300))))
        .isEqualTo(Map.of("a", "y".repeat(128)));
  }

  @Test
  void aFieldThatStaysKeepsItsTime() {
    SearchFields before = fields("a", "b");
    SearchFields after = before.named("searchFields", List.of("c", "b", "c"), TIME.plusSeconds(60));

    assertThat(after.names()).containsExactly("c", "b");
    assertThat(after.find("b")).hasValue(new SearchFields.Field("b", TIME));
    assertThat(after.find("c")).hasValue(new SearchFields.Field("c", TIME.plusSeconds(60)));
    assertThat(after.find("a")).isEmpty();
  }

  @Test
  void refusesBadNamesAndTooMany() {
    for (String name : List.of("", "a:b", "a=b", ".a", "a.", "a..b", "a b", "é", "a.b.c.d.e")) {
      refuses("searchFields[1]", () -> fields("ok", name));
      refuses("field", () -> SearchFields.forQuery(Map.of(name, "x")));
    }
    refuses("searchFields[0]", () -> fields("x".repeat(65)));
    refuses("searchFields", () -> fields("a", "b", "c", "d", "e", "f", "g", "h", "i"));
    assertThat(fields("a.b.c.d", "x".repeat(64), "$id", "@type", "A-1_2").names()).hasSize(5);
    assertThat(fields(Collections.nCopies(8, "a").toArray(String[]::new)).names()).hasSize(1);
  }

  private static void refuses(String field, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            InvalidException.class,
            e -> assertThat(e.problems()).extracting(p -> p.field()).containsExactly(field));
  }
}
