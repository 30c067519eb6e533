package dev.hookferry.jdbc;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.store.StoreException;
import java.io.File;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What opening refuses, and how it says so. */
final class OpeningTest {
  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "postgres://127.0.0.1/db",
        "jdbc:oracle:thin:@127.0.0.1",
        "jdbc:h2:mem:test",
        "jdbc:h2:tcp://127.0.0.1/~/test",
        "jdbc:h2:file:./x;AUTO_SERVER=TRUE",
        "jdbc:h2:file:./x;write_delay=500"
      })
  void refusesUrls(String url) {
    assertThatThrownBy(() -> JdbcStoreOptions.of(url))
        .isInstanceOfSatisfying(
            InvalidException.class,
            e -> assertThat(e.problems()).extracting(Problem::field).containsExactly("url"));
  }

  @Test
  void saysAllThatIsWrongWithOptions() {
    assertThatThrownBy(() -> new JdbcStoreOptions("x", null, null, 1, Duration.ZERO))
        .isInstanceOfSatisfying(
            InvalidException.class,
            e ->
                assertThat(e.problems())
                    .extracting(Problem::field)
                    .containsExactly("url", "poolSize", "ownerTimeout"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "jdbc:postgresql://127.0.0.1:1/shop?user=me&password=s3cr3t",
        "jdbc:mariadb://127.0.0.1:1/shop?user=me&password=s3cr3t"
      })
  void namesADatabaseThatCannotBeReachedButNoPassword(String url) {
    assertThatThrownBy(() -> JdbcStore.open(JdbcStoreOptions.of(url)))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("127.0.0.1:1/shop")
        .satisfies(e -> assertThat(everything(e)).doesNotContain("s3cr3t"));
    assertThat(JdbcStoreOptions.of(url)).asString().doesNotContain("s3cr3t");
  }

  @ParameterizedTest
  @EnumSource
  void namesNoPasswordThatIsWrong(Kind kind) {
    try (NetworkDatabase database = kind.create()) {
      JdbcStoreOptions options =
          JdbcStoreOptions.of(database.url().replace("user=", "no=")).withUser("nobody", "s3cr3t");

      assertThatThrownBy(() -> JdbcStore.open(options))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("nobody")
          .satisfies(e -> assertThat(everything(e)).doesNotContain("s3cr3t"));
    }
  }

  private static String everything(Throwable thrown) {
    StringWriter text = new StringWriter();
    thrown.printStackTrace(new PrintWriter(text));
    return text.toString();
  }

  @Test
  void keepsASecondProcessOutOfAFile(@TempDir Path folder) throws Exception {
    H2File database = new H2File(folder);
    try (TestNode node = new TestNode(database.url())) {
      String said = openedElsewhere(database.url(), entry -> true);

      assertThat(said).contains("refused: cannot open jdbc:h2:file:").contains("in use");
      node.commit(node.oneEvent(node.samples.endpoint()));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "jdbc:h2:file:./none;PASSWORD=s3cr3t, h2, com.h2database:h2",
    "jdbc:mariadb://127.0.0.1:1/shop?password=s3cr3t, mariadb-java-client,"
        + " org.mariadb.jdbc:mariadb-java-client"
  })
  void namesTheArtifactOfAMissingDriver(String url, String missing, String artifact)
      throws Exception {
    String said = openedElsewhere(url, entry -> !entry.contains(missing));

    assertThat(said)
        .contains("refused: cannot open jdbc:", "no driver on the class path", "add " + artifact)
        .doesNotContain("s3cr3t");
  }

  @Test
  void namesTheMissingFlywayModule() throws Exception {
    try (NetworkDatabase database = Kind.MARIADB.create()) {
      String said = openedElsewhere(database.url(), entry -> !entry.contains("flyway-mysql"));

      assertThat(said).contains("no Flyway module", "org.flywaydb:flyway-mysql");
    }
  }

  /** Opens the store in another process, whose class path has only some of our entries. */
  private static String openedElsewhere(String url, Predicate<String> entries) throws Exception {
    String classPath =
        Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entries)
            .collect(joining(File.pathSeparator));
    Process second =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-cp",
                classPath,
                Second.class.getName(),
                url)
            .redirectErrorStream(true)
            .start();
    String said = new String(second.getInputStream().readAllBytes(), UTF_8);
    assertThat(second.waitFor(60, TimeUnit.SECONDS)).isTrue();
    return said;
  }

  /** Another process that tries to open a store. */
  static final class Second {
    private Second() {}

    public static void main(String[] args) {
      try {
        JdbcStore.open(JdbcStoreOptions.of(args[0])).close();
        System.out.println("opened");
      } catch (StoreException e) {
        System.out.println("refused: " + e.getMessage());
      }
    }
  }
}
