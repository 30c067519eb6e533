package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The manual has tables of all calls, with those of the OpenAPI document. {@code
 * -Dhookferry.manual.write=true} writes them.
 */
class CallTablesPageTest {
  private static final Path OPEN_API =
      Path.of("../adapters-http/server/src/main/resources/dev/hookferry/http/api/openapi.json");
  private static final Path LIST = Path.of(ManualPage.CALLS);
  private static final Path PORTAL = Path.of("portal-json.md");
  private static final Pattern TABLE =
      Pattern.compile("(?m)^<!-- calls: ([a-z-]+\\.md) -->\n(?:\\|.*\n)*");

  private final List<Operation> operations = new ArrayList<>();

  /** Where each call is explained, by its method and path. */
  private final Map<String, CallLine> explained = new LinkedHashMap<>();

  private record Operation(String method, String path, String summary) {
    String call() {
      return CallLine.call(method, path);
    }
  }

  @BeforeEach
  void read() throws IOException {
    JsonNode document = new ObjectMapper().readTree(OPEN_API.toFile());
    for (Map.Entry<String, JsonNode> path : document.path("paths").properties()) {
      for (Map.Entry<String, JsonNode> method : path.getValue().properties()) {
        JsonNode operation = method.getValue();
        if (operation.has("operationId")) {
          operations.add(
              new Operation(
                  method.getKey().toUpperCase(Locale.ROOT),
                  path.getKey(),
                  operation.path("summary").asText()));
        }
      }
    }
    Set<String> known = operations.stream().map(Operation::call).collect(Collectors.toSet());
    for (Path page : explainingPages()) {
      CallLine.of(page, known).forEach(line -> explained.putIfAbsent(line.call(), line));
    }
  }

  private static List<Path> explainingPages() {
    return Stream.concat(
            ManualPage.namesWithReferences("http-api").stream().map(Path::of), Stream.of(PORTAL))
        .toList();
  }

  @Test
  void everyCallIsExplainedUnderAHeading() {
    assertThat(operations.stream().map(Operation::call))
        .hasSizeGreaterThan(100)
        .filteredOn(call -> !explained.containsKey(call))
        .isEmpty();
  }

  @Test
  void aTableOfCallsIsThatOfTheDocument() throws IOException {
    Set<String> shown = new TreeSet<>();
    for (Path page : List.of(LIST, PORTAL)) {
      String text = Files.readString(page);
      String made =
          TABLE.matcher(text).replaceAll(found -> Matcher.quoteReplacement(written(page, found)));
      if (Boolean.getBoolean("hookferry.manual.write")) {
        Files.writeString(page, made);
      } else {
        assertThat(text).as("%s", page).isEqualTo(made);
      }
      TABLE.matcher(text).results().forEach(table -> shown.add(table.group(1)));
    }
    assertThat(shown)
        .containsExactlyInAnyOrderElementsOf(
            explained.values().stream()
                .map(line -> line.page().toString())
                .collect(Collectors.toSet()));
  }

  private String written(Path page, MatchResult table) {
    String ellipsis = CallLine.ellipsis(JavaBlock.read(page));
    StringBuilder rows =
        new StringBuilder(table.group().lines().findFirst().orElseThrow())
            .append("\n| method | path | |\n| --- | --- | --- |\n");
    for (Operation operation : operations) {
      CallLine line = Objects.requireNonNull(explained.get(operation.call()), operation.call());
      if (line.page().equals(Path.of(table.group(1)))) {
        String path = operation.path();
        if (path.startsWith(ellipsis + "/")) {
          path = "…" + path.substring(ellipsis.length());
        }
        String words = operation.summary();
        rows.append("| `%s` | `%s` | ".formatted(operation.method(), path))
            .append(line.page().equals(page) ? words : line.link(words))
            .append(" |\n");
      }
    }
    return rows.toString();
  }
}
