package dev.hookferry.http.console.text;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.http.words.Words;
import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JsonBranchTest {
  @Test
  void valuesStayAsWritten() {
    JsonBranch tree = JsonBranch.of("{\"a\":1.10,\"b\":[],\"c\":[\"x\\\"y\",null]}").orElseThrow();
    assertThat(tree.size(Words.ENGLISH)).isEqualTo("3 fields");
    assertThat(tree.size(Words.of("de", null))).isEqualTo("3 Felder");
    assertThat(tree.children())
        .extracting(JsonBranch::name)
        .containsExactly("\"a\"", "\"b\"", "\"c\"");
    assertThat(tree.children()).extracting(JsonBranch::value).containsExactly("1.10", "[]", "[ ]");
    assertThat(tree.children().get(2).children())
        .extracting(JsonBranch::value)
        .containsExactly("\"x\\\"y\"", "null");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "1", "text", "{", "{} {}", "{\"a\":}", "[1,"})
  void onlyObjectsAndArraysHaveATree(String text) {
    assertThat(JsonBranch.of(text)).isEmpty();
  }

  @Test
  void whatIsTooLargeToUnfoldHasNoTree() {
    assertThat(JsonBranch.of("[" + String.join(",", Collections.nCopies(2_000, "1")) + "]"))
        .isEmpty();
    assertThat(JsonBranch.of("[".repeat(60) + "]".repeat(60))).isEmpty();
    assertThat(JsonBranch.of("[".repeat(5_000))).isEmpty();
    assertThat(JsonBranch.of("[" + String.join(",", Collections.nCopies(500, "1")) + "]"))
        .isPresent();
  }
}
