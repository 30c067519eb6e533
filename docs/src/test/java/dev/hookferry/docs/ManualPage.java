package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/** A page of the manual. */
final class ManualPage {
  private ManualPage() {}

  /**
   * Returns the code blocks of a page, in their order; there is at least one.
   *
   * @param page its file name
   * @param language as after the opening fence; several with {@code |} between them
   */
  static List<String> blocks(String page, String language) throws IOException {
    List<String> blocks =
        Pattern.compile("(?ms)^```(?:" + language + ")\n(.*?)^```$")
            .matcher(Files.readString(Path.of(page)))
            .results()
            .map(block -> block.group(1))
            .toList();
    assertThat(blocks).as("blocks of %s in %s", language, page).isNotEmpty();
    return blocks;
  }
}
