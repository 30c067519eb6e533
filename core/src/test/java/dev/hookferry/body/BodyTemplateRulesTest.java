package dev.hookferry.body;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.refusal.InvalidException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BodyTemplateRulesTest {
  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '`',
      textBlock =
          """
          [1]                                   | body.template: must be a JSON object, such as
          {"a":}                                | body.template: must be valid JSON
          {"a":{"$uper":"x"}}                   | body.template.a.$uper: is not a function; did you mean $upper? The functions are $pointer
          {"a":{"$upper":"x","b":1}}            | body.template.a.$upper: must be the only member of its object; use $literal
          {"a":1,"a":2}                         | body.template.a: appears twice
          {"a":{"$pointer":"data/x"}}           | body.template.a.$pointer: must be a JSON Pointer, which begins with /
          {"a":{"$pointer":"/data/~2"}}         | body.template.a.$pointer: must be a JSON Pointer, in which ~0
          {"a":{"$pointer":"/data/~"}}          | body.template.a.$pointer: must be a JSON Pointer, in which ~0
          {"a":{"$pointer":"/ActivationKey"}}   | body.template.a.$pointer: must begin with /id, /type
          {"a":{"$pointer":""}}                 | body.template.a.$pointer: must begin with /id, /type
          {"a":{"$pointer":1}}                  | body.template.a.$pointer: must be a string
          {"a":{"$item":"/x"}}                  | body.template.a.$item: must be inside $map
          {"a":[{"$if":[1]}]}                   | body.template.a[0].$if: must have the arguments [condition, then, else]
          {"a":{"$if":[1,2,3,4]}}               | body.template.a.$if: must have the arguments
          {"a":{"$equals":[1]}}                 | body.template.a.$equals: must have the arguments [value, value]
          {"a":{"$join":["x"]}}                 | body.template.a.$join: must have the arguments [array, separator]
          {"a":{"$default":1}}                  | body.template.a.$default: must have the arguments
          {"a":{"$concat":[]}}                  | body.template.a.$concat: must have the arguments
          {"a":{"$map":[[1]]}}                  | body.template.a.$map: must have the arguments [array, template]
          {"a":{"$map":[[1],2,3]}}              | body.template.a.$map: must have the arguments
          {"a":{"$map":[]}}                     | body.template.a.$map: must have the arguments
          {"a":{"$truncate":["x",0]}}           | body.template.a.$truncate[1]: must be a whole number from 1 to 999999
          {"a":{"$truncate":["x",{"$pointer":"/id"}]}} | body.template.a.$truncate[1]: must be a whole number
          {"a":{"$date":["x","bad form"]}}      | body.template.a.$date[1]: must be iso, date
          {"a":{"$date":["x",""]}}              | body.template.a.$date[1]: must be iso, date
          {"$item":""}                          | body.template.$item: must be inside $map
          """)
  void refuses(String template, String message) {
    assertThatThrownBy(() -> BodyTemplate.parse(template))
        .isInstanceOf(InvalidException.class)
        .hasMessageStartingWith(message);
  }

  @Test
  void limitsSizeAndDepth() {
    String deepest = "{\"a\":" + "[".repeat(31) + "]".repeat(31) + "}";
    assertThat(BodyTemplate.parse(deepest).text()).isEqualTo(deepest);
    assertThatThrownBy(
            () -> BodyTemplate.parse("{\"a\":" + "[".repeat(32) + "1" + "]".repeat(32) + "}"))
        .isInstanceOf(InvalidException.class)
        .hasMessageContaining("must be nested at most 32 levels deep");
    assertThatThrownBy(() -> BodyTemplate.parse("{\"a\":\"" + "x".repeat(16 * 1024) + "\"}"))
        .isInstanceOf(InvalidException.class)
        .hasMessage("body.template: must have at most 16384 bytes");
    assertThatThrownBy(
            () -> BodyTemplate.parse("{\"a\":{\"$pointer\":\"/data/" + "x".repeat(1_024) + "\"}}"))
        .isInstanceOf(InvalidException.class)
        .hasMessage("body.template.a.$pointer: must have at most 1024 characters");
  }

  @Test
  void everyFunctionIsDescribed() {
    for (TemplateFunction function : TemplateFunction.values()) {
      assertThat(function.symbol()).startsWith("$");
      assertThat(function.help()).endsWith(".");
      assertThat(TemplateFunction.of(function.symbol())).contains(function);
    }
  }
}
