package dev.hookferry.app.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import dev.hookferry.app.cli.io.CommandFailure;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.io.OutputOptions;
import dev.hookferry.app.cli.option.ServerOptions;
import dev.hookferry.app.client.Path;
import dev.hookferry.app.secrets.MasterKeyFile;
import dev.hookferry.app.text.Table;
import dev.hookferry.secret.MasterKeyException;
import java.security.SecureRandom;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Parameters;

@Command(
    name = "master-keys",
    description = "Manages the keys that seal the stored secrets.",
    addMethodSubcommands = false)
public final class MasterKeysCommand {
  @Command(name = "list", description = "Shows which master keys seal the stored secrets.")
  int list(@Mixin ServerOptions server) {
    JsonNode status = server.client().get(Path.of("master-keys"));
    if (server.json()) {
      server.print(status);
      return ExitCode.DONE;
    }
    String state = status.path("state").asText();
    server.line("secrets: " + (state.equals("unsealed") ? "unencrypted" : state));
    Table table = Table.of("KEY", "SEALS NEW SECRETS", "SECRETS", "ON THIS NODE");
    for (JsonNode key : status.path("keys")) {
      boolean newest = key.path("id").equals(status.path("newest"));
      table.row(
          key.path("id").asText(),
          newest ? "yes" : "no",
          key.path("secrets").asText(),
          key.path("here").asBoolean() ? "yes" : "missing");
    }
    server.table(table);
    int unsealed = status.path("unsealed").asInt();
    if (unsealed > 0) {
      server.line(
          unsealed == 1
              ? "1 secret is stored unencrypted"
              : unsealed + " secrets are stored unencrypted");
    }
    return ExitCode.DONE;
  }

  @Command(
      name = "rotate",
      description = {
        "Reseals every secret with the newest master key, while the server runs.",
        "Uses a key added to the key file; generates one if the server made that file itself."
      })
  int rotate(@Mixin ServerOptions server) {
    JsonNode done = server.client().post(Path.of("master-keys", "rotate"), (JsonNode) null);
    int count = done.path("rewrapped").asInt();
    String owners = count == 1 ? " site or endpoint" : " sites and endpoints";
    server.result(
        done,
        "all secrets are sealed with "
            + done.path("newest").asText()
            + "; resealed those of "
            + count
            + owners);
    return ExitCode.DONE;
  }

  @Command(
      name = "add",
      description = {
        "Adds a new master key to a file on this machine; creates the file if needed.",
        "The key is used after master-keys rotate or a restart of the server."
      })
  int add(
      @Mixin OutputOptions output,
      @Parameters(paramLabel = "FILE", description = "The file set as secrets.masterKeyFile.")
          java.nio.file.Path file) {
    try {
      String id = new MasterKeyFile(file).add(new SecureRandom()).id();
      JsonNode added =
          JsonNodeFactory.instance.objectNode().put("id", id).put("file", file.toString());
      output.result(added, "added the master key " + id + " to " + file);
      return ExitCode.DONE;
    } catch (MasterKeyException e) {
      throw new CommandFailure(String.valueOf(e.getMessage()));
    }
  }
}
