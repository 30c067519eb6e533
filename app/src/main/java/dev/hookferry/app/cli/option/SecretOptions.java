package dev.hookferry.app.cli.option;

import dev.hookferry.app.cli.io.OutputOptions;
import dev.hookferry.app.cli.io.SecretInput;
import dev.hookferry.refusal.InvalidException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options that read secrets from places that other users of the machine cannot see. */
public final class SecretOptions {
  @Option(
      names = "--secret-file",
      paramLabel = "FILE",
      description = "A file with the secret; - prompts for it, or reads a line of standard input.")
  private List<Path> files = List.of();

  @Option(
      names = "--secret-env",
      paramLabel = "NAME",
      description = "The environment variable that holds the secret.")
  private List<String> variables = List.of();

  /** Returns all given secrets; may prompt for them. */
  public List<String> all(OutputOptions output) {
    List<String> secrets = new ArrayList<>();
    files.forEach(
        file -> secrets.add(SecretInput.ofFile("--secret-file", file, output.terminal())));
    variables.forEach(name -> secrets.add(SecretInput.ofVariable("--secret-env", name)));
    return secrets;
  }

  /** Returns whether a secret is given. */
  public boolean isGiven() {
    return !files.isEmpty() || !variables.isEmpty();
  }

  /** Returns the single secret given, or null. */
  public @Nullable String one(OutputOptions output) {
    if (files.size() + variables.size() > 1) {
      throw InvalidException.of(
          "--secret-file", "must be given only once, and not with --secret-env");
    }
    List<String> secrets = all(output);
    return secrets.isEmpty() ? null : secrets.get(0);
  }
}
