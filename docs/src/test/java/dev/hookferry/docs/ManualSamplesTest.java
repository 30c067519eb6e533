package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpServer;
import dev.hookferry.contract.support.Poll;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The output that the page on the command line shows is what the commands print. Ids, times,
 * secrets, addresses and numbers may differ; of tables, the headings and the names are compared.
 */
class ManualSamplesTest {
  private static final Pattern ID = Pattern.compile("\\b(ep|evt|dlv|key|rpl)_[0-9a-z]{26}\\b");

  private HttpServer receiver;
  private ManualServer server;
  private String hook;

  @TempDir Path folder;

  @BeforeEach
  void start() throws IOException {
    receiver =
        ManualServer.receiver(
            exchange -> {
              exchange.getRequestBody().readAllBytes();
              byte[] body = "responded with 200\n".getBytes(StandardCharsets.UTF_8);
              exchange.sendResponseHeaders(200, body.length);
              exchange.getResponseBody().write(body);
              exchange.close();
            });
    hook = "http://127.0.0.1:" + receiver.getAddress().getPort() + "/crm";
    server = ManualServer.onFiles(folder);
  }

  @AfterEach
  void close() {
    server.close();
    receiver.stop(0);
  }

  @Test
  void theSamplesAreWhatTheCommandsPrint() throws IOException {
    String secret = Files.writeString(folder.resolve("secret"), "s3cr3t").toString();
    String data = Files.writeString(folder.resolve("license.json"), "{\"Rate\": 1.10}").toString();
    same("settings change", "settings change --secret-file " + secret + " webHookMaxRetries=3");
    same("settings list", "settings list");
    same("endpoints try", "endpoints try " + hook);
    String add = "endpoints add " + hook + " --type license_* --signature qlm --description CRM";
    String endpoint = id(same("endpoints add", add));
    same("endpoints list", "endpoints list");
    same("endpoints show", "endpoints show " + endpoint);
    same("endpoints change", "endpoints change " + endpoint + " --retry 8:10:exponential");
    same("endpoints policy", "endpoints policy " + endpoint);
    same("endpoints pause", "endpoints pause " + endpoint);
    same("endpoints resume", "endpoints resume " + endpoint);
    same("endpoints rotate-secret", "endpoints rotate-secret " + endpoint);
    String sent = printed("send license_created " + data + " --label region=eu --wait");
    String event = id(sent);
    String delivery = id(sent.substring(sent.indexOf("dlv_")));
    same("log", "log --limit 2");
    same("deliveries list", "deliveries list");
    same("deliveries show", "deliveries show " + delivery);
    same("events list", "events list --label region=eu");
    same("events show", "events show " + event);
    same("events routing", "events routing " + event);
    trials(endpoint);
    same("events resend", "events resend " + event + " " + endpoint);
    same("deliveries retry", "deliveries retry " + delivery + " --wait");
    same(
        "replays list",
        "replays start --since 1h --status delivered --rate 1 --yes",
        "replays list");
    same("replays start", "replays start --since 1h --dry-run");
    problems(endpoint);
    eventTypes();
    sites();
    program();
  }

  /** Commands about sites and keys. */
  private void sites() {
    same("sites add", "sites add acme --name Acme --uid customer-4711");
    same("sites list", "sites list");
    same("signing-keys rotate", "signing-keys rotate");
    same("signing-keys list", "signing-keys list");
    String key = id(same("keys add", "keys add ci --scope publish --site acme"));
    same("keys list", "keys list");
    same("keys revoke", "keys revoke " + key + " --yes");
    same("master-keys rotate", "master-keys rotate");
    same("master-keys list", "master-keys list");
  }

  /** Commands about the program itself. */
  private void program() {
    same("audit", "audit");
    same("system", "system");
    same("version", "version");
    same("help", "help replays pause");
  }

  private void problems(String endpoint) {
    receiver.createContext("/down", exchange -> exchange.sendResponseHeaders(401, -1));
    String down = id(printed("endpoints add " + hook.replace("crm", "down") + " --type *"));
    String sent = printed("send license_created " + folder.resolve("license.json"));
    assertThat(sent).contains("2 deliveries");
    Poll.until(() -> printed("problems list").contains("open"));
    same("problems list", "problems list");
    same("problems acknowledge", "problems acknowledge " + down + " 401");
    same("problems mute", "problems mute " + endpoint + " --for 7d");
    same("problems unmute", "problems unmute " + endpoint);
  }

  private void eventTypes() throws IOException {
    Path example = Files.writeString(folder.resolve("example"), "{\"Number\":\"4711\"}");
    String schema = "{\"type\":\"object\",\"required\":[\"Number\"]}";
    Path schemaFile = Files.writeString(folder.resolve("schema"), schema);
    same("event-types list", "event-types list --limit 2");
    same(
        "event-types put",
        "event-types put order.paid --description Paid --example @"
            + example
            + " --schema @"
            + schemaFile
            + " --policy block");
    same("event-types show", "event-types show order.paid");
    same("event-types add", "event-types add order.shipped --description Shipped");
    same("event-types add-version", "event-types add-version order.paid 2 --schema @" + schemaFile);
    same("event-types remove", "event-types remove order.paid --yes");
  }

  /** Commands that try something out and change nothing. */
  private void trials(String endpoint) {
    same("doctor", "doctor");
    same(
        "endpoints filter-test",
        "endpoints filter-test " + endpoint + " --last 1000 --filter {\"Rate\":{\"$gt\":1.1}}");
    same(
        "endpoints body-preview",
        "endpoints body-preview "
            + endpoint
            + " --data {\"Rate\":1.10} --body {\"rate\":{\"$pointer\":\"/data/Rate\"}}");
  }

  /** Runs commands, and compares what the last prints. */
  private String same(String section, String... commands) {
    String printed = "";
    for (String command : commands) {
      printed = printed(command);
    }
    String last = commands[commands.length - 1];
    String sample = sample(section);
    if (sample.contains("…")) {
      assertThat(shape(printed)).as(last).startsWith(shape(sample).toArray(String[]::new));
    } else {
      assertThat(shape(printed)).as(last).isEqualTo(shape(sample));
    }
    return printed;
  }

  private String printed(String command) {
    List<String> words = List.of(command.split(" "));
    ManualServer.Printed printed =
        command.startsWith("help ") ? ManualServer.runAlone(words) : server.run(words);
    assertThat(printed.code()).as("%s: %s", command, printed.err()).isZero();
    return printed.out();
  }

  private static String id(String text) {
    Matcher id = ID.matcher(text);
    assertThat(id.find()).as(text).isTrue();
    return id.group();
  }

  /** Returns the lines below the command in the first block of its section that shows it. */
  private static String sample(String section) {
    String page = ManualPage.commandLine();
    Matcher found =
        Pattern.compile("(?ms)^\\$ hookferry " + section + "( [^\n]*)?\n(.*?)(?=^\\$ |^```)")
            .matcher(page.substring(page.indexOf("# `" + section + "`\n")));
    assertThat(found.find()).as("a sample of %s", section).isTrue();
    return found.group(2);
  }

  private static List<String> shape(String text) {
    List<String> lines =
        text.lines()
            .filter(line -> !line.isBlank() && !line.startsWith("…"))
            .filter(line -> !line.contains("[y/N]") && !line.startsWith("Secret ("))
            .map(ManualSamplesTest::normal)
            .toList();
    if (lines.isEmpty() || !lines.get(0).matches("[A-Z ]+")) {
      return lines;
    }
    boolean hasNames = lines.get(0).matches("(FIELD|NAME) .*");
    return hasNames
        ? lines.stream().map(line -> line.replaceFirst(" .*", "")).distinct().toList()
        : lines.subList(0, 1);
  }

  private static String normal(String line) {
    return line.strip()
        .replaceAll(" +", " ")
        .replaceAll("\\d{4}-\\d\\d-\\d\\dT[0-9:.]+Z", "TIME")
        .replaceAll("^[\\w-]+/\\d+/[0-9a-f]+\\b", "NODE")
        .replaceAll("\\b(ep|evt|dlv|key|rpl|mk|hf|whsec)_\\S+", "ID")
        .replaceAll("\\b[0-9a-f]{16}\\b", "KID")
        .replaceAll("http://127\\.0\\.0\\.1:\\d+|https://hooks\\.internal", "URL")
        .replaceAll("is (pending|delivered)\\b", "is STATE")
        .replaceAll("(?<=Java ).*", "N")
        .replaceAll("\\d+(\\.\\d+)?", "N");
  }
}
