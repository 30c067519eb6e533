package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Java blocks of the README and the manual compile, and their programs work. */
class JavaBlocksTest {
  private static final Pattern REGION =
      Pattern.compile("(?ms)^ *// tag::(\\w+)\n(.*?)^ *// end::\\1$");
  private static final Pattern SOURCE = Pattern.compile("excerpt of\\s+\\[`\\w+`\\]\\(([^)]+)\\)");

  private static final Path EXAMPLE = Path.of("examples/plain-java");

  @TempDir Path folder;

  @Test
  void everyCompleteBlockCompiles() throws Exception {
    List<JavaBlock> complete =
        JavaBlock.all().stream().filter(block -> !block.isExcerpt()).toList();

    assertThat(complete)
        .extracting(JavaBlock::type)
        .contains("RetryAfterAnHour", "QlmReceiver", "StandardReceiver", "SingleFileStoreTest")
        .contains("LicenseShop");
    for (JavaBlock block : complete) {
      block.compile(Files.createTempDirectory(folder, "block"));
    }
  }

  /** Or the whole file, where readers copy it. */
  @Test
  void everyExcerptIsARegionOfTheTestThatItNames() {
    List<JavaBlock> excerpts = JavaBlock.all().stream().filter(JavaBlock::isExcerpt).toList();

    assertThat(excerpts).hasSizeGreaterThan(1);
    for (JavaBlock excerpt : excerpts) {
      Matcher source = SOURCE.matcher(excerpt.after());
      assertThat(source.find()).as("%s names the file of its excerpt", excerpt.page()).isTrue();
      Path file = excerpt.page().resolveSibling(source.group(1));
      String text = JavaBlock.read(file);
      assertThat(
              Stream.concat(
                  Stream.of(text),
                  REGION.matcher(text).results().map(region -> region.group(2).stripTrailing())))
          .extracting(code -> code.stripIndent().strip())
          .as("regions of %s", file)
          .contains(excerpt.code().strip());
    }
  }

  /** The project is built by itself; here its program runs. */
  @Test
  void programOfTheEmbeddingPageRunsAndMatchesTheExample() throws Exception {
    Path source = EXAMPLE.resolve("src/main/java/com/example/shop/LicenseShop.java");

    assertThat(JavaBlock.of("LicenseShop").code()).isEqualTo(JavaBlock.read(source));
    assertTimeoutPreemptively(
        Duration.ofMinutes(5), () -> run("LicenseShop", folder.resolve("shop").toString()));
  }

  @Test
  void theProgramWithTheFakesEnds() throws Exception {
    run("RetryAfterAnHour");
  }

  private void run(String program, String... arguments) throws Exception {
    Class<?> type = JavaBlock.of(program).compile(Files.createTempDirectory(folder, "program"));
    type.getMethod("main", String[].class).invoke(null, (Object) arguments);
  }
}
