package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.cli.CommandResult;
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
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Commands that ask first, warn, or take secrets, with a server that answers. */
final class ConfirmedCommandsTest extends SiteCommands {

  @TempDir private Path folder;

  @Test
  void deliveredEventsAreResentOnlyOnRequestAndAfterConfirmation() throws IOException {
    tenant.endpoint(fixture.inbox().url(hook), "*");
    tenant.publish("{\"type\":\"license_created\",\"data\":{}}");
    tenant.awaitDeliveries("delivered", 1);
    String[] all = {"replay", "--since", "1h", "--yes"};
    assertThat(done(all).out()).contains("nothing to replay");
    String[] delivered = {"replay", "--since", "1h", "--status", "delivered"};
    CommandResult counted = done(with(delivered, "--dry-run"));
    assertThat(counted.out()).endsWith("1 delivery would be replayed" + System.lineSeparator());
    assertThat(counted.err()).contains("warning: the selection includes delivered deliveries");
    CommandResult refused = CommandResult.replying(List.of("n"), withServer(delivered));
    assertThat(refused.code()).isEqualTo(1);
    assertThat(refused.err()).contains("hookferry: nothing was sent");
    JsonNode json = json(done("replay", "--since", "1h", "--dry-run", "--json"));
    assertThat(json.path("count").asInt()).isZero();
    assertThat(json.path("byStatus").path("delivered").asInt()).isEqualTo(1);
    assertThat(fixture.inbox().at(hook)).hasSize(1);
    assertThat(CommandResult.replying(List.of("y"), withServer(delivered)).out())
        .containsPattern("started rpl_\\w+: 1 delivery at up to 10 per second; watch it with ");
    assertThat(done("replays", "list").out()).contains("rpl_");
    fixture.inbox().await(hook, 2);
  }

  @Test
  void linksToThePortalAreMadeAndTheirSessionsEnded() throws Exception {
    tenant.changeSettings("{'portal': {'enabled': true}}");
    String[] link = {"portal", "link", "c-17", "--label", "customer=c-17", "--can", "retry,manage"};
    CommandResult linked = done(link);
    assertThat(linked.err()).startsWith("works once, until 2").hasLineCount(1);
    assertThat(done("portal", "link", "c-17").err()).contains("opens the whole site; --label");
    String url = linked.out().strip();
    assertThat(url).matches("http://127\\.0\\.0\\.1:\\d+/portal/\\S{40,}");
    assertThat(done("portal", "sessions").out().strip()).isEqualTo("no sessions");
    assertThat(opened(url)).isEqualTo(303);
    assertThat(opened(url)).isEqualTo(410);
    JsonNode session =
        json(done("portal", "sessions", "--subject", "c-17", "--json")).at("/data/0");
    assertThat(session.path("subject").asText()).isEqualTo("c-17");
    String id = session.path("id").asText();
    String[] end = {"portal", "end", id};
    assertThat(CommandResult.replying(List.of("n"), withServer(end)).code()).isEqualTo(1);
    assertThat(done(with(end, "--yes")).out()).contains("ended the session " + id);
    assertThat(done("portal", "end", "--subject", "c-17", "--yes").out())
        .contains("ended all sessions of c-17");
    assertThat(done("portal", "sessions").out().strip()).isEqualTo("no sessions");
    assertThat(CommandResult.run(withServer("portal", "end")).code()).isEqualTo(2);
    assertThat(CommandResult.run(withServer("portal", "link", "c-17", "--can", "all")).err())
        .contains("--can: must be");
  }

  @Test
  void imagesOfThePortalAreUploadedListedAndRemoved() throws IOException {
    Path file = folder.resolve("acme.svg");
    Files.writeString(file, "<svg viewBox='0 0 9 9'><path d='M0 0'/><script>x</script></svg>");
    assertThat(done("portal", "images").out().strip()).isEqualTo("no images");
    assertThat(done("portal", "set-image", "icon", file.toString()).out().strip())
        .isEqualTo("set icon; left out for safety: script");
    assertThat(done("portal", "images").out()).contains("icon", "image/svg+xml");
    assertThat(json(done("portal", "images", "--json")).at("/data/0/width").asInt()).isEqualTo(9);
    Files.writeString(file, "<!DOCTYPE svg><svg/>");
    CommandResult refused =
        CommandResult.run(withServer("portal", "set-image", "icon", file.toString()));
    assertThat(refused.code()).isNotZero();
    assertThat(refused.err()).contains("must have no DOCTYPE");
    assertThat(CommandResult.run(withServer("portal", "set-image", "icon", "no.svg")).err())
        .contains("no such file");
    String[] remove = {"portal", "remove-image", "icon"};
    assertThat(CommandResult.replying(List.of("n"), withServer(remove)).code()).isEqualTo(1);
    assertThat(done(with(remove, "--yes")).out().strip()).isEqualTo("removed icon");
    assertThat(done("portal", "images").out().strip()).isEqualTo("no images");
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
    assertThat(done("replay", "--since", "1h", "--rate", "100", "--yes").out().lines())
        .singleElement()
        .asString()
        .startsWith("started rpl_");
    tenant.awaitDeliveries("delivered", 2);
    assertThat(fixture.inbox().at(hook)).hasSize(3);
  }

  @Test
  void removingAnEndpointNeedsConfirmationThatNamesIt() {
    String id = tenant.endpoint(url, "*").path("id").asText();
    CommandResult unasked = onSite("endpoints", "remove", id);
    assertThat(unasked.code()).isEqualTo(2);
    assertThat(unasked.err()).contains("--yes is required: there is");
    CommandResult refused =
        CommandResult.replying(List.of("no"), withServer("endpoints", "remove", id));
    assertThat(refused.code()).isEqualTo(1);
    assertThat(CommandResult.replying(List.of(), withServer("endpoints", "remove", id)).code())
        .isEqualTo(1);
    assertThat(tenant.list("endpoints")).hasSize(1);
    assertThat(CommandResult.replying(List.of("Yes"), withServer("endpoints", "remove", id)).code())
        .isZero();
    assertThat(tenant.list("endpoints")).isEmpty();
  }

  @Test
  void removingASiteOrEventTypeNeedsConfirmation() {
    String site = tenant.path().text().split("/")[2];
    JsonNode type = Tenant.json("{'schema': {}}");
    var unused =
        fixture.client(ServerFixture.KEY).put(tenant.path("event-types", "order_paid"), type);
    List<String[]> removals =
        List.of(
            new String[] {"event-types", "remove", "order_paid", "--site", site},
            new String[] {"sites", "remove", site});
    for (String[] remove : removals) {
      CommandResult unasked = CommandResult.run(onServer(remove));
      assertThat(unasked.code()).isEqualTo(2);
      assertThat(unasked.err()).contains("--yes is required: there is");
      for (List<String> reply : List.of(List.of("no"), List.<String>of())) {
        assertThat(CommandResult.replying(reply, onServer(remove)).code()).isEqualTo(1);
      }
      assertThat(tenant.get("event-types").toString()).contains("order_paid");
    }
    for (String[] remove : removals) {
      CommandResult removed = CommandResult.replying(List.of("yes"), onServer(remove));
      assertThat(removed.code()).as(removed.err()).isZero();
    }
    assertThat(CommandResult.run(onServer("sites", "list")).out()).doesNotContain(site + " ");
  }

  @Test
  void anEndpointThatAPropertyRemovesIsAskedAbout() {
    var unused = tenant.endpoint(url, "license_created");
    String[] change = {"properties", "change", write("license_created=\n").toString()};
    CommandResult unasked = onSite(change);
    assertThat(unasked.code()).isEqualTo(2);
    assertThat(unasked.err().strip())
        .isEqualTo("hookferry: --yes is required: there is no terminal to ask");
    CommandResult refused = CommandResult.replying(List.of("n"), withServer(change));
    assertThat(refused.err()).contains("nothing was changed");
    assertThat(refused.out())
        .contains(
            "This removes 1 endpoint ("
                + url
                + ") and cancels its pending deliveries. Continue? [y/N]");
    assertThat(tenant.list("endpoints")).hasSize(1);
    assertThat(CommandResult.replying(List.of("y"), withServer(change)).out())
        .endsWith("changed 1 property; removed 1 endpoint\n");
    assertThat(tenant.list("endpoints")).isEmpty();
    assertThat(done(change).out().strip()).isEqualTo("changed 1 property");
  }

  /** Nobody sees blanks at the end of a line; those of a key may be meant. */
  @Test
  void blanksAtTheEndOfPropertiesAreNotPartOfNumbers() {
    String text = "webHookMaxRetries=3 \nwebHooksEnabled=true\t\nwebHookSecretKey=s3cr3t \n";
    CommandResult changed = done("properties", "change", write(text).toString());
    assertThat(changed.out().strip()).isEqualTo("changed 3 properties");
    assertThat(changed.err()).contains("warning: webHookSecretKey begins or ends with white space");
  }

  @Test
  void urlsSeparatedByCommasAreRefusedWithTheCure() {
    String text = "license_created=" + url + "," + url + "/more\n";
    CommandResult refused = onSite("properties", "change", write(text).toString());
    assertThat(refused.code()).isEqualTo(2);
    assertThat(refused.err())
        .contains("license_created: must be URLs separated by semicolons: a comma comes before")
        .contains("write a semicolon instead, or %2C if the comma is part of the URL");
    assertThat(tenant.list("endpoints")).isEmpty();
  }

  /** It once took the URL for that of the server, and sent it the admin key. */
  @Test
  void theNewUrlOfAnEndpointGetsNeitherARequestNorTheKey() {
    String id = tenant.endpoint(fixture.inbox().url(hook), "*").path("id").asText();
    try (Inbox other = new Inbox()) {
      done("endpoints", "change", id, "--url", other.url("/hook"));

      assertThat(tenant.list("endpoints").get(0).path("url").asText())
          .isEqualTo(other.url("/hook"));
      assertThat(other.all()).isEmpty();
    }
  }

  @Test
  void warningsOfTheApiAreOnStandardError() throws IOException {
    assertThat(done("endpoints", "add", url, "--type", "*").err()).isEmpty();
    CommandResult twice = done("endpoints", "add", "--url", url, "--type", "*");
    assertThat(twice.err()).startsWith("hookferry: warning: the endpoint ep_");
    assertThat(twice.out()).contains("whsec_").doesNotContain("warning");
    CommandResult mistyped = done("endpoints", "add", "https://mistyped.invalid/x", "--type", "*");
    assertThat(mistyped.err()).contains("warning: the name mistyped.invalid does not resolve");
    Path file =
        Files.writeString(
            folder.resolve("site.properties"), "license_created=https://typo.invalid/x\n");
    assertThat(done("properties", "put", file.toString(), "--yes").err())
        .contains("hookferry: warning: the name typo.invalid does not resolve at this moment\n")
        .contains("hookferry: warning: the subscription of " + url + " to * becomes a fixed list:");
  }

  @Test
  void secretsComeFromFilesVariablesInputAndThePerson() throws IOException {
    String secret = "whsec_" + "QUJD".repeat(8);
    Path file = Files.writeString(folder.resolve("secret"), secret + "\n");
    String[] add = {"endpoints", "add", fixture.inbox().url(hook), "--type", "*", "--secret-file"};
    CommandResult fromFile = done(with(add, file.toString(), "--qlm-secret-env", "HOME"));
    assertThat(fromFile.out()).contains("with the given secret").doesNotContain(secret);
    assertThat(fromFile.err()).isEmpty();
    CommandResult typed = CommandResult.replying(List.of(secret), withServer(with(add, "-")));
    assertThat(typed.out()).contains("with the given secret");
    InputStream before = System.in;
    try {
      System.setIn(
          new ByteArrayInputStream((secret + "\nown-key\n").getBytes(StandardCharsets.UTF_8)));
      assertThat(done(with(add, "-", "--qlm-secret-file", "-")).out())
          .contains("with the given secret");
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
    assertThat(done("settings", "change", "--secret-file", file.toString()).out())
        .isEqualTo("webHookSecretKey: none → ********" + System.lineSeparator());
    tenant.endpoint(fixture.inbox().url(hook), "*");
    tenant.publish("{\"type\":\"license_created\",\"data\":{}}");
    Signed.assertQlm(fixture.inbox().await(hook, 1).get(0), "clé");
    CommandResult argument = done("settings", "change", "webHookSecretKey=s3cr3t");
    assertThat(argument.err())
        .startsWith("hookferry: warning: other users of this machine can read the secret")
        .doesNotContain("s3cr3t");
    assertThat(done("settings", "change", "webHookSecretKey=").err()).isEmpty();
    assertThat(onSite("endpoints", "add", "https://x.invalid/", "--secret", "s3cr3t").err())
        .startsWith("hookferry: unknown option --secret; did you mean --secret-")
        .doesNotContain("s3cr3t");
  }

  @Test
  void secretHeadersComeFromAFile() {
    Path file = write("Authorization: Bearer hush\n\nX-Tenant: 7\n");
    done("endpoints", "add", url, "--type", "*", "--headers", file.toString());
    String id = tenant.list("endpoints").get(0).path("id").asText();
    done("endpoints", "test", id);
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
}
