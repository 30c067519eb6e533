package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.cli.CommandResult;
import dev.hookferry.app.client.Path;
import dev.hookferry.app.receiver.Received;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;

/** A server of ours, another sender, and the command that imports from one into the other. */
final class ImportScene implements AutoCloseable {
  private final ServerFixture fixture;
  private final ReplayedSender sender = new ReplayedSender();
  private final String kind;

  ImportScene(String store, String kind) {
    fixture = new ServerFixture(store);
    this.kind = kind;
  }

  ReplayedSender sender() {
    return sender;
  }

  URI server() {
    return fixture.server().address();
  }

  Inbox inbox() {
    return fixture.inbox();
  }

  /** Runs the import with these options in addition. */
  CommandResult typed(String... options) {
    CommandResult typed = run(ReplayedSender.TOKEN, options);
    assertThat(typed.out() + typed.err()).doesNotContain(ReplayedSender.TOKEN);
    return typed;
  }

  /** Runs the import with another token. */
  CommandResult withToken(String token) {
    return run(token, "--page-size", "2");
  }

  private CommandResult run(String token, String... options) {
    List<String> words = new ArrayList<>(List.of("import", kind, "--from", sender.url()));
    words.addAll(List.of("--token", token));
    words.addAll(List.of("--key", ServerFixture.KEY));
    words.addAll(List.of(options));
    if (!words.contains("--server")) {
      words.addAll(List.of("--server", server().toString()));
    }
    return CommandResult.run(words.toArray(String[]::new));
  }

  /** Runs the import, which must end with this code, and returns its report. */
  JsonNode report(int code, String... options) {
    List<String> words = new ArrayList<>(List.of(options));
    words.add("--json");
    CommandResult typed = typed(words.toArray(String[]::new));
    assertThat(typed.code()).as("%s %s", typed.err(), typed.out()).isEqualTo(code);
    return Tenant.json(typed.out().replace('\'', ' '));
  }

  /** Rows of the report: kind, name and result. */
  static List<String> results(JsonNode report) {
    List<String> results = new ArrayList<>();
    for (JsonNode item : report.path("items")) {
      results.add(
          String.join(
              " ",
              item.path("kind").asText(),
              item.path("name").asText(),
              item.path("result").asText()));
    }
    return results;
  }

  /** The texts of the notes about a subject. */
  static List<String> notes(JsonNode report, String subject) {
    List<String> notes = new ArrayList<>();
    for (JsonNode note : report.path("notes")) {
      if (note.path("subject").asText().equals(subject)) {
        notes.add(note.path("kind").asText() + ": " + note.path("text").asText());
      }
    }
    return notes;
  }

  List<JsonNode> sites() {
    List<JsonNode> sites = new ArrayList<>();
    fixture
        .client(ServerFixture.KEY)
        .get(Path.of("sites").with("limit", 500))
        .path("data")
        .forEach(sites::add);
    return sites;
  }

  Tenant site(String id) {
    return new Tenant(fixture.client(ServerFixture.KEY), id);
  }

  JsonNode patch(String site, String body, String... path) {
    return fixture.client(ServerFixture.KEY).patch(Path.ofSite(site, path), Tenant.json(body));
  }

  JsonNode put(String site, String body, String... path) {
    return fixture.client(ServerFixture.KEY).put(Path.ofSite(site, path), Tenant.json(body));
  }

  JsonNode endpoint(String site, String uid) {
    return site(site).get("endpoints", uid);
  }

  /** Responses of the server to calls of Svix' SDKs. */
  JsonNode svix(String... path) {
    return fixture.client(ServerFixture.KEY).get(Path.of(path));
  }

  /** How many changes of the configuration there were. */
  int changes() {
    int count = 0;
    Path next = Path.of("audit").with("limit", 500);
    String cursor;
    do {
      JsonNode page = fixture.client(ServerFixture.KEY).get(next);
      count += page.path("data").size();
      cursor = page.path("next").asText("");
      next = Path.of("audit").with("limit", 500).with("cursor", cursor);
    } while (!cursor.isEmpty());
    return count;
  }

  /** Checks a received request as the receivers of this sender do. */
  static CommandResult verified(
      java.nio.file.Path folder, Received request, String profile, String secret)
      throws IOException {
    java.nio.file.Path body = folder.resolve("body");
    Files.write(body, request.body().toBytes());
    List<String> lines = new ArrayList<>();
    request.headers().forEach((name, value) -> lines.add(name + ": " + value));
    java.nio.file.Path headers = Files.write(folder.resolve("headers"), lines);
    return CommandResult.run(
        "verify",
        body.toString(),
        "--headers",
        headers.toString(),
        "--profile",
        profile,
        "--secret",
        secret);
  }

  @Override
  public void close() {
    fixture.close();
    sender.close();
  }
}
