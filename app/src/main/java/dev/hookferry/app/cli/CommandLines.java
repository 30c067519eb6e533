package dev.hookferry.app.cli;

import dev.hookferry.app.cli.client.EndpointsCommand;
import dev.hookferry.app.cli.io.ArgumentValues;
import dev.hookferry.app.cli.io.CommandFailure;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.io.OutputOptions;
import dev.hookferry.app.cli.io.StandardOutput;
import dev.hookferry.app.cli.io.TcpPort;
import dev.hookferry.app.cli.io.Terminal;
import dev.hookferry.app.cli.migration.ImportCommand;
import dev.hookferry.app.cli.option.ServerOptions;
import dev.hookferry.app.cli.option.SiteOptions;
import dev.hookferry.app.cli.server.ConfigFlags;
import dev.hookferry.app.cli.server.DoctorCommand;
import dev.hookferry.app.cli.server.ServeCommand;
import dev.hookferry.app.client.ApiException;
import dev.hookferry.app.config.value.Durations;
import dev.hookferry.app.logging.Causes;
import dev.hookferry.app.text.LineText;
import dev.hookferry.app.text.ProblemLines;
import dev.hookferry.refusal.InvalidException;
import java.io.IOException;
import java.io.PrintWriter;
import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Method;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Builds the command line and maps failures to messages and exit codes. */
public final class CommandLines {

  private CommandLines() {}

  /** Returns a new command line that writes UTF-8 to the process's standard output and error. */
  public static CommandLine create() {
    return create(Terminal.ofProcess(), RootCommand.COMMANDS, "");
  }

  /**
   * Returns a command line for these arguments. It has only the command that they name, or none for
   * the version option, since reading the annotations of all commands takes longer than running
   * most.
   */
  public static CommandLine create(String[] args) {
    return create(Terminal.ofProcess(), args);
  }

  static CommandLine create(Terminal terminal, String[] args) {
    List<String> words = CommandAliases.resolved(List.of(args));
    if (words.size() == 1 && RootCommand.VERSION.contains(words.get(0))) {
      return create(terminal, List.of(), "");
    }
    String first = words.isEmpty() ? "" : words.get(0);
    String second = words.size() < 2 ? "" : words.get(1);
    List<Class<?>> named =
        RootCommand.COMMANDS.stream()
            .filter(command -> annotation(command).name().equals(first))
            .toList();
    boolean needsAll = named.isEmpty() || annotation(named.get(0)).helpCommand();
    return create(terminal, needsAll ? RootCommand.COMMANDS : named, second);
  }

  /**
   * Returns a command with its verbs, which are annotated methods: only the given verb if the
   * command has it, else all.
   */
  private static CommandLine noun(Class<?> command, String verb) {
    CommandLine noun = new CommandLine(command);
    List<Method> verbs = CommandLine.getCommandMethods(command, null);
    List<Method> named =
        verbs.stream().filter(method -> annotation(method).name().equals(verb)).toList();
    for (Method method : named.isEmpty() ? verbs : named) {
      noun.addSubcommand(new CommandLine(method));
    }
    VerbOrder.list(noun);
    NewResourceHelp.apply(noun);
    return noun;
  }

  /** Returns the name of a command. */
  static String name(Class<?> command) {
    return annotation(command).name();
  }

  /** Returns the verbs of a top-level command; empty if it has none or does not exist. */
  static Set<String> verbs(String noun) {
    Set<String> verbs = new LinkedHashSet<>();
    for (Class<?> command : RootCommand.COMMANDS) {
      if (name(command).equals(noun)) {
        CommandLine.getCommandMethods(command, null)
            .forEach(method -> verbs.add(annotation(method).name()));
        Stream.of(annotation(command).subcommands()).forEach(verb -> verbs.add(name(verb)));
      }
    }
    return verbs;
  }

  private static Command annotation(AnnotatedElement command) {
    return Objects.requireNonNull(command.getAnnotation(Command.class), "Command");
  }

  private static CommandLine create(Terminal terminal, List<Class<?>> commands, String verb) {
    CommandLine line = new CommandLine(new RootCommand(terminal));
    commands.forEach(command -> line.addSubcommand(noun(command, verb)));
    CommandExamples.addTo(line);
    line.getSubcommands().values().stream()
        .map(CommandLine::getCommandSpec)
        .filter(spec -> isConfigured(spec.userObject()))
        .forEach(ConfigFlags::addTo);
    addOldServerName(line);
    line.getCommandSpec().preprocessor(new CommandAliases());
    CommandGroup.showIn(line);
    line.registerConverter(Duration.class, CommandLines::duration);
    line.registerConverter(TcpPort.class, CommandLines::port);
    line.registerConverter(Path.class, CommandLines::path);
    writeTo(line, StandardOutput.ofProcess());
    line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    line.setParameterExceptionHandler(CommandLines::wrongUsage);
    line.setExecutionExceptionHandler(CommandLines::failed);
    line.setExpandAtFiles(false);
    line.setHelpFactory(new WordWrappedHelp.Factory(terminal));
    line.setUsageHelpAutoWidth(false);
    return line;
  }

  private static boolean isConfigured(Object command) {
    return command instanceof ServeCommand || command instanceof DoctorCommand;
  }

  /**
   * Keeps {@code --url}, the older name of {@code --server}, except below {@code endpoints}, {@code
   * import} and {@code doctor}: there it could be the URL of an endpoint or of another system, and
   * the API key must not be sent to them.
   */
  private static void addOldServerName(CommandLine line) {
    CommandSpec spec = line.getCommandSpec();
    Object command = spec.userObject();
    if (command instanceof EndpointsCommand
        || command instanceof ImportCommand
        || command instanceof DoctorCommand) {
      return;
    }
    List.copyOf(spec.mixins().values()).stream()
        .map(CommandSpec::userObject)
        .filter(ServerOptions.class::isInstance)
        .map(options -> ((ServerOptions) options).otherName())
        .forEach(spec::addOption);
    line.getSubcommands().values().forEach(CommandLines::addOldServerName);
  }

  /** Runs the command after checks common to all, with shortened ids expanded. */
  private static int execute(ParseResult parsed) {
    ParseResult last = parsed;
    while (last.hasSubcommand()) {
      last = last.subcommand();
    }
    List<Object> mixins =
        last.commandSpec().mixins().values().stream().map(CommandSpec::userObject).toList();
    requireKnown(last);
    each(mixins, OutputOptions.class, OutputOptions::requireFormat);
    try {
      List<String> given = parsed.originalArgs();
      List<String> whole = whole(given, mixins, last.commandSpec().commandLine());
      return whole.equals(given)
          ? new CommandLine.RunLast().execute(parsed)
          : parsed.commandSpec().commandLine().execute(whole.toArray(String[]::new));
    } finally {
      each(mixins, ServerOptions.class, ServerOptions::close);
    }
  }

  /** Rejects an unknown verb, which the noun's help would otherwise hide. */
  private static void requireKnown(ParseResult last) {
    if (!last.unmatched().isEmpty() && !last.commandSpec().subcommands().isEmpty()) {
      throw new UnmatchedArgumentException(last.commandSpec().commandLine(), last.unmatched());
    }
  }

  /** Returns the arguments with full ids; wraps failures, so that they refer to the command. */
  private static List<String> whole(List<String> args, List<Object> mixins, CommandLine command) {
    try {
      return ShortenedIds.whole(args, mixins);
    } catch (RuntimeException e) {
      throw new CommandLine.ExecutionException(command, "an id cannot be looked up", e);
    }
  }

  /** Directs results to this output; a command whose output cannot be written fails. */
  static void writeTo(CommandLine line, StandardOutput output) {
    line.setOut(new PrintWriter(output, true, StandardCharsets.UTF_8));
    line.setExecutionStrategy(parsed -> written(execute(parsed), output, line));
  }

  private static int written(int code, StandardOutput output, CommandLine line) {
    line.getOut().flush();
    Optional<IOException> lost = output.failure();
    lost.ifPresent(
        e ->
            line.getErr()
                .println("hookferry: cannot write the output: " + printable(Causes.inWords(e))));
    return lost.isPresent() && code == ExitCode.DONE ? ExitCode.FAILED : code;
  }

  private static <T> void each(List<Object> mixins, Class<T> type, Consumer<T> action) {
    mixins.stream().filter(type::isInstance).map(type::cast).forEach(action);
  }

  private static Duration duration(String text) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException(ArgumentValues.durationRule(text));
    }
  }

  private static Path path(String text) {
    try {
      return Path.of(text);
    } catch (InvalidPathException e) {
      throw new TypeConversionException("must be a file name (got " + text + ")");
    }
  }

  private static TcpPort port(String text) {
    try {
      return TcpPort.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("must be from 0 to 65535 (got " + text + ")");
    }
  }

  private static int wrongUsage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    if (UsageErrors.isWithoutCommand(e)) {
      boolean isRoot = command.getParent() == null;
      command.usage(isRoot ? command.getOut() : err);
      return isRoot ? ExitCode.DONE : ExitCode.USAGE;
    }
    List<ParameterException> all = InvalidArguments.all(e, args);
    List<String> texts =
        all.stream()
            .flatMap(one -> UsageErrors.texts(one, List.of(args)).stream())
            .distinct()
            .toList();
    err.println("hookferry: " + printable(ProblemLines.of(texts)));
    err.println("see: " + command.getCommandSpec().qualifiedName() + " --help");
    return ExitCode.USAGE;
  }

  /** Prints why a command failed; only an unexpected exception comes with a stack trace. */
  private static int failed(Exception e, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (e instanceof ApiException api) {
      String text =
          api.text(
              problem -> FieldOptions.text(problem, command),
              (kind, name) -> NameSuggestions.of(kind, name, command).orElse(""),
              SiteOptions.flag(command));
      err.println("hookferry: " + printable(text));
      return ApiExitCode.of(api);
    } else if (e instanceof CommandFailure failure) {
      err.println("hookferry: " + printable(String.valueOf(e.getMessage())));
      return failure.exitCode();
    } else if (e instanceof InvalidException invalid) {
      err.println("hookferry: " + printable(FieldOptions.text(invalid, command)));
      return ExitCode.USAGE;
    } else if (e instanceof IOException) {
      err.println("hookferry: " + printable(Causes.inWords(e)));
    } else {
      err.println("hookferry: internal error; please report it:");
      e.printStackTrace(err);
    }
    return ExitCode.FAILED;
  }

  private static String printable(String text) {
    return text.lines().map(LineText::printable).collect(Collectors.joining("\n"));
  }
}
