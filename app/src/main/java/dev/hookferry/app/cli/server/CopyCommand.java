package dev.hookferry.app.cli.server;

import dev.hookferry.app.cli.io.OutputOptions;
import dev.hookferry.app.cli.option.HistoryOption;
import dev.hookferry.app.cli.option.MoveOptions;
import dev.hookferry.app.config.StoreConfig;
import dev.hookferry.app.transfer.TransferStores;
import dev.hookferry.jdbc.JdbcStoreOptions;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.secret.SecretCipher;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

@Command(
    name = "copy",
    description = {
      "Copies everything from one store to an empty one. No server may be using either.",
      "Passwords of databases: HOOKFERRY_FROM_PASSWORD, HOOKFERRY_TO_PASSWORD."
    })
public final class CopyCommand implements Callable<Integer> {
  @Mixin private OutputOptions output = new OutputOptions();

  @Option(
      names = "--from",
      required = true,
      paramLabel = "STORE",
      description = "The source: file:DIR, or a JDBC URL, as for serve --store.")
  private String from = "";

  @Option(
      names = "--to",
      required = true,
      paramLabel = "STORE",
      description = "The target, which must be empty.")
  private String to = "";

  @Option(
      names = "--from-user",
      paramLabel = "NAME",
      description = "The source's database user, if not in the URL.")
  private @Nullable String fromUser;

  @Option(
      names = "--to-user",
      paramLabel = "NAME",
      description = "The target's database user, if not in the URL.")
  private @Nullable String toUser;

  @Option(
      names = "--from-schema",
      paramLabel = "NAME",
      defaultValue = "",
      description = "The source's schema, such as hookferry (default: the connection's).")
  private String fromSchema = "";

  @Option(
      names = "--from-table-prefix",
      paramLabel = "PREFIX",
      defaultValue = JdbcStoreOptions.TABLE_PREFIX,
      description = "The prefix of the source's table names (default: ${DEFAULT-VALUE}).")
  private String fromPrefix = JdbcStoreOptions.TABLE_PREFIX;

  @Option(
      names = "--to-schema",
      paramLabel = "NAME",
      defaultValue = "",
      description = "The target's schema, such as hookferry (default: the connection's).")
  private String toSchema = "";

  @Option(
      names = "--to-table-prefix",
      paramLabel = "PREFIX",
      defaultValue = JdbcStoreOptions.TABLE_PREFIX,
      description = "The prefix of the target's table names (default: ${DEFAULT-VALUE}).")
  private String toPrefix = JdbcStoreOptions.TABLE_PREFIX;

  @Mixin private HistoryOption history = new HistoryOption();
  @Mixin private MoveOptions options = new MoveOptions();

  @Override
  public Integer call() {
    StoreConfig source =
        StoreMover.withTables(
            StoreMover.store("--from", from, fromUser, "HOOKFERRY_FROM_PASSWORD"),
            "--from",
            fromSchema,
            fromPrefix);
    StoreConfig target =
        StoreMover.withTables(
            StoreMover.store("--to", to, toUser, "HOOKFERRY_TO_PASSWORD"),
            "--to",
            toSchema,
            toPrefix);
    if (source.isSame(target)) {
      throw InvalidException.of("--to", "must be a different store from --from");
    }
    SecretCipher cipher = StoreMover.cipher(source, options.from(), false);
    return new StoreMover(output, options, null)
        .run(() -> TransferStores.source(source), cipher, target, history.value());
  }
}
