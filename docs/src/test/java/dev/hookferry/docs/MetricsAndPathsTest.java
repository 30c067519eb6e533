package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The manual lists every metric and every path of the HTTP API. */
class MetricsAndPathsTest {
  private static final Path SERVER = Path.of("../adapters-http/server/src/main");
  private static final Pattern QUOTED = Pattern.compile("\"(hookferry_[a-z_]+)\"");
  private static final Pattern CODE = Pattern.compile("`(hookferry_[a-z_]+)`");

  @Test
  void everyMetricIsListed() throws IOException {
    Set<String> metrics = new TreeSet<>();
    for (String room : List.of("metrics", "route", "socket")) {
      try (Stream<Path> sources = Files.walk(SERVER.resolve("java/dev/hookferry/http/" + room))) {
        for (Path source : sources.filter(Files::isRegularFile).toList()) {
          metrics.addAll(names(QUOTED, Files.readString(source)));
        }
      }
    }

    String listed =
        Files.readString(Path.of("metrics.md"))
            .lines()
            .filter(line -> line.startsWith("| `"))
            .map(line -> line.split("\\|")[1])
            .collect(Collectors.joining());

    assertThat(metrics).hasSizeGreaterThan(45);
    assertThat(names(CODE, listed)).containsExactlyElementsOf(metrics);
  }

  private static Set<String> names(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map(found -> found.group(1))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  /** A line has all parts of a path; what stands for an id may have another name. */
  @Test
  void everyPathIsDescribed() throws IOException {
    String page = ManualPage.httpApi();
    List<String> lines = page.replaceAll("\\$[A-Z]+", "{").lines().toList();
    Path description = SERVER.resolve("resources/dev/hookferry/http/api/openapi.json");
    List<String> paths = new ArrayList<>();
    new ObjectMapper()
        .readTree(description.toFile())
        .get("paths")
        .fieldNames()
        .forEachRemaining(paths::add);

    assertThat(paths).hasSizeGreaterThan(70);
    for (String path : paths) {
      List<String> parts =
          Stream.of(path.replaceFirst("^/api/v1(/sites/\\{site})?(?=/)", "").split("(?=/)"))
              .map(part -> part.replaceFirst("\\{.*", "{"))
              .toList();
      assertThat(lines)
          .as("a line with the path %s", path)
          .anyMatch(line -> parts.stream().allMatch(line::contains));
    }
  }
}
