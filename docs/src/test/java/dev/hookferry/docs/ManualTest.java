package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** What the manual shows has been compiled and run. */
class ManualTest {
  private static final Path ROOT = Path.of("..");
  private static final Path TESTS = Path.of("src/test/java");
  private static final Pattern BLOCK = Pattern.compile("(?ms)^```java\n(.*?)^```$");
  private static final Pattern REGION =
      Pattern.compile("(?ms)^ *// tag::(\\w+)\n(.*?)^ *// end::\\1$");
  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|Contract))`");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]+)(#[^)]*)?\\)");

  @Test
  void everyJavaBlockIsARegionOfATest() {
    List<String> regions = regions();
    for (Path page : pages()) {
      Matcher block = BLOCK.matcher(read(page));
      while (block.find()) {
        assertThat(regions)
            .as("%s has a Java block that is no region of a test:%n%s", page, block.group(1))
            .contains(block.group(1).stripTrailing().stripIndent().strip());
      }
    }
  }

  @Test
  void theReadmeAndTheManualHaveSuchBlocks() {
    assertThat(pages().stream().filter(page -> BLOCK.matcher(read(page)).find()))
        .extracting(page -> page.getFileName().toString())
        .contains("README.md", "embedding.md", "receivers.md");
  }

  @Test
  void everyLinkBetweenPagesLeadsSomewhere() {
    for (Path page : pages()) {
      Matcher link = LINK.matcher(read(page));
      while (link.find()) {
        assertThat(page.resolveSibling(link.group(1))).as("a link in %s", page).exists();
      }
    }
  }

  @Test
  void everyTestThatTheThreatModelNamesIsThere() {
    List<String> classes =
        files(ROOT, ".java").stream().map(file -> file.getFileName().toString()).toList();
    Matcher named = TEST.matcher(read(ROOT.resolve("SECURITY.md")));
    List<String> names = named.results().map(result -> result.group(1)).toList();
    assertThat(names).hasSizeGreaterThan(20);
    assertThat(names).allSatisfy(name -> assertThat(classes).contains(name + ".java"));
  }

  private static List<String> regions() {
    List<String> regions = new ArrayList<>();
    for (Path file : files(TESTS, ".java")) {
      Matcher region = REGION.matcher(read(file));
      while (region.find()) {
        regions.add(region.group(2).stripTrailing().stripIndent().strip());
      }
    }
    return regions;
  }

  private static List<Path> pages() {
    List<Path> pages = new ArrayList<>(files(ROOT.resolve("docs"), ".md"));
    pages.add(ROOT.resolve("README.md"));
    pages.add(ROOT.resolve("CONTRIBUTING.md"));
    return pages;
  }

  private static List<Path> files(Path folder, String ending) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String read(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
