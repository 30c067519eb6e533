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

/**
 * Links of the manual lead to pages and headings that exist, and the threat model names tests that
 * exist.
 */
class ManualTest {
  private static final Path ROOT = Path.of("..");
  private static final Pattern TEST = Pattern.compile("`(\\w+(?:Test|Contract))`");
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

  @Test
  void everyTestThatTheThreatModelNamesIsThere() {
    List<String> classes =
        files(ROOT, ".java").stream().map(file -> file.getFileName().toString()).toList();
    Matcher named = TEST.matcher(JavaBlock.read(ROOT.resolve("SECURITY.md")));
    List<String> names = named.results().map(result -> result.group(1)).toList();
    assertThat(names).hasSizeGreaterThan(20);
    assertThat(names).allSatisfy(name -> assertThat(classes).contains(name + ".java"));
  }

  private static List<Path> files(Path folder, String ending) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(file -> file.toString().endsWith(ending)).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
