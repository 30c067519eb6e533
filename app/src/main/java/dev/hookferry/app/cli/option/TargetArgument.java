package dev.hookferry.app.cli.option;

import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** An endpoint's URL, as a positional argument or as an option as in {@code endpoints change}. */
public final class TargetArgument {
  @Parameters(paramLabel = "URL", arity = "0..1", description = "The endpoint's URL.")
  private @Nullable String bare;

  @Option(names = "--url", paramLabel = "URL", description = "The endpoint's URL, as an option.")
  private @Nullable String named;

  public String url() {
    return bare != null ? bare : Objects.requireNonNull(named, "picocli asks for one of them");
  }
}
