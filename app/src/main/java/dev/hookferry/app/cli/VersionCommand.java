package dev.hookferry.app.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.io.OutputOptions;
import dev.hookferry.app.text.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;

@Command(name = "version", description = "Prints the version.")
final class VersionCommand implements Callable<Integer>, IVersionProvider {
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    String java = Runtime.version().toString();
    output.result(
        JsonNodeFactory.instance.objectNode().put("version", Version.text()).put("java", java),
        line());
    return ExitCode.DONE;
  }

  @Override
  public String[] getVersion() {
    return new String[] {line()};
  }

  private static String line() {
    return "hookferry " + Version.text() + " on Java " + Runtime.version();
  }
}
