package dev.hookferry.jsonschema;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.event.Payload;
import dev.hookferry.refusal.InvalidException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** The official cases of draft 2020-12, but for those about other documents. */
class OfficialSuiteTest {
  private final JsonSchemaCompiler compiler = new JsonSchemaCompiler();
  private final List<String> wrong = new ArrayList<>();
  private final List<String> refused = new ArrayList<>();
  private int right;

  @Test
  void acceptedSchemasBehaveAsTheDraftSays() throws IOException {
    for (String line : lines()) {
      if (!line.startsWith("#")) {
        check(line.split("\t"));
      }
    }

    assertThat(wrong).isEmpty();
    assertThat(right).isGreaterThan(1_000);
  }

  /** Unsupported keywords are refused, never ignored. */
  @Test
  void refusedSchemasGoBeyondTheDocument() throws IOException {
    acceptedSchemasBehaveAsTheDraftSays();

    assertThat(refused)
        .isNotEmpty()
        .allMatch(
            problem ->
                problem.contains("$id: is only possible at the top")
                    || problem.contains("$ref: must begin with #")
                    || problem.contains("without look-around and back references")
                    || problem.contains("must be valid JSON Schema (draft 2020-12)"));
  }

  private void check(String[] cells) {
    try {
      boolean valid = compiler.compile(cells[2]).validate(Payload.of(cells[3])).isEmpty();
      if (valid == Boolean.parseBoolean(cells[4])) {
        right++;
      } else {
        wrong.add(String.join("\t", cells));
      }
    } catch (InvalidException e) {
      refused.add(e.problems().get(0).toString());
    }
  }

  private static List<String> lines() throws IOException {
    try (InputStream in = OfficialSuiteTest.class.getResourceAsStream("draft2020-12.tsv")) {
      byte[] bytes = Objects.requireNonNull(in).readAllBytes();
      return new String(bytes, StandardCharsets.UTF_8).lines().toList();
    }
  }
}
