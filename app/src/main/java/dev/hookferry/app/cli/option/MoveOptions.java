package dev.hookferry.app.cli.option;

import dev.hookferry.app.config.SecretsConfig;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.secret.MasterKey;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options common to {@code copy} and {@code restore}. */
public final class MoveOptions {
  /** The variable with master keys, which {@code serve} also reads. */
  private static final String KEY_VARIABLE = "HOOKFERRY_MASTER_KEY";

  @Option(
      names = "--verify",
      description =
          "Reads both sides again and compares every record; exits with 1 if any differs.")
  private boolean verify;

  @Option(
      names = "--resume",
      description = {
        "Continues an interrupted copy or restore. With --verify, one that is already complete is",
        "only compared."
      })
  private boolean resume;

  @Option(
      names = "--from-master-key-file",
      paramLabel = "FILE",
      description = {
        "The master keys of the source (default: HOOKFERRY_MASTER_KEY, else master.key in the",
        "directory that is copied; an archive has none)."
      })
  private @Nullable Path fromKeys;

  @Option(
      names = "--to-master-key-file",
      paramLabel = "FILE",
      description = {
        "The master keys that seal the secrets of the target (default: HOOKFERRY_MASTER_KEY,",
        "else master.key in its directory, which is created if it is missing)."
      })
  private @Nullable Path toKeys;

  /** Returns whether to compare both sides afterwards. */
  public boolean verify() {
    return verify;
  }

  /** Returns whether to resume an interrupted copy. */
  public boolean resume() {
    return resume;
  }

  /** Returns the master keys given for the source. */
  public SecretsConfig from() {
    return config(fromKeys);
  }

  /** Returns the master keys given for the target. */
  public SecretsConfig to() {
    return config(toKeys);
  }

  private static SecretsConfig config(@Nullable Path file) {
    String variable = System.getenv(KEY_VARIABLE);
    if (file != null || variable == null || variable.isBlank()) {
      return new SecretsConfig(file, List.of());
    }
    try {
      return new SecretsConfig(
          null, Stream.of(variable.split(",")).map(String::strip).map(MasterKey::parse).toList());
    } catch (InvalidException e) {
      throw InvalidException.of(KEY_VARIABLE, e.problems().get(0).reason());
    }
  }
}
