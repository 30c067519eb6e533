package dev.hookferry.app.cli.server;

import dev.hookferry.app.config.reading.ConfigKey;
import dev.hookferry.app.config.reading.ConfigKeys;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.ParseResult;

/** The flags of commands that take a server's configuration. */
public final class ConfigFlags {
  private ConfigFlags() {}

  /** Adds a flag for each configuration key that is not secret. */
  public static void addTo(CommandSpec command) {
    for (ConfigKey<?> key : ConfigKeys.ALL) {
      if (!key.isSecret()) {
        command.addOption(option(key));
      }
    }
    command.usageMessage().abbreviateSynopsis(true);
  }

  private static OptionSpec option(ConfigKey<?> key) {
    OptionSpec.Builder option =
        OptionSpec.builder(flag(key)).paramLabel(key.label()).description(help(key));
    if (key.label().equals("WORD")) {
      // Completion scripts name a word list after this label without the bars, so it is unique.
      List<String> words = List.of(key.shape().split(", | or ", -1));
      option.paramLabel(String.join("|", words)).completionCandidates(words);
    }
    if (key.isSwitch()) {
      option.arity("0..1").fallbackValue("true");
    } else {
      option.arity("1");
    }
    if (key.isList()) {
      option
          .type(List.class)
          .auxiliaryTypes(String.class)
          .splitRegex(key.separator())
          .splitRegexSynopsisLabel(",");
    } else {
      option.type(String.class);
    }
    return option.build();
  }

  private static String help(ConfigKey<?> key) {
    return key.help() + (key.fallback().isEmpty() ? "" : " Default: " + key.fallback());
  }

  private static String flag(ConfigKey<?> key) {
    return Objects.requireNonNull(key.flag(), key.name());
  }

  /** Returns the values of the flags that were given, by flag. */
  static Map<String, List<String>> given(ParseResult parsed) {
    Map<String, List<String>> given = new HashMap<>();
    for (ConfigKey<?> key : ConfigKeys.ALL) {
      if (!key.isSecret() && parsed.hasMatchedOption(flag(key))) {
        given.put(flag(key), parsed.matchedOption(flag(key)).stringValues());
      }
    }
    return given;
  }
}
