package dev.hookferry.app.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.client.Path;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(name = "keys", description = "Keys to the API: who may do what.")
final class KeysCommand {
  private static final Listing KEYS =
      new Listing("no keys")
          .column("ID", "id")
          .column("NAME", "name")
          .column("SCOPES", "scopes")
          .column("SITE", node -> node.hasNonNull("site") ? node.path("site").asText() : "all")
          .column("CREATED", "createdAt");

  @Command(name = "list", description = "Lists the keys; the keys themselves are not kept.")
  int list(@Mixin ServerOptions server, @Mixin LimitOption limit) {
    KEYS.show(server, Path.of("keys"), limit.value());
    return ExitCode.DONE;
  }

  @Command(name = "add", description = "Makes a key, which is shown this once.")
  int add(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "NAME", description = "Whom it is for.") String name,
      @Option(
              names = "--scope",
              paramLabel = "SCOPE",
              required = true,
              split = ",",
              description = "publish, read, manage or admin; several with commas or repeated.")
          List<String> scopes,
      @Option(
              names = "--site",
              paramLabel = "SITE",
              description = "The only site that it opens; else all.")
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
      server.line("made " + made.path("id").asText() + ", shown this once:");
      server.line(made.path("key").asText());
    }
    return ExitCode.DONE;
  }

  @Command(name = "remove", description = "Removes a key: from now on it opens nothing.")
  int remove(
      @Mixin ServerOptions server,
      @Parameters(paramLabel = "KEY_ID", description = "The key's id, from the list.") String id) {
    JsonNode answer = server.client().delete(Path.of("keys", id));
    server.result(Removed.of(answer, id), "removed the key " + id);
    return ExitCode.DONE;
  }
}
