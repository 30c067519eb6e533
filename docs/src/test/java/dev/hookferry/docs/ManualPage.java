package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** A page of the manual. */
final class ManualPage {
  /** The list of all calls, which leads to the references and explains nothing itself. */
  static final String CALLS = "http-api-calls.md";

  private ManualPage() {}

  /** Returns the page on the command line and, after it, the pages of all commands. */
  static String commandLine() {
    return withReferences("command-line");
  }

  /** Returns the page on the HTTP API and, after it, the pages of all calls. */
  static String httpApi() {
    return withReferences("http-api");
  }

  /** Returns whether a page is a reference, which is looked things up in, and not a guide. */
  static boolean isReference(Path page) {
    String name = page.getFileName().toString();
    return name.matches("configuration\\.md|(command-line|http-api)-.*") && !name.equals(CALLS);
  }

  /** Returns the file names of a guide and of the reference pages that go with it. */
  static List<String> namesWithReferences(String guide) {
    try (Stream<Path> pages = Files.list(Path.of("."))) {
      List<String> references =
          pages
              .map(page -> page.getFileName().toString())
              .filter(name -> name.matches(guide + "-.*\\.md") && !name.equals(CALLS))
              .sorted()
              .toList();
      assertThat(references).as("reference pages of %s", guide).hasSizeGreaterThan(3);
      return Stream.concat(Stream.of(guide + ".md"), references.stream()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static String withReferences(String guide) {
    return namesWithReferences(guide).stream()
        .map(name -> JavaBlock.read(Path.of(name)))
        .collect(Collectors.joining("\n"));
  }

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
