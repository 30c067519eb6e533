package dev.hookferry.jdbc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.Problem;
import dev.hookferry.store.StoreException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.Predicate;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Errors when a store is opened, and their messages. */
final class StoreOpeningTest {
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
  void namesTheInvalidOption() {
    JdbcStoreOptions options = JdbcStoreOptions.defaults();

    refuses("poolSize", () -> options.withPoolSize(1));
    refuses("poolSize", () -> options.withPoolSize(201));
    refuses("ownerTimeout", () -> options.withOwnerTimeout(Duration.ZERO));
    refuses("tablePrefix", () -> options.withTablePrefix("hooks"));
    refuses("tablePrefix", () -> options.withTablePrefix("Hooks_"));
    refuses("tablePrefix", () -> options.withTablePrefix("x".repeat(30) + "_"));
    refuses("dialect", () -> options.ddl("oracle"));
    refuses("from", () -> options.ddl("h2", 1000));
    refuses("url", () -> JdbcStore.open(options));
  }

  private static void refuses(String field, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            InvalidException.class,
            e -> assertThat(e.problems()).extracting(Problem::field).containsExactly(field));
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
  void doesNotShowAWrongPassword(Kind kind) {
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

  @Test
  void refusesAnEncodingThatCannotHoldEveryText() {
    try (NetworkDatabase database = new Postgres()) {
      String name = database.query("SELECT current_database()").get(0);
      String other = name + "_latin1";
      database.execute(
          "CREATE DATABASE " + other + " ENCODING 'LATIN1' LOCALE 'C' TEMPLATE template0");
      JdbcStoreOptions options =
          JdbcStoreOptions.of(database.url().replace("/" + name + "?", "/" + other + "?"));

      assertThatThrownBy(() -> JdbcStore.open(options))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("encoding is LATIN1");
      database.execute("DROP DATABASE " + other + " WITH (FORCE)");
    }
  }

  @Test
  void closingAStoreTwiceDoesNotFreeTheNextOnesFile(@TempDir Path folder) {
    JdbcStoreOptions options = JdbcStoreOptions.of(new H2File(folder).url());
    JdbcStore first = JdbcStore.open(options);
    first.close();
    try (JdbcStore second = JdbcStore.open(options)) {
      first.close();

      assertThatThrownBy(() -> JdbcStore.open(options))
          .isInstanceOf(StoreException.class)
          .hasMessageContaining("already open in this process");
      assertThat(second.config().version()).isZero();
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
    return OtherProcess.open(url, SchemaMode.MIGRATE, "", entries);
  }
}
