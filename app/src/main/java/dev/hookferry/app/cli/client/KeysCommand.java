package dev.hookferry.app.cli.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.cli.io.CommandFailure;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.cli.io.OutputOptions;
import dev.hookferry.app.cli.listing.RemovedOutput;
import dev.hookferry.app.cli.listing.TableListing;
import dev.hookferry.app.cli.option.LimitOption;
import dev.hookferry.app.cli.option.ServerOptions;
import dev.hookferry.app.client.Path;
import dev.hookferry.app.secrets.MasterKeyFile;
import dev.hookferry.app.text.Table;
import dev.hookferry.secret.MasterKeyException;
import java.security.SecureRandom;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "keys", description = "API keys and master keys.")
public final class KeysCommand {
  private static final TableListing KEYS =
      new TableListing("no keys")
          .column("ID", "id")
          .column("NAME", "name")
          .column("SCOPES", "scopes")
          .column("SITE", node -> node.hasNonNull("site") ? node.path("site").asText() : "all")
          .column("CREATED", "createdAt");

  @Command(name = "list", description = "Lists API keys; the key texts themselves are not stored.")
  int list(@Mixin ServerOptions server, @Mixin LimitOption limit) {
    KEYS.show(server, Path.of("keys"), limit.value());
    return ExitCode.DONE;
  }

  @Command(name = "add", description = "Creates an API key and shows it, only this once.")
  int add(
      @Mixin ServerOptions server,
      @Parameters(
              paramLabel = "NAME",
              description = "A name for the key, such as the team that uses it.")
          String name,
      @Option(
              names = "--scope",
              paramLabel = "SCOPE",
              required = true,
              split = ",",
              description = "publish, read, manage or admin; comma-separated or repeated.")
          List<String> scopes,
      @Option(
              names = "--site",
              paramLabel = "SITE",
              description = "The only site the key may access (default: all).")
          @Nullable String site) {
    ObjectNode body = JsonNodeFactory.instance.objectNode().put("name", name);
    scopes.forEach(body.putArray("scopes")::add);
    if (site != null) {
      body.put("site", site);
    }
    JsonNode made = server.client().post(Path.of("keys"), body);
    if (server.json()) {
      server.print(made);
    } else {
      server.line("created " + made.path("id").asText() + ", shown only once:");
      server.line(made.path("key").asText());
    }
    return ExitCode.DONE;
  }

  @Command(name = "remove", description = "Revokes an API key, effective immediately.")
  int remove(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "KEY_ID", description = "The key's id, from keys list.") String id) {
    JsonNode answer = server.client().delete(Path.of("keys", id));
    server.result(RemovedOutput.of(answer, id), "revoked the key " + id);
    return ExitCode.DONE;
  }

  @Command(name = "master", description = "Shows which master keys seal the stored secrets.")
  int master(@Mixin ServerOptions server) {
    JsonNode status = server.client().get(Path.of("master-keys"));
    if (server.json()) {
      server.print(status);
      return ExitCode.DONE;
    }
    server.line("secrets: " + status.path("state").asText());
    Table table = Table.of("KEY", "SECRETS", "HERE");
    for (JsonNode key : status.path("keys")) {
      boolean newest = key.path("id").equals(status.path("newest"));
      table.row(
          key.path("id").asText() + (newest ? " (seals)" : ""),
          key.path("secrets").asText(),
          key.path("here").asBoolean() ? "yes" : "missing");
    }
    server.table(table);
    if (status.path("unsealed").asInt() > 0) {
      server.line(status.path("unsealed").asInt() + " secrets are stored unsealed");
    }
    return ExitCode.DONE;
  }

  @Command(
      name = "rotate-master",
      description = {
        "Reseals every secret with the newest master key, while the server runs.",
        "Uses a key added to the key file; generates one if the server made that file itself."
      })
  int rotateMaster(@Mixin ServerOptions server) {
    JsonNode done = server.client().post(Path.of("master-keys", "rotate"), (JsonNode) null);
    server.result(
        done,
        "all secrets are sealed with "
            + done.path("newest").asText()
            + "; changed: "
            + done.path("rewrapped").asInt());
    return ExitCode.DONE;
  }

  @Command(
      name = "add-master",
      description = {
        "Adds a new master key to a file on this machine; creates the file if needed.",
        "The key is used after rotate-master or a restart of the server."
      })
  int addMaster(
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
