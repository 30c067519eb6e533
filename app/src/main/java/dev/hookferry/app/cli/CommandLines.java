package dev.hookferry.app.cli;

import dev.hookferry.app.cli.io.CommandFailure;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.io.TcpPort;
import dev.hookferry.app.cli.server.ServeCommand;
import dev.hookferry.app.client.ApiException;
import dev.hookferry.app.config.value.Durations;
import dev.hookferry.app.logging.Causes;
import dev.hookferry.app.text.LineText;
import dev.hookferry.refusal.InvalidException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Objects;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/** The whole command line, ready to be run. */
public final class CommandLines {
  private CommandLines() {}

  /** A new command line that speaks to the process's standard output and error, in UTF-8. */
  public static CommandLine create() {
    CommandLine line = new CommandLine(new RootCommand());
    CommandLine serve = Objects.requireNonNull(line.getSubcommands().get("serve"), "serve");
    ServeCommand.addFlags(serve.getCommandSpec());
    line.registerConverter(Duration.class, CommandLines::duration);
    line.registerConverter(TcpPort.class, CommandLines::port);
    line.setOut(new PrintWriter(System.out, true, StandardCharsets.UTF_8));
    line.setErr(new PrintWriter(System.err, true, StandardCharsets.UTF_8));
    line.setParameterExceptionHandler(CommandLines::wrongUsage);
    line.setExecutionExceptionHandler(CommandLines::failed);
    line.setUsageHelpAutoWidth(false).setUsageHelpWidth(100);
    return line;
  }

  private static Duration duration(String text) {
    try {
      return Durations.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("must be like 500ms, 15s, 2m or 1d, not " + text);
    }
  }

  private static TcpPort port(String text) {
    try {
      return TcpPort.parse(text);
    } catch (IllegalArgumentException e) {
      throw new TypeConversionException("must be from 0 to 65535, not " + text);
    }
  }

  private static int wrongUsage(ParameterException e, String[] args) {
    CommandLine command = e.getCommandLine();
    PrintWriter err = command.getErr();
    err.println("hookferry: " + printable(WrongUsage.text(e)));
    if (WrongUsage.isWithoutCommand(e)) {
      command.usage(err);
    } else {
      err.println("see: " + command.getCommandSpec().qualifiedName() + " --help");
    }
    return ExitCode.USAGE;
  }

  /** What a command could not do; only what nobody foresaw comes with a stack. */
  private static int failed(Exception e, CommandLine command, ParseResult parsed) {
    PrintWriter err = command.getErr();
    if (e instanceof ApiException || e instanceof CommandFailure) {
      err.println("hookferry: " + printable(String.valueOf(e.getMessage())));
    } else if (e instanceof InvalidException) {
      err.println("hookferry: " + printable(String.valueOf(e.getMessage())));
      return ExitCode.USAGE;
    } else if (e instanceof java.io.IOException) {
      err.println("hookferry: " + printable(Causes.of(e)));
    } else {
      err.println("hookferry: this should not happen; please report it:");
      e.printStackTrace(err);
    }
    return ExitCode.FAILED;
  }

  private static String printable(String text) {
    return text.lines().map(LineText::printable).collect(Collectors.joining("\n"));
  }
}
