package dev.hookferry.app.cli.client;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.cli.io.CommandFailure;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.option.HistoryOption;
import dev.hookferry.app.cli.option.ServerOptions;
import dev.hookferry.app.client.Path;
import dev.hookferry.app.logging.Causes;
import dev.hookferry.app.transfer.ArchiveProgress;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.archive.ArchiveSource;
import dev.hookferry.store.transfer.TransferHistory;
import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "backup",
    description = {
      "Saves everything in the store of a running server to a file; restore reads it.",
      "The file is complete once the command has succeeded."
    })
public final class BackupCommand implements Callable<Integer> {
  @Mixin private ServerOptions server = new ServerOptions();

  @ArgGroup(multiplicity = "1")
  private NewFile target = new NewFile();

  @Mixin private HistoryOption history = new HistoryOption();

  /** The file, as an argument or as an option. */
  static final class NewFile {
    @Parameters(
        paramLabel = "FILE",
        arity = "0..1",
        description = "The file, which must not exist.")
    private java.nio.file.@Nullable Path bare;

    @Option(names = "--to", paramLabel = "FILE", description = "The file, as an option.")
    private java.nio.file.@Nullable Path named;

    java.nio.file.Path path() {
      return bare != null ? bare : Objects.requireNonNull(named, "picocli asks for one of them");
    }
  }

  @Override
  public Integer call() {
    java.nio.file.Path file = target.path();
    if (file.toString().equals("-")) {
      throw InvalidException.of(
          "FILE", "must be the name of a file; a backup is checked before it gets that name");
    }
    if (Files.exists(file)) {
      throw new CommandFailure(file + " already exists; choose another name");
    }
    TransferHistory past = history.value();
    Path path = Path.of("backup").with("history", past.text());
    java.nio.file.Path part = reserved(file);
    try {
      download(path, part, past.equals(TransferHistory.ALL));
      ArchiveSource archive = check(part);
      java.nio.file.Path unused = Files.move(part, file);
      long bytes = Files.size(file);
      ObjectNode json = JsonNodeFactory.instance.objectNode();
      json.put("file", file.toString()).put("bytes", bytes);
      json.put("id", archive.header().id().toString());
      String line = String.format(Locale.ROOT, "saved %s: %,d bytes", file, bytes);
      server.result(json, line);
      return ExitCode.DONE;
    } catch (FileAlreadyExistsException e) {
      throw new CommandFailure(file + " was created in the meantime; choose another name");
    } catch (IOException e) {
      throw unwritable(file, e);
    } finally {
      delete(part);
    }
  }

  private void download(Path path, java.nio.file.Path part, boolean isWhole) throws IOException {
    try (ArchiveProgress progress = new ArchiveProgress(server.progress(), isWhole)) {
      server.client().download(path, part, progress::add);
    }
  }

  /**
   * Returns a temporary name unique to this run, so that runs for the same file do not overwrite
   * each other. Checks that it is writable before the backup is requested, since the server records
   * each request as a backup.
   */
  private static java.nio.file.Path reserved(java.nio.file.Path file) {
    try {
      java.nio.file.Path folder = file.resolveSibling("");
      java.nio.file.Path part = Files.createTempFile(folder, file.getFileName() + ".", ".part");
      Files.delete(part);
      return part;
    } catch (IOException e) {
      throw unwritable(file, e);
    }
  }

  private static CommandFailure unwritable(java.nio.file.Path file, IOException e) {
    return new CommandFailure(file + " cannot be written: " + Causes.inWords(e));
  }

  /** Opens the archive and verifies that it is complete. */
  private static ArchiveSource check(java.nio.file.Path part) {
    try {
      ArchiveSource archive = ArchiveSource.open(part);
      archive.check();
      return archive;
    } catch (StoreException e) {
      throw new CommandFailure("the server did not send everything: " + e.getMessage());
    }
  }

  private static void delete(java.nio.file.Path part) {
    try {
      boolean unused = Files.deleteIfExists(part);
    } catch (IOException e) {
      throw new CommandFailure(part + " cannot be deleted: " + Causes.inWords(e));
    }
  }
}
