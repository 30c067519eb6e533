package dev.hookferry.app.cli.server;

import dev.hookferry.app.cli.io.CommandFailure;
import dev.hookferry.app.cli.io.OutputOptions;
import dev.hookferry.app.cli.option.MoveOptions;
import dev.hookferry.app.config.StoreConfig;
import dev.hookferry.jdbc.JdbcStoreOptions;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.archive.ArchiveSource;
import dev.hookferry.store.transfer.TransferHistory;
import dev.hookferry.store.transfer.TransferSource;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "restore",
    description = {
      "Restores an archive made by backup into an empty store. No server may be using the store.",
      "Password of a database: HOOKFERRY_STORE_PASSWORD."
    })
public final class RestoreCommand implements Callable<Integer> {
  @Mixin private OutputOptions output = new OutputOptions();

  @Parameters(paramLabel = "FILE", description = "The archive.")
  private Path file = Path.of("");

  @Option(
      names = "--store",
      required = true,
      paramLabel = "STORE",
      description = "The store, which must be empty: file:DIR, or a JDBC URL, as for serve.")
  private String store = "";

  @Option(
      names = "--store-user",
      paramLabel = "NAME",
      defaultValue = "${env:HOOKFERRY_STORE_USER}",
      description = "The database user, if not in the URL (default: HOOKFERRY_STORE_USER).")
  private @Nullable String user;

  @Option(
      names = "--store-schema",
      paramLabel = "NAME",
      defaultValue = "",
      description = "The store's schema, such as hookferry (default: the connection's).")
  private String storeSchema = "";

  @Option(
      names = "--store-table-prefix",
      paramLabel = "PREFIX",
      defaultValue = JdbcStoreOptions.TABLE_PREFIX,
      description = "The prefix of the store's table names (default: ${DEFAULT-VALUE}).")
  private String storePrefix = JdbcStoreOptions.TABLE_PREFIX;

  @Mixin private MoveOptions options = new MoveOptions();

  @Override
  public Integer call() {
    StoreConfig target =
        StoreMover.withTables(
            StoreMover.store("--store", store, user, "HOOKFERRY_STORE_PASSWORD"),
            "--store",
            storeSchema,
            storePrefix);
    SecretCipher cipher = StoreMover.cipher(null, options.from(), false);
    return new StoreMover(output, options, file)
        .run(this::archive, cipher, target, TransferHistory.ALL);
  }

  /** Checks the whole file before anything is written, so that a damaged one changes nothing. */
  private TransferSource archive() {
    try {
      ArchiveSource archive = ArchiveSource.open(file);
      archive.check();
      return archive;
    } catch (StoreException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    }
  }
}
