package dev.hookferry.app.cli.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.io.OutputOptions;
import dev.hookferry.jdbc.JdbcStoreOptions;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "store",
    description = "Prints the SQL that creates a store's tables.",
    addMethodSubcommands = false)
public final class StoreCommand {
  @Command(
      name = "ddl",
      description =
          "Prints the SQL script that creates a store's tables, to run it with other tools.")
  int ddl(
      @Mixin OutputOptions output,
      @Option(
              names = "--dialect",
              required = true,
              paramLabel = "DIALECT",
              description = "postgresql, mariadb (for MySQL too) or h2.")
          String dialect,
      @Option(
              names = "--schema",
              paramLabel = "NAME",
              description = {
                "Creates the schema if it is missing, and the tables in it (MariaDB: a database).",
                "Stores in a DataSource of an application use the schema hookferry by default,",
                "unless it is MariaDB (default: the schema of the connection)."
              })
          @Nullable String schema,
      @Option(
              names = "--prefix",
              paramLabel = "PREFIX",
              description = "The prefix of the names (default: hookferry_).")
          @Nullable String prefix,
      @Option(
              names = "--from",
              paramLabel = "VERSION",
              description = "The version of existing tables (default: 0, there are none).")
          int from) {
    JdbcStoreOptions options = JdbcStoreOptions.defaults().withSchema(schema == null ? "" : schema);
    if (prefix != null) {
      options = options.withTablePrefix(prefix);
    }
    String script = options.ddl(dialect, from);
    if (output.json()) {
      output.print(
          JsonNodeFactory.instance.objectNode().put("dialect", dialect).put("script", script));
    } else {
      script.lines().forEach(output::line);
    }
    return ExitCode.DONE;
  }
}
