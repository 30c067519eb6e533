package dev.hookferry.app.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hookferry.app.Version;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(name = "version", description = "Prints the version.")
final class VersionCommand implements Callable<Integer> {
  @Mixin private OutputOptions output = new OutputOptions();

  @Override
  public Integer call() {
    String java = Runtime.version().toString();
    output.result(
        JsonNodeFactory.instance.objectNode().put("version", Version.text()).put("java", java),
        "hookferry " + Version.text() + " on Java " + java);
    return ExitCode.DONE;
  }
}
