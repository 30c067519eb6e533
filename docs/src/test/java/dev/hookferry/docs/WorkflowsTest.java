package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The workflows, which only run on GitHub, name tests, profiles and properties that exist. */
class WorkflowsTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern TEST = Pattern.compile("-Dtest='?([\\w*]+)'?");
  private static final Pattern PROFILES = Pattern.compile(" -P([\\w,]+)");
  private static final Pattern PROPERTY =
      Pattern.compile("-D((?:simulation|crash|kill|hookferry)[\\w.]+)=");

  @Test
  void everyTestAndProfileExists() throws IOException {
    List<String> tests = names(".java");
    String pom = JavaBlock.read(ROOT.resolve("pom.xml"));
    int found = 0;
    for (String command : commands()) {
      Matcher test = TEST.matcher(command);
      while (test.find()) {
        Pattern name = Pattern.compile(test.group(1).replace("*", ".*") + "\\.java");
        assertThat(tests).as(command).anyMatch(file -> name.matcher(file).matches());
        found++;
      }
      Matcher profiles = PROFILES.matcher(command);
      while (profiles.find()) {
        for (String profile : profiles.group(1).split(",")) {
          assertThat(pom).contains("<id>" + profile + "</id>");
        }
        found++;
      }
    }
    assertThat(found).isGreaterThan(4);
  }

  @Test
  void everyPropertyIsRead() throws IOException {
    StringBuilder sources = new StringBuilder();
    try (Stream<Path> files = Files.walk(ROOT)) {
      for (Path file : files.filter(WorkflowsTest::isTestSource).toList()) {
        sources.append(Files.readString(file));
      }
    }
    for (String command : commands()) {
      Matcher property = PROPERTY.matcher(command);
      while (property.find()) {
        assertThat(sources.indexOf('"' + property.group(1) + '"'))
            .as(property.group(1))
            .isPositive();
      }
    }
  }

  /** Returns what the steps of all workflows run. */
  private static List<String> commands() throws IOException {
    try (Stream<Path> files = Files.list(ROOT.resolve(".github/workflows"))) {
      List<String> commands =
          files.flatMap(file -> read(file).findValuesAsText("run").stream()).toList();
      assertThat(commands).hasSizeGreaterThan(8);
      return commands;
    }
  }

  private static JsonNode read(Path file) {
    try {
      return new YAMLMapper().readTree(JavaBlock.read(file));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> names(String ending) throws IOException {
    try (Stream<Path> files = Files.walk(ROOT)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> name.endsWith(ending))
          .toList();
    }
  }

  private static boolean isTestSource(Path file) {
    return file.toString().contains("/src/test/java/") && file.toString().endsWith(".java");
  }
}
