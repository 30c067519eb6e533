package dev.hookferry.app.cli.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookferry.app.cli.CommandResult;
import dev.hookferry.jdbc.JdbcStore;
import dev.hookferry.jdbc.JdbcStoreOptions;
import dev.hookferry.jdbc.SchemaMode;
import dev.hookferry.store.StoreException;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code hookferry store ddl} prints scripts that make a store usable. */
final class StoreCommandTest {
  @TempDir private Path folder;

  @Test
  void aStoreRunsOnTablesMadeByThePrintedScript() throws SQLException {
    String url = "jdbc:h2:file:" + folder.resolve("ddl");
    JdbcStoreOptions options =
        JdbcStoreOptions.of(url)
            .withSchema("webhooks")
            .withTablePrefix("shop_")
            .withSchemaMode(SchemaMode.VALIDATE);
    CommandResult typed =
        CommandResult.run("store", "ddl", "--dialect=h2", "--schema=webhooks", "--prefix=shop_");
    assertThat(typed.code()).isZero();
    assertThat(typed.err()).isEmpty();

    assertThatThrownBy(() -> JdbcStore.open(options))
        .isInstanceOf(StoreException.class)
        .hasMessageContaining("`hookferry store ddl --dialect h2 --schema webhooks")
        .hasMessageContaining("--prefix shop_`");

    try (Connection connection = DriverManager.getConnection(url);
        Statement statement = connection.createStatement()) {
      statement.execute(typed.out());
    }

    JdbcStore.open(options).close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"postgresql", "mariadb", "h2"})
  void printsTheScriptOfTheLibraryForEachDialect(String dialect) throws IOException {
    String script = JdbcStoreOptions.defaults().withSchema("").ddl(dialect);
    assertThat(script).contains("CREATE TABLE hookferry_event (");
    assertThat(CommandResult.run("store", "ddl", "--dialect", dialect).out()).isEqualTo(script);
    JsonNode json =
        new ObjectMapper()
            .readTree(CommandResult.run("store", "ddl", "--dialect", dialect, "--json").out());
    assertThat(json.path("dialect").asText()).isEqualTo(dialect);
    assertThat(json.path("script").asText()).isEqualTo(script);
  }

  @Test
  void refusesAnUnknownDialectAndAVersionThatDoesNotExist() {
    CommandResult dialect = CommandResult.run("store", "ddl", "--dialect=oracle");
    assertThat(dialect.code()).isEqualTo(2);
    assertThat(dialect.err())
        .contains("dialect: must be postgresql, mariadb (for MySQL too) or h2");
    CommandResult version = CommandResult.run("store", "ddl", "--dialect=h2", "--from=999");
    assertThat(version.code()).isEqualTo(2);
    assertThat(version.err()).contains("from: must be from 0 to ", "the newest version of the");
    assertThat(CommandResult.run("store", "ddl").code()).isEqualTo(2);
  }

  @Test
  void printsNothingForTablesOfTheNewestVersion() {
    String newest =
        CommandResult.run("store", "ddl", "--dialect=h2", "--from=999")
            .err()
            .replaceFirst("(?s).*from 0 to (\\d+),.*", "$1");
    assertThat(CommandResult.run("store", "ddl", "--dialect=h2", "--from=" + newest).out())
        .isEmpty();
  }
}
