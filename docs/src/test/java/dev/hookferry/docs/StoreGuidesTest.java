package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import dev.hookferry.contract.support.Poll;
import dev.hookferry.event.Payload;
import dev.hookferry.signing.SignatureVerifier;
import dev.hookferry.signing.StandardSecret;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of the pages on backups and on moving fill a store with which a server continues.
 * Both stores are file stores here.
 */
final class StoreGuidesTest {
  private static final Pattern FILES =
      Pattern.compile("\\b(hooks-[0-9-]+\\.hfa|master\\.keys?)\\b");
  private static final Pattern SECRET = Pattern.compile("whsec_\\S+");
  private static final Pattern MASTER_KEY = Pattern.compile("mk_[0-9a-f]{12}");
  private static final String SEND = "send license_created {\"Number\":\"%s\"}";

  /** What arrived, and whether the signature was that of the endpoint's secret. */
  private final List<String> received = new CopyOnWriteArrayList<>();

  private HttpServer receiver;
  private ManualServer server;
  private volatile StandardSecret secret;

  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    receiver =
        ManualServer.receiver(
            exchange -> {
              Payload body = Payload.wrap(exchange.getRequestBody().readAllBytes());
              Map<String, String> headers = new HashMap<>();
              exchange.getRequestHeaders().forEach((name, all) -> headers.put(name, all.get(0)));
              SignatureVerifier verifier =
                  new SignatureVerifier(InstantSource.system(), Duration.ofMinutes(5));
              received.add(verifier.standard(body, headers, secret) + " " + body.text());
              exchange.sendResponseHeaders(204, -1);
              exchange.close();
            });
    server = ManualServer.onFiles(folder);
    String hook = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/";
    secret =
        StandardSecret.parse(found(SECRET, server.typed("endpoints add " + hook + " --type *")));
    server.typed(SEND.formatted("1"));
    Poll.until(() -> received.size() == 1);
    Poll.until(() -> server.typed("deliveries list").contains("delivered"));
  }

  @AfterEach
  void close() {
    server.close();
    receiver.stop(0);
  }

  @Test
  void aBackupFillsAStore() throws Exception {
    Files.copy(folder.resolve("store/master.key"), folder.resolve("master.key"));
    List<String> lines = ManualPage.blocks("backup.md", "sh").get(0).lines().toList();
    assertThat(lines.get(0)).isEqualTo("export HOOKFERRY_KEY=hf_…");
    String address = server.address();
    typed(
        lines.get(1).replace("https://hooks.example.com", address) + " --key " + ManualServer.KEY);
    server.close();
    String key = found(MASTER_KEY, typed(lines.get(2)));
    typed(lines.get(3));

    continuesFrom("file:" + folder.resolve("target"), key);
  }

  @Test
  void anArchiveIsReadByOtherPrograms() throws Exception {
    PageShell.needs("zcat", "jq", "sha256sum");
    List<String> blocks = ManualPage.blocks("backup.md", "sh");
    String backup = blocks.get(0).lines().toList().get(1);
    String address = server.address();
    typed(backup.replace("https://hooks.example.com", address) + " --key " + ManualServer.KEY);

    List<String> shown = kinds(Files.readString(Path.of("backup.md")));
    assertThat(kinds(PageShell.run(folder, blocks.get(1)))).isEqualTo(shown).hasSize(3);
    List<String> read = blocks.get(2).lines().toList();
    assertThat("VALID " + PageShell.run(folder, read.get(0))).isEqualTo(received.get(0));
    String end = PageShell.run(folder, read.get(1).replaceFirst("head.*", "tail -1"));
    String digest = new JsonMapper().readTree(end).path("sha256").asText();
    assertThat(digest).hasSize(64);
    assertThat(PageShell.run(folder, read.get(1))).startsWith(digest + " ");
  }

  /** Returns the kind of each record, and for the first, the names of all fields. */
  private static List<String> kinds(String text) {
    return text.lines()
        .filter(line -> line.startsWith("{\"kind\":"))
        .map(line -> line.contains("\"archive\"") ? line.replaceAll("(?<=:)[^,}]+", "") : line)
        .map(line -> line.replaceAll(",\"id\":.*value.*", ""))
        .toList();
  }

  @Test
  void aCopyFillsAStore() throws IOException {
    server.close();
    List<String> lines = ManualPage.blocks("moving.md", "sh").get(0).lines().toList();
    String key = found(MASTER_KEY, typed(lines.get(0)));
    typed(lines.get(1).replace("file:hookferry-data", "file:" + folder.resolve("store")));

    continuesFrom("file:" + folder.resolve("target"), key);
  }

  /** Starts a server on a store, which knows everything and sends what is new, and nothing else. */
  private void continuesFrom(String store, String key) {
    try (ManualServer other = ManualServer.onStore(store, folder, folder.resolve("master.keys"))) {
      assertThat(other.typed("deliveries list").lines()).hasSize(2);
      assertThat(other.typed("deliveries list --status delivered").lines()).hasSize(2);
      assertThat(other.typed("master-keys list").lines().skip(2))
          .singleElement()
          .asString()
          .startsWith(key);
      other.typed(SEND.formatted("2"));
      Poll.until(() -> received.size() == 2);
    }
    assertThat(received).allMatch(request -> request.startsWith("VALID "));
    assertThat(received.get(0)).contains("{\"Number\":\"1\"}");
    assertThat(received.get(1)).contains("{\"Number\":\"2\"}");
    assertThat(folder.resolve("target/master.key")).doesNotExist();
  }

  /** Runs a line that needs no server of its own, with the files of this test. */
  private String typed(String line) {
    String here =
        FILES
            .matcher(line.replaceFirst(" +#.*", ""))
            .replaceAll(file -> Matcher.quoteReplacement(folder.resolve(file.group()).toString()))
            .replace("jdbc:postgresql://db.example/hooks", "file:" + folder.resolve("target"));
    ManualServer.Printed printed = ManualServer.runAlone(ManualServer.words(here));
    assertThat(printed.code()).as("%s: %s", here, printed.err()).isZero();
    return printed.out();
  }

  private static String found(Pattern pattern, String text) {
    Matcher matcher = pattern.matcher(text);
    assertThat(matcher.find()).as(text).isTrue();
    return matcher.group();
  }
}
