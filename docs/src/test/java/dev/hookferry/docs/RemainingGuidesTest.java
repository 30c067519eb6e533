package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpServer;
import dev.hookferry.contract.support.Poll;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The commands of guides that have no test of their own do what the pages say, in their order, on a
 * file store. Commands of other programs run in a shell.
 */
final class RemainingGuidesTest {
  private static final Pattern PIPED = Pattern.compile("echo '([^']*)' \\| (hookferry .*)");
  private static final Pattern ENDPOINT = Pattern.compile("\\bep_[0-9a-z]{26}\\b");
  private static final JsonMapper JSON = new JsonMapper();

  /** The last body that arrived at each path. */
  private final Map<String, String> received = new ConcurrentHashMap<>();

  private final Map<String, Integer> statuses = new ConcurrentHashMap<>();
  private HttpServer receiver;
  private ManualServer server;

  @TempDir private Path folder;

  @BeforeEach
  void start() throws IOException {
    receiver =
        ManualServer.receiver(
            exchange -> {
              String body =
                  new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
              String path = exchange.getRequestURI().getPath();
              received.put(path, body);
              exchange.sendResponseHeaders(statuses.getOrDefault(path, 204), -1);
              exchange.close();
            });
    server = ManualServer.onFiles(folder);
  }

  @AfterEach
  void close() {
    server.close();
    receiver.stop(0);
  }

  @Test
  void tenantsAndSiteSettings() throws IOException {
    run("hookferry event-types put order.created"); // As the quick start does.
    runBlocks("tenants.md");

    Poll.until(() -> received.size() == 2);
    assertThat(received.get("/acme")).contains("\"data\":{\"Number\":\"4711\"}");
    assertThat(received.get("/bolt")).contains("\"Data\":{\"Number\":\"4712\"}");
    assertThat(run("hookferry events list --label customer=bolt").lines()).hasSize(2);

    runBlocks("site-settings.md");
    assertThat(run("hookferry settings list")).contains("5s,5m,30m,2h,5h,10h");
    assertThat(run("hookferry settings list --site acme"))
        .containsPattern("attemptTimeout +10s")
        .contains("order.shipped");
    assertThat(run("hookferry sites remove acme --yes")).contains("acme");
  }

  @Test
  void secrets() throws IOException {
    run("hookferry endpoints add https://crm.example/a --type *");
    run("hookferry endpoints add https://crm.example/b --type *");
    String page = Files.readString(Path.of("secrets.md"));
    String keys = folder.resolve("keys").toString();
    String added = "hookferry master-keys add ";
    String printed = ManualServer.runAlone(ManualServer.words(added + keys)).out();
    assertThat(shape(printed.replace(keys, "/etc/hookferry/keys")))
        .isEqualTo(shape(below(page, added + "/etc/hookferry/keys")));
    for (String line : List.of("hookferry master-keys rotate", "hookferry master-keys list")) {
      assertThat(shape(run(line))).isEqualTo(shape(below(page, line)));
    }
  }

  @Test
  void publishing() throws Exception {
    PageShell.needs("curl");
    run("hookferry endpoints add https://crm.example/hook --type license_*");
    List<String> blocks = ManualPage.blocks("publishing.md", "sh");
    List<String> first = blocks.get(0).lines().toList();
    String key = run(first.get(0)).lines().reduce((a, b) -> b).orElseThrow();
    assertThat(first.get(1)).doesNotContain("HOOKFERRY_KEY"); // It may only publish.
    String export = first.get(1).replace("hf_…", key) + "\n";

    assertThat(PageShell.run(folder, export + here(blocks.get(1))))
        .isEqualTo(ManualPage.blocks("publishing.md", "json").get(0).strip());
    Poll.until(() -> received.getOrDefault("/hook", "").contains("HF4T0-7QWK2"));
    List<String> replies = PageShell.run(folder, export + here(blocks.get(2))).lines().toList();
    assertThat(replies).hasSize(3);
    assertThat(replies.get(0)).contains("\"deliveries\":1").isEqualTo(replies.get(1));
    assertThat(replies.get(2)).contains("\"status\":409");
    List<String> last = blocks.get(3).lines().toList();
    assertThat(run(last.get(0))).contains("license-4711-created", "HF4T0-7QWK2", "dlv_");
    assertThat(run(last.get(1))).containsPattern(ENDPOINT);
  }

  @Test
  void brandOfThePortal() throws Exception {
    PageShell.needs("curl", "base64");
    String picture =
        "<svg xmlns='http://www.w3.org/2000/svg' viewBox='0 0 9 9'><path d='M0 0h9v9z'/></svg>";
    Files.writeString(folder.resolve("acme.svg"), picture);
    List<String> blocks = ManualPage.blocks("portal-brand.md", "sh");

    assertThat(PageShell.run(folder, here(blocks.get(0))))
        .contains("\"productName\":\"Acme\"", "\"accent\":\"#6122e7\"");
    List<String> images = blocks.get(1).lines().toList();
    run(images.get(0).replace("acme.svg", folder.resolve("acme.svg").toString()));
    assertThat(run(images.get(1))).contains("logo-light");
    run(images.get(2) + " --yes");
    assertThat(run(images.get(1))).doesNotContain("logo-light");
    assertThat(PageShell.run(folder, here(blocks.get(2)))).contains("\"logo-light\"");
    assertThat(run(images.get(1))).contains("logo-light");
    String words = ManualPage.blocks("portal-brand.md", "json").get(0);
    String change = here(blocks.get(0)).replaceFirst("'\\{.*}'", "'" + words + "'");
    assertThat(PageShell.run(folder, change)).contains("\"de.endpoints\":\"Ziele\"");
  }

  @Test
  void operationalEvents() throws IOException {
    String page = Files.readString(Path.of("operational-events.md"));
    statuses.put("/crm", 410);
    List<String> lines = new ArrayList<>(commands(page));
    lines.removeIf(line -> line.startsWith("hookferry listen"));
    Matcher crm = ENDPOINT.matcher(run(lines.get(0)));
    assertThat(crm.find()).isTrue();
    run(lines.get(1));
    assertThat(shape(run(lines.get(2)))).isEqualTo(shape(below(page, lines.get(2))));
    String list = lines.get(3);
    Poll.until(() -> received.containsKey("/ops") && run(list).contains("disabled: "));
    assertThat(shape(run(list))).isEqualTo(shape(below(page, list)));
    JsonNode shown = JSON.readTree(ManualPage.blocks("operational-events.md", "json").get(0));
    JsonNode event = JSON.readTree(received.get("/ops"));
    assertThat(event.fieldNames()).toIterable().containsExactlyElementsOf(names(shown));
    assertThat(names(event.path("Data"))).isEqualTo(names(shown.path("Data")));
    for (String same : List.of("type", "site", "host", "description", "reason", "failures")) {
      assertThat(event.path("Data").path(same)).isEqualTo(shown.path("Data").path(same));
    }

    statuses.put("/crm", 204);
    for (String line : lines.subList(4, 6)) {
      String actual = ENDPOINT.matcher(line).replaceAll(crm.group());
      assertThat(shape(run(actual))).isEqualTo(shape(below(page, line)));
    }
  }

  @Test
  void security() throws Exception {
    PageShell.needs("curl");
    String page = Files.readString(Path.of("security.md"));
    List<String> lines = commands(page);
    for (String start : List.of("hookferry sites add", "hookferry keys add", "curl ", "curl ")) {
      String line = lines.stream().filter(each -> each.startsWith(start)).findFirst().orElseThrow();
      lines.remove(line);
      String printed = start.equals("curl ") ? called(line) : run(line);
      assertThat(shape(printed)).containsAll(shape(below(page, line)));
    }
  }

  /** Returns the response to a line with curl, for a wrong key the first one with status 429. */
  private String called(String line) throws IOException, InterruptedException {
    String last = line.contains("Bearer guess") ? "*\" 429 \"*" : "*";
    String script = "for i in $(seq 200); do got=$(%s); case $got in %s) break ;; esac; done\n";
    return PageShell.run(folder, script.formatted(here(line), last) + "echo \"$got\"");
  }

  private static List<String> names(JsonNode object) {
    List<String> names = new ArrayList<>();
    object.fieldNames().forEachRemaining(names::add);
    return names;
  }

  /** Returns the commands behind the prompts of a page. */
  private static List<String> commands(String page) {
    return new ArrayList<>(
        page.lines().filter(line -> line.startsWith("$ ")).map(line -> line.substring(2)).toList());
  }

  /** Returns what a page prints below a command. */
  private static String below(String page, String line) {
    String rest = page.substring(page.indexOf("$ " + line + "\n") + line.length() + 3);
    return rest.substring(0, Math.min(end(rest, "\n$ "), end(rest, "\n```"))) + "\n";
  }

  private static int end(String text, String mark) {
    int found = text.indexOf(mark);
    return found < 0 ? text.length() : found;
  }

  /** Returns the lines of an output without what differs from one run to the next. */
  private static List<String> shape(String text) {
    return text.lines()
        .filter(line -> !line.isBlank() && !line.equals("…"))
        .map(line -> line.strip().replaceAll(" +", " "))
        .map(line -> line.replaceAll("\\b(ep|evt|key|mk|hf)_\\S+", "ID"))
        .map(line -> line.replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME"))
        .map(line -> line.replaceAll("http://127\\.0\\.0\\.1:\\d+", "URL"))
        .map(line -> line.replaceAll("Retry-After: \\d+", "Retry-After: N"))
        .toList();
  }

  private void runBlocks(String page) throws IOException {
    for (String block : ManualPage.blocks(page, "sh")) {
      block.lines().filter(line -> !line.isBlank()).forEach(this::run);
    }
  }

  /** Returns a text with the addresses of this test. */
  private String here(String text) {
    return text.replaceAll(
            "https://crm\\.example|http://127\\.0\\.0\\.1:990[12]",
            "http://127.0.0.1:" + receiver.getAddress().getPort())
        .replace("http://127.0.0.1:8087", server.address());
  }

  /** Runs a line. JSON from a pipe may as well be an argument. */
  private String run(String line) {
    Matcher piped = PIPED.matcher(line);
    if (!piped.matches()) {
      return server.typed(here(line));
    }
    List<String> words = ManualServer.words(here(piped.group(2)));
    words.add(piped.group(1));
    ManualServer.Printed printed = server.run(words);
    assertThat(printed.code()).as("%s: %s", line, printed.err()).isZero();
    return printed.out();
  }
}
