package dev.hookferry.app.cli;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.option.ServerOptions;
import dev.hookferry.app.client.ApiException;
import dev.hookferry.app.client.Path;
import dev.hookferry.app.text.Version;
import dev.hookferry.refusal.InvalidException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Mixin;

@Command(
    name = "version",
    description = {
      "Prints the version of this program.",
      "With --server or HOOKFERRY_URL it prints the server's version, too, which requires an admin"
          + " key.",
      "Fails without the server's version only if --server is given."
    })
final class VersionCommand implements Callable<Integer>, IVersionProvider {
  private static final String VERSION = "version";

  @Mixin private ServerOptions server = new ServerOptions();

  @Override
  public Integer call() {
    ObjectNode json =
        JsonNodeFactory.instance
            .objectNode()
            .put(VERSION, Version.text())
            .put("java", Runtime.version().toString());
    try {
      if (!server.json()) {
        server.line(line());
      }
      if (server.isAddressed()) {
        addServer(json);
      }
    } finally {
      if (server.json()) {
        server.print(json);
      }
    }
    return ExitCode.DONE;
  }

  /**
   * Queries the server's version. Fails only if the address was given as an option: scripts check
   * the installation with this command, so a variable set for others must not make it fail.
   */
  private void addServer(ObjectNode json) {
    String other;
    try {
      other = server.client().get(Path.of("system")).path(VERSION).asText("unknown");
    } catch (ApiException | InvalidException e) {
      if (server.isAddressedByOption()) {
        throw e;
      }
      server.warn("the server's version is unknown: " + e.getMessage());
      return;
    }
    json.putObject("server").put("url", server.address()).put(VERSION, other);
    if (!server.json()) {
      server.line("server " + other + " at " + server.address());
    }
  }

  @Override
  public String[] getVersion() {
    return new String[] {line()};
  }

  private static String line() {
    return "hookferry " + Version.text() + " on Java " + Runtime.version();
  }
}
