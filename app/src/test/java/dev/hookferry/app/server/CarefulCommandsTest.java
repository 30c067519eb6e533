package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookferry.app.cli.Typed;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Commands that ask first, warn, or take secrets, with a server that answers. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class CarefulCommandsTest {
  private final ServerFixture fixture = new ServerFixture("memory");
  private Tenant tenant;
  private String hook;

  @TempDir private Path folder;

  @BeforeEach
  void site() {
    tenant = fixture.tenant();
    hook = tenant.path("hook").text();
  }

  @AfterAll
  void close() {
    fixture.close();
  }

  @Test
  void whatWasDeliveredIsSentAgainOnlyIfThatIsAskedForAndConfirmed() throws IOException {
    tenant.endpoint(fixture.inbox().url(hook), "*");
    tenant.publish("{\"type\":\"license_created\",\"data\":{}}");
    tenant.awaitDeliveries("delivered", 1);
    String[] all = {"replay", "--since", "1h", "--yes"};
    assertThat(run(all).out()).contains("nothing to replay");
    String[] delivered = {"replay", "--since", "1h", "--status", "delivered"};
    Typed counted = run(with(delivered, "--dry-run"));
    assertThat(counted.out()).endsWith("1 delivery would be replayed" + System.lineSeparator());
    assertThat(counted.err()).contains("warning: these were already delivered");
    Typed refused = Typed.replying(List.of("n"), onSite(delivered));
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("hookferry: nothing was sent");
    JsonNode json = json(run("replay", "--since", "1h", "--dry-run", "--json"));
    assertThat(json.path("count").asInt()).isZero();
    assertThat(json.path("byStatus").path("delivered").asInt()).isEqualTo(1);
    assertThat(fixture.inbox().at(hook)).hasSize(1);
    assertThat(Typed.replying(List.of("y"), onSite(delivered)).out())
        .containsPattern("started rpl_\\w+: 1 delivery at up to 10 per second; watch it with ");
    assertThat(run("replays", "list").out()).contains("rpl_");
    fixture.inbox().await(hook, 2);
  }

  @Test
  void linksToThePortalAreMadeAndTheirSessionsEnded() throws Exception {
    tenant.changeSettings("{'portal': {'enabled': true}}");
    String[] link = {"portal", "link", "c-17", "--label", "customer=c-17", "--can", "retry,manage"};
    Typed linked = run(link);
    assertThat(linked.err()).isEmpty();
    assertThat(run("portal", "link", "c-17").err()).contains("opens the whole site; --label");
    String url = linked.out().strip();
    assertThat(url).matches("http://127\\.0\\.0\\.1:\\d+/portal/\\S{40,}");
    assertThat(run("portal", "sessions").out().strip()).isEqualTo("no sessions");
    assertThat(opened(url)).isEqualTo(303);
    assertThat(opened(url)).isEqualTo(410);
    JsonNode session = json(run("portal", "sessions", "--subject", "c-17", "--json")).at("/data/0");
    assertThat(session.path("subject").asText()).isEqualTo("c-17");
    String id = session.path("id").asText();
    String[] end = {"portal", "end", id};
    assertThat(Typed.replying(List.of("n"), onSite(end)).code()).isEqualTo(1);
    assertThat(run(with(end, "--yes")).out()).contains("ended the session " + id);
    assertThat(run("portal", "end", "--subject", "c-17", "--yes").out())
        .contains("ended all sessions of c-17");
    assertThat(run("portal", "sessions").out().strip()).isEqualTo("no sessions");
    assertThat(Typed.run(onSite("portal", "end")).code()).isEqualTo(2);
    assertThat(Typed.run(onSite("portal", "link", "c-17", "--can", "all")).err())
        .contains("--can: must be");
  }

  @Test
  void imagesOfThePortalAreUploadedListedAndRemoved() throws IOException {
    Path file = folder.resolve("acme.svg");
    Files.writeString(file, "<svg viewBox='0 0 9 9'><path d='M0 0'/><script>x</script></svg>");
    assertThat(run("portal", "images").out().strip()).isEqualTo("no images");
    assertThat(run("portal", "set-image", "icon", file.toString()).out().strip())
        .isEqualTo("set icon; left out for safety: script");
    assertThat(run("portal", "images").out()).contains("icon", "image/svg+xml");
    assertThat(json(run("portal", "images", "--json")).at("/data/0/width").asInt()).isEqualTo(9);
    Files.writeString(file, "<!DOCTYPE svg><svg/>");
    Typed refused = Typed.run(onSite("portal", "set-image", "icon", file.toString()));
    assertThat(refused.code()).isNotZero();
    assertThat(refused.err()).contains("must have no DOCTYPE");
    assertThat(Typed.run(onSite("portal", "set-image", "icon", "no.svg")).err())
        .contains("no such file");
    String[] remove = {"portal", "remove-image", "icon"};
    assertThat(Typed.replying(List.of("n"), onSite(remove)).code()).isEqualTo(1);
    assertThat(run(with(remove, "--yes")).out().strip()).isEqualTo("removed icon");
    assertThat(run("portal", "images").out().strip()).isEqualTo("no images");
  }

  private static int opened(String url) throws Exception {
    HttpRequest request = HttpRequest.newBuilder(URI.create(url)).build();
    return HttpClient.newHttpClient().send(request, BodyHandlers.discarding()).statusCode();
  }

  @Test
  void aReplayWithARateIsAJobForWhatFailed() {
    tenant.changeSettings("{'webHookMaxRetries': 0}");
    fixture.inbox().responding(hook, n -> n < 2 ? 500 : 200);
    tenant.endpoint(fixture.inbox().url(hook), "*");
    tenant.publish("{\"type\":\"license_created\",\"data\":{}}");
    tenant.awaitDeliveries("exhausted", 1);
    tenant.publish("{\"type\":\"license_created\",\"data\":{}}");
    tenant.awaitDeliveries("delivered", 1);
    assertThat(run("replay", "--since", "1h", "--rate", "100", "--yes").out().lines())
        .singleElement()
        .asString()
        .startsWith("started rpl_");
    tenant.awaitDeliveries("delivered", 2);
    assertThat(fixture.inbox().at(hook)).hasSize(3);
  }

  @Test
  void removingAnEndpointAsksAndSaysWhich() {
    String url = fixture.inbox().url(hook);
    String id = tenant.endpoint(url, "*").path("id").asText();
    Typed unasked = typed("endpoints", "remove", id);
    assertThat(unasked.code()).isEqualTo(2);
    assertThat(unasked.err()).contains("--yes is required: there is");
    Typed refused = Typed.replying(List.of("no"), onSite("endpoints", "remove", id));
    assertThat(refused.code()).isEqualTo(1);
    assertThat(Typed.replying(List.of(), onSite("endpoints", "remove", id)).code()).isEqualTo(1);
    assertThat(tenant.list("endpoints")).hasSize(1);
    assertThat(Typed.replying(List.of("Yes"), onSite("endpoints", "remove", id)).code()).isZero();
    assertThat(tenant.list("endpoints")).isEmpty();
  }

  @Test
  void removingASiteOrAnEventTypeAsksToo() {
    String site = tenant.path().text().split("/")[2];
    JsonNode type = Tenant.json("{'schema': {}}");
    var unused =
        fixture.client(ServerFixture.KEY).put(tenant.path("event-types", "order_paid"), type);
    List<String[]> removals =
        List.of(
            new String[] {"event-types", "remove", "order_paid", "--site", site},
            new String[] {"sites", "remove", site});
    for (String[] remove : removals) {
      Typed unasked = Typed.run(onServer(remove));
      assertThat(unasked.code()).isEqualTo(2);
      assertThat(unasked.err()).contains("--yes is required: there is");
      for (List<String> reply : List.of(List.of("no"), List.<String>of())) {
        assertThat(Typed.replying(reply, onServer(remove)).code()).isEqualTo(1);
      }
      assertThat(tenant.get("event-types").toString()).contains("order_paid");
    }
    for (String[] remove : removals) {
      Typed removed = Typed.replying(List.of("yes"), onServer(remove));
      assertThat(removed.code()).as(removed.err()).isZero();
    }
    assertThat(Typed.run(onServer("sites", "list")).out()).doesNotContain(site + " ");
  }

  @Test
  void anEndpointThatAPropertyRemovesIsAskedAbout() {
    String url = fixture.inbox().url(hook);
    var unused = tenant.endpoint(url, "license_created");
    String[] change = {"properties", "change", write("license_created=\n").toString()};
    Typed unasked = typed(change);
    assertThat(unasked.code()).isEqualTo(2);
    assertThat(unasked.err().strip())
        .isEqualTo("hookferry: --yes is required: there is no terminal to ask");
    Typed refused = Typed.replying(List.of("n"), onSite(change));
    assertThat(refused.err()).contains("nothing was changed");
    assertThat(refused.out())
        .contains(
            "This removes 1 endpoint ("
                + url
                + ") and cancels its pending deliveries. Continue? [y/N]");
    assertThat(tenant.list("endpoints")).hasSize(1);
    assertThat(Typed.replying(List.of("y"), onSite(change)).out())
        .endsWith("changed 1 property; removed 1 endpoint\n");
    assertThat(tenant.list("endpoints")).isEmpty();
    assertThat(run(change).out().strip()).isEqualTo("changed 1 property");
  }

  /** It once took the URL for that of the server, and sent it the admin key. */
  @Test
  void theNewUrlOfAnEndpointGetsNeitherARequestNorTheKey() {
    String id = tenant.endpoint(fixture.inbox().url(hook), "*").path("id").asText();
    try (Inbox other = new Inbox()) {
      run("endpoints", "change", id, "--url", other.url("/hook"));

      assertThat(tenant.list("endpoints").get(0).path("url").asText())
          .isEqualTo(other.url("/hook"));
      assertThat(other.all()).isEmpty();
    }
  }

  @Test
  void warningsOfTheApiAreOnStandardError() throws IOException {
    String url = fixture.inbox().url(hook);
    assertThat(run("endpoints", "add", url, "--type", "*").err()).isEmpty();
    Typed twice = run("endpoints", "add", "--url", url, "--type", "*");
    assertThat(twice.err()).startsWith("hookferry: warning: the endpoint ep_");
    assertThat(twice.out()).contains("whsec_").doesNotContain("warning");
    Typed mistyped = run("endpoints", "add", "https://mistyped.invalid/x", "--type", "*");
    assertThat(mistyped.err()).contains("warning: the name mistyped.invalid does not resolve");
    Path file =
        Files.writeString(
            folder.resolve("site.properties"), "license_created=https://typo.invalid/x\n");
    assertThat(run("properties", "put", file.toString()).err())
        .contains("hookferry: warning: the name typo.invalid does not resolve at this moment\n")
        .contains("hookferry: warning: the subscription of " + url + " to * becomes a fixed list:");
  }

  @Test
  void secretsComeFromFilesVariablesInputAndThePerson() throws IOException {
    String secret = "whsec_" + "QUJD".repeat(8);
    Path file = Files.writeString(folder.resolve("secret"), secret + "\n");
    String[] add = {"endpoints", "add", fixture.inbox().url(hook), "--type", "*", "--secret-file"};
    Typed fromFile = run(with(add, file.toString(), "--qlm-secret-env", "PATH"));
    assertThat(fromFile.out()).contains(secret);
    assertThat(fromFile.err()).isEmpty();
    Typed typed = Typed.replying(List.of(secret), onSite(with(add, "-")));
    assertThat(typed.out()).contains(secret);
    InputStream before = System.in;
    try {
      System.setIn(
          new ByteArrayInputStream((secret + "\nown-key\n").getBytes(StandardCharsets.UTF_8)));
      assertThat(run(with(add, "-", "--qlm-secret-file", "-")).out()).contains(secret);
    } finally {
      System.setIn(before);
    }
    assertThat(tenant.list("endpoints"))
        .filteredOn(endpoint -> endpoint.path("qlmSecret").asText().equals("********"))
        .hasSize(2);
  }

  @Test
  void theSitesKeyIsChangedWithoutBeingAnArgument() {
    Path file = write("clé\n");
    assertThat(run("settings", "change", "--secret-file", file.toString()).out())
        .isEqualTo("webHookSecretKey: none → ********" + System.lineSeparator());
    tenant.endpoint(fixture.inbox().url(hook), "*");
    tenant.publish("{\"type\":\"license_created\",\"data\":{}}");
    Signed.assertQlm(fixture.inbox().await(hook, 1).get(0), "clé");
    Typed argument = run("settings", "change", "webHookSecretKey=s3cr3t");
    assertThat(argument.err())
        .startsWith("hookferry: warning: other users of this machine can read the secret")
        .doesNotContain("s3cr3t");
    assertThat(run("settings", "change", "webHookSecretKey=").err()).isEmpty();
    assertThat(typed("endpoints", "add", "https://x.invalid/", "--secret", "s3cr3t").err())
        .startsWith("hookferry: unknown option --secret; did you mean --secret-")
        .doesNotContain("s3cr3t");
  }

  @Test
  void headersThatAreSecretComeFromAFile() {
    Path file = write("Authorization: Bearer hush\n\nX-Tenant: 7\n");
    String url = fixture.inbox().url(hook);
    run("endpoints", "add", url, "--type", "*", "--headers", file.toString());
    String id = tenant.list("endpoints").get(0).path("id").asText();
    run("endpoints", "test", id);
    assertThat(fixture.inbox().at(hook).get(0).header("Authorization")).isEqualTo("Bearer hush");
    assertThat(fixture.inbox().at(hook).get(0).header("X-Tenant")).isEqualTo("7");
  }

  private Path write(String text) {
    try {
      return Files.writeString(folder.resolve("file"), text);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static String[] with(String[] words, String... more) {
    List<String> all = new ArrayList<>(List.of(words));
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  private Typed run(String... words) {
    Typed typed = typed(words);
    assertThat(typed.code()).as(typed.err()).isZero();
    return typed;
  }

  private Typed typed(String... words) {
    return Typed.run(onSite(words));
  }

  private String[] onSite(String... words) {
    return onServer(with(words, "--site", tenant.path().text().split("/")[2]));
  }

  private String[] onServer(String... words) {
    return with(
        words, "--server", fixture.server().address().toString(), "--key", ServerFixture.KEY);
  }

  private static JsonNode json(Typed typed) throws IOException {
    return new ObjectMapper().readTree(typed.out());
  }
}
