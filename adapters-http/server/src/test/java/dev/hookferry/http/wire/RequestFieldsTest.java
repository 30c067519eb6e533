package dev.hookferry.http.wire;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import dev.hookferry.field.FieldValues;
import dev.hookferry.refusal.InvalidException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RequestFieldsTest {
  private static final FieldSpec<String> NAME = FieldSpec.of("name", FieldKind.text(), "Its name.");
  private static final FieldSpec<Integer> SIZE =
      FieldSpec.of("size", FieldKind.integer(1, 9), "Its size.");
  private static final FieldSpec<List<FieldValues>> PARTS =
      FieldSpec.of(
          "parts",
          FieldKind.list(
              FieldKind.group(FieldTable.of("Part", NAME, SIZE).requiring(NAME), values -> values)),
          "The parts.");
  private static final FieldSpec<Map<String, Integer>> SIZES =
      FieldSpec.of("sizes", FieldKind.map(FieldKind.integer(1, 9), 9), "Sizes by name.");
  private static final FieldSpec<String> TEXT =
      FieldSpec.of("text", FieldKind.json(text -> text), "Any JSON.");
  private static final FieldTable TABLE = FieldTable.of("Thing", PARTS, SIZES, TEXT);

  @Test
  void readsAListOfObjects() {
    RequestFields fields = of("{'parts':[{'name':'a','size':1},{'name':'b','size':null}]}");

    List<FieldValues> parts = TABLE.read(fields).get(PARTS, List.of());

    assertThat(fields.problems().isEmpty()).isTrue();
    assertThat(parts.stream().map(part -> part.get(NAME))).containsExactly("a", "b");
    assertThat(parts.stream().map(part -> part.get(SIZE, 0))).containsExactly(1, 0);
  }

  @Test
  void namesTheElementAndTheFieldOfAProblem() {
    assertThat(problems("{'parts':[{'name':'a'},{'size':10},{'name':'c','sise':1},null,5]}"))
        .containsExactly(
            "parts[1].name: is missing: Its name.",
            "parts[1].size: must be a whole number from 1 to 9",
            "parts[2].sise: is not a known field; did you mean size?",
            "parts[3]: must be a JSON object",
            "parts[4]: must be a JSON object");
    assertThat(problems("{'parts':{'name':'a'}}"))
        .containsExactly("parts: must be an array of JSON objects");
  }

  @Test
  void readsValuesByName() {
    RequestFields fields = of("{'sizes':{'a':1,'b':9}}");

    assertThat(TABLE.read(fields).get(SIZES)).isEqualTo(Map.of("a", 1, "b", 9));
    assertThat(fields.problems().isEmpty()).isTrue();
    assertThat(problems("{'sizes':{'a':10,'b':null}}"))
        .containsExactly(
            "sizes.a: must be a whole number from 1 to 9", "sizes.b: must be a whole number");
    assertThat(problems("{'sizes':[1]}"))
        .containsExactly("sizes: must be an object of whole numbers");
  }

  @Test
  void refusesHalfASurrogatePair() {
    String refusal = "text: must be Unicode text";
    assertThat(problems("{'text':{'a':['\\ud800']}}")).containsExactly(refusal);
    RequestFields fields = of("{'text':{'a':'\\udc00\\ud800'}}");
    var unused = fields.json("text");
    assertThat(fields.problems().isEmpty()).isFalse();

    RequestFields whole = of("{'text':{'a':'\\ud83d\\ude00\\u0000'}}");
    assertThat(TABLE.read(whole).get(TEXT)).isEqualTo("{\"a\":\"\ud83d\ude00\\u0000\"}");
    assertThat(whole.problems().isEmpty()).isTrue();
  }

  private static Stream<String> problems(String json) {
    RequestFields fields = of(json);
    var unused = TABLE.read(fields);
    InvalidException refusal = catchThrowableOfType(InvalidException.class, fields::check);
    return refusal.problems().stream().map(problem -> problem.field() + ": " + problem.reason());
  }

  private static RequestFields of(String json) {
    ObjectNode object = JsonBody.object(json.replace('\'', '"').getBytes(StandardCharsets.UTF_8));
    return RequestFields.of(object, TABLE.names().toArray(String[]::new));
  }
}
