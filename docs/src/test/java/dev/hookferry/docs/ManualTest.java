package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The manual keeps its form: links, lengths, titles, and the tests that the threat model names. */
class ManualTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|Contract))`");
  private static final Pattern RUN = Pattern.compile("-Dtest=(\\w+)");
  private static final Pattern LINK = Pattern.compile("\\]\\(([^)#:]*)(#[^)]*)?\\)");
  private static final Pattern HEADING = Pattern.compile("(?m)^#{1,6} (.*)$");

  @Test
  void everyLinkBetweenPagesLeadsSomewhere() {
    for (Path page : JavaBlock.pages()) {
      Matcher link = LINK.matcher(JavaBlock.read(page));
      while (link.find()) {
        Path target = link.group(1).isEmpty() ? page : page.resolveSibling(link.group(1));
        assertThat(target).as("a link in %s", page).exists();
        if (link.group(2) != null && target.toString().endsWith(".md")) {
          assertThat(anchors(target)).as("headings for a link in %s", page).contains(link.group(2));
        }
      }
    }
  }

  /** Returns the links to the headings of a page, as GitHub makes them. */
  private static List<String> anchors(Path page) {
    String text = JavaBlock.read(page).replaceAll("(?ms)^```.*?^```$", "");
    return HEADING
        .matcher(text)
        .results()
        .map(heading -> heading.group(1).replaceAll("\\[([^]]*)]\\([^)]*\\)", "$1"))
        .map(title -> title.strip().toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}_ -]", ""))
        .map(title -> "#" + title.replace(' ', '-'))
        .toList();
  }

  /**
   * Tables and examples of every call make a reference long; a guide is read from its beginning.
   */
  @Test
  void everyGuideIsReadInTenMinutes() {
    List<Path> guides =
        files(Path.of("."), ".md").stream()
            .filter(page -> page.getNameCount() == 2)
            .filter(page -> !ManualPage.isReference(page))
            .toList();
    assertThat(guides).hasSizeGreaterThan(40);
    for (Path guide : guides) {
      assertThat(words(guide)).as("words of %s", guide).isLessThanOrEqualTo(1_500);
    }
    assertThat(words(ROOT.resolve("README.md"))).as("words of the README").isLessThan(900);
  }

  /** Links to the pages before and after do not count. */
  private static int words(Path page) {
    return ManualNavigationTest.LINE
        .matcher(JavaBlock.read(page))
        .replaceFirst("")
        .split("\\s+")
        .length;
  }

  @Test
  void everyPageIsListed() {
    for (Path folder : List.of(Path.of("."), Path.of("lab"))) {
      String list = JavaBlock.read(folder.resolve("README.md"));
      assertThat(files(folder, ".md"))
          .filteredOn(page -> folder.equals(page.getParent()))
          .filteredOn(page -> !page.endsWith("README.md"))
          .hasSizeGreaterThan(10)
          .allSatisfy(page -> assertThat(list).contains("(" + page.getFileName() + ")"));
    }
  }

  @Test
  void everyDecisionIsListedUnderItsTitle() {
    Path folder = Path.of("decisions");
    String list = JavaBlock.read(folder.resolve("README.md"));
    List<Path> records =
        files(folder, ".md").stream()
            .filter(page -> page.getFileName().toString().matches("\\d{4}-.*"))
            .toList();
    assertThat(records).hasSizeGreaterThan(100);
    for (Path record : records) {
      String name = record.getFileName().toString();
      String title = JavaBlock.read(record).lines().findFirst().orElseThrow();
      assertThat(title).startsWith("# " + name.substring(0, 4) + ": ");
      assertThat(list)
          .contains("| [%s](%s) | %s |".formatted(name.substring(0, 4), name, title.substring(8)));
    }
  }

  @Test
  void everyTestNamedInTheThreatModelExists() {
    List<String> classes =
        files(ROOT, ".java").stream().map(file -> file.getFileName().toString()).toList();
    Matcher named = TEST.matcher(JavaBlock.read(ROOT.resolve("SECURITY.md")));
    List<String> names = named.results().map(result -> result.group(1)).toList();
    assertThat(names).hasSizeGreaterThan(20);
    assertThat(names).allSatisfy(name -> assertThat(classes).contains(name + ".java"));
  }

  @Test
  void everyTestRunByAPageExists() {
    List<String> classes =
        files(ROOT, ".java").stream().map(file -> file.getFileName().toString()).toList();
    List<String> named =
        JavaBlock.pages().stream()
            .flatMap(page -> RUN.matcher(JavaBlock.read(page)).results())
            .map(test -> test.group(1) + ".java")
            .toList();
    assertThat(named).hasSizeGreaterThan(5);
    assertThat(classes).containsAll(named);
  }

  private static List<Path> files(Path folder, String ending) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
