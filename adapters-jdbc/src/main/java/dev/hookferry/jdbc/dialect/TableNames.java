package dev.hookferry.jdbc.dialect;

import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.jdbi.v3.core.Handle;
import org.jdbi.v3.core.config.ConfigRegistry;
import org.jdbi.v3.core.statement.DefinedAttributeTemplateEngine;
import org.jdbi.v3.core.statement.SqlStatements;
import org.jdbi.v3.core.statement.StatementContext;
import org.jdbi.v3.core.statement.TemplateEngine;
import org.jspecify.annotations.Nullable;

/**
 * The names of a store's tables. SQL statements contain the default names, such as {@code
 * hookferry_event}. Before a statement reaches the driver, this class replaces {@code hookferry_}
 * with the schema and prefix of the store. Immutable.
 */
public final class TableNames implements TemplateEngine.Parsing {
  /** The prefix that SQL statements are written with, and the default. */
  public static final String PREFIX = "hookferry_";

  private static final List<String> TABLES =
      List.of(
          "owner",
          "event_id",
          "event",
          "event_field",
          "delivery_queue",
          "delivery",
          "key_queue",
          "key_waiting",
          "attempt",
          "config",
          "config_entry",
          "audit",
          "replay",
          "tally",
          "session",
          "transfer",
          "schema_version",
          "schema_history");

  /**
   * Names of indexes, keys and constraints must not contain the schema, which is that of the table.
   */
  private static final Pattern QUALIFIABLE =
      Pattern.compile("(?<!INDEX |KEY |CONSTRAINT )" + PREFIX);

  private final TemplateEngine.Parsing templates = new DefinedAttributeTemplateEngine();
  private final @Nullable String schema;
  private final String prefix;
  private final String qualified;

  /**
   * Creates the names for a schema and a prefix.
   *
   * @param schema the schema, or null for the default schema of the connection
   * @param prefix the beginning of every name
   */
  public TableNames(Dialect dialect, @Nullable String schema, String prefix) {
    this.schema = schema;
    this.prefix = prefix;
    qualified = schema == null ? prefix : dialect.quote(schema) + "." + prefix;
  }

  /** Returns the names with the default prefix in the default schema of a connection. */
  public static TableNames standard(Dialect dialect) {
    return new TableNames(dialect, null, PREFIX);
  }

  /** Returns the schema, or null for the default schema of the connection. */
  public @Nullable String schema() {
    return schema;
  }

  /** Returns the prefix of every name. */
  public String prefix() {
    return prefix;
  }

  /** Returns an SQL text with our names in place of the default ones. */
  public String in(String sql) {
    return sql.replace(PREFIX, qualified);
  }

  /** Returns a script that creates or changes tables, with our names. */
  public String inScript(String script) {
    return script
        .lines()
        .map(
            line ->
                line.startsWith("--")
                    ? line.replace(PREFIX, prefix)
                    : QUALIFIABLE
                        .matcher(line)
                        .replaceAll(Matcher.quoteReplacement(qualified))
                        // Only the names of indexes, keys and constraints are left.
                        .replaceAll("(INDEX |KEY |CONSTRAINT )" + PREFIX, "$1" + prefix))
        .collect(Collectors.joining("\n", "", "\n"));
  }

  /** Returns a regular expression for the names of the tables and their partitions. */
  String pattern() {
    return "^" + prefix + "(" + String.join("|", TABLES) + ")(_default|_[0-9]{8})?$";
  }

  /** Returns an SQL text for a statement that does not go through Jdbi. */
  static String in(Handle handle, String sql) {
    return handle.getConfig(SqlStatements.class).getTemplateEngine() instanceof TableNames names
        ? names.in(sql)
        : sql;
  }

  @Override
  public Optional<Function<StatementContext, String>> parse(
      String template, ConfigRegistry config) {
    return templates.parse(in(template), config);
  }

  /** Returns schema and prefix. */
  @Override
  public String toString() {
    return qualified;
  }
}
