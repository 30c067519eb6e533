package dev.hookferry.app.cli;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.ISetter;
import picocli.CommandLine.Model.OptionSpec;
import picocli.CommandLine.Model.PositionalParamSpec;
import picocli.CommandLine.ParameterException;

/** Collects all errors in a command line, since picocli stops at the first invalid value. */
final class InvalidArguments {
  private static final ISetter NOWHERE =
      new ISetter() {
        @Override
        public <T> T set(T value) {
          return value;
        }
      };

  private InvalidArguments() {}

  /**
   * Returns all errors. Parses the arguments again, with strings in place of values that cannot be
   * converted, so the command line must not be executed afterwards.
   *
   * @param first the error at which parsing stopped
   */
  static List<ParameterException> all(ParameterException first, String[] args) {
    List<ParameterException> all = new ArrayList<>(List.of(first));
    CommandLine root = first.getCommandLine();
    while (root.getParent() != null) {
      root = root.getParent();
    }
    Set<String> taken = new HashSet<>();
    ParameterException next = first;
    while (isAboutValue(next) && taken.add(next.getArgSpec().toString())) {
      takeAnyText(next.getCommandLine().getCommandSpec(), next.getArgSpec());
      try {
        var unused = root.parseArgs(args);
        return all;
      } catch (ParameterException e) {
        next = e;
        all.add(next);
      }
    }
    return all;
  }

  /** Returns whether a value is invalid, as opposed to an argument that is missing or unknown. */
  private static boolean isAboutValue(ParameterException e) {
    return e.getClass() == ParameterException.class
        && e.getArgSpec() != null
        && e.getArgSpec().group() == null;
  }

  private static void takeAnyText(CommandSpec command, ArgSpec argument) {
    command.remove(argument);
    if (argument instanceof OptionSpec option) {
      command.addOption(
          OptionSpec.builder(option.names())
              .arity(option.arity())
              .paramLabel(option.paramLabel())
              .type(String[].class)
              .setter(NOWHERE)
              .build());
    } else if (argument instanceof PositionalParamSpec positional) {
      command.addPositional(
          PositionalParamSpec.builder()
              .index(positional.index())
              .arity(positional.arity())
              .paramLabel(positional.paramLabel())
              .type(String[].class)
              .setter(NOWHERE)
              .build());
    }
  }
}
