package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/**
 * Every page ends with links to the pages before and after it, in the order of the manual's table
 * of contents. {@code -Dhookferry.manual.write=true} writes them.
 */
class ManualNavigationTest {
  private static final Pattern PAGE = Pattern.compile("\\]\\(([a-z0-9-]+\\.md)\\)");

  /** The last line of a guide. */
  static final Pattern LINE = Pattern.compile("\n\\[Manual]\\(README\\.md\\).*\n$");

  @Test
  void everyPageLeadsOn() throws IOException {
    String contents = Files.readString(Path.of("README.md"));
    List<String> guides =
        PAGE.matcher(contents.substring(contents.indexOf("## Start")))
            .results()
            .map(page -> page.group(1))
            .distinct()
            .toList();

    assertThat(guides).hasSizeGreaterThan(50);
    for (int i = 0; i < guides.size(); i++) {
      StringBuilder line = new StringBuilder("[Manual](README.md)");
      if (i > 0) {
        line.append(" · before: ").append(link(guides.get(i - 1)));
      }
      if (i + 1 < guides.size()) {
        line.append(" · next: ").append(link(guides.get(i + 1)));
      }
      Path guide = Path.of(guides.get(i));
      String text = Files.readString(guide);
      if (Boolean.getBoolean("hookferry.manual.write")) {
        String rest = LINE.matcher(text).replaceFirst("").stripTrailing();
        Files.writeString(guide, rest + "\n\n" + line + "\n");
      } else {
        assertThat(text).as("%s", guide).endsWith("\n\n" + line + "\n");
      }
    }
  }

  private static String link(String page) throws IOException {
    String title = Files.readString(Path.of(page)).lines().findFirst().orElseThrow().substring(2);
    return "[" + title + "](" + page + ")";
  }
}
