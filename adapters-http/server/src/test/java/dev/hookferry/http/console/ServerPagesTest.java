package dev.hookferry.http.console;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.access.Scope;
import dev.hookferry.audit.AuditAction;
import dev.hookferry.endpoint.EndpointSpec;
import dev.hookferry.http.console.frame.ConsoleReply;
import dev.hookferry.http.wire.StreamedBody;
import dev.hookferry.id.SiteId;
import dev.hookferry.observe.EgressState;
import dev.hookferry.query.AuditQuery;
import dev.hookferry.query.PageRequest;
import dev.hookferry.secret.EnvelopeCipher;
import dev.hookferry.secret.MasterKeySource;
import dev.hookferry.transport.Egresses;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ServerPagesTest {
  private static final Pattern KEY = Pattern.compile("<code id=\"fresh\">([^<]+)</code>");

  @RegisterExtension private final ConsoleFixture place = new ConsoleFixture();
  private final Person admin = place.admin();

  @Test
  void onlyAdminsSeeThePagesOfTheServer() {
    Person manager = place.person(null, Scope.MANAGE);
    for (String page : List.of("/sites", "/keys", "/system", "/sites/default/remove")) {
      assertThat(manager.get(page).status()).as(page).isEqualTo(403);
    }
    assertThat(manager.post("/sites", "id=mine").status()).isEqualTo(403);
    assertThat(manager.post("/keys", "name=x&scope=admin").status()).isEqualTo(403);
    assertThat(manager.get("/sites/default").body()).doesNotContain("href=\"/keys\"");
    assertThat(admin.get("/sites/default").body())
        .contains("href=\"/sites\"", "href=\"/keys\"", "href=\"/system\"");
  }

  @Test
  void theSystemShowsHowEachEgressFares() {
    assertThat(admin.get("/system").body()).doesNotContain("Egresses");
    EgressState failing =
        new EgressState(
            "us", List.of("http://p:1"), false, 3, 2, "http://p:1 is down", place.clock.instant());
    place.transport.offering(
        new Egresses(List.of(EgressState.unused("eu", List.of()), failing), null));
    assertThat(admin.get("/system").body())
        .contains("Egresses", "direct", "working", "failing", "3 (refused: 2)")
        .contains("http://p:1 is down");
  }

  @Test
  void aSiteIsAddedAndNamedWithAllThatGoesBeforeItIsRemoved() {
    assertThat(admin.get("/sites").body()).contains("cannot be removed");
    assertThat(admin.post("/sites", "id=shop-1").body()).contains("The site was created.");
    assertThat(admin.post("/sites", "id=shop-1").status()).isEqualTo(409);
    Person.Shown wrong = admin.post("/sites", "id=A+b");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.body())
        .contains("Id: enter 1 to 64 characters")
        .containsPattern("value=\"A b\"[^>]*aria-invalid=\"true\"")
        .doesNotContainPattern("id=\"name\"[^>]*aria-invalid");
    assertThat(admin.post("/sites", "id=shop-2&name=" + "n".repeat(257)).body())
        .containsPattern("id=\"name\"[^>]*aria-invalid=\"true\"")
        .doesNotContainPattern("id=\"id\"[^>]*aria-invalid");
    SiteId shop = new SiteId("shop-1");
    var unused =
        place
            .hookferry
            .webhooks()
            .endpoints()
            .create(shop, EndpointSpec.to("https://shop.example/in").types("*"));
    place.key(shop, Scope.PUBLISH);
    assertThat(admin.get("/sites/shop-1/remove").body())
        .contains("https://shop.example/in", "<div>test</div>", "Type the id of the site");
    assertThat(admin.post("/sites/shop-1/remove", "name=shop").body()).contains("exactly as shown");
    assertThat(admin.get("/sites").body()).contains("shop-1");
    assertThat(admin.post("/sites/shop-1/remove", "name=shop-1").body())
        .contains("The site shop-1 was removed.");
    assertThat(admin.get("/sites/shop-1").status()).isEqualTo(404);
    assertThat(admin.post("/sites/default/remove", "name=default").body())
        .contains("the site default cannot be removed");
    assertThat(admin.get("/sites/default/remove").header("Location")).isEqualTo("/sites");
  }

  @Test
  void aKeyIsShownOnceThenRevoked() {
    assertThat(admin.get("/keys").body())
        .as("the site of the page before")
        .contains("<option value=\"default\" selected>default</option>");
    Person.Shown made =
        admin.post("/keys", "name=shop+server&scope=publish&scope=read&site=default");
    Matcher key = KEY.matcher(made.body());
    assertThat(key.find()).isTrue();
    assertThat(made.body())
        .contains("<strong>Key “shop server” created</strong>", "it cannot be shown again")
        .contains("/api/v1/sites/default/events", "Authorization: Bearer " + key.group(1));
    assertThat(admin.post("/keys", "name=reader&scope=read&site=default").body())
        .contains("<strong>Key “reader” created</strong>")
        .doesNotContain("Authorization: Bearer", "id=\"publish\"");
    assertThat(admin.post("/keys", "name=&scope=publish&site=default").body())
        .containsPattern(
            "id=\"name\"[^>]* aria-invalid=\"true\"><span class=\"wrong\">Enter 1 to ");
    assertThat(admin.get("/audit?action=key.created").body()).contains(">shop server</a>");
    assertThat(admin.get("/keys").body())
        .contains("shop server", "publish, read")
        .doesNotContain(key.group(1));
    Person shop = new Person(place.console);
    assertThat(shop.signIn(key.group(1)).status()).isEqualTo(303);
    String id = id("shop server");
    assertThat(admin.get("/keys/" + id + "/revoke").body())
        .contains("Revoke “shop server”?")
        .doesNotContain("You are signed in");
    assertThat(admin.post("/keys/" + id + "/revoke", "").body()).contains("was revoked");
    assertThat(shop.get("/sites/default").header("Location")).startsWith("/login");
    assertThat(admin.get("/keys/" + id + "/revoke").status()).isEqualTo(404);
    assertThat(admin.get("/keys/" + id + "/revoke").body()).contains("<p>There is no ");
  }

  @Test
  void whatIsWrongWithAKeyIsNamedAndWhatWasTypedStays() {
    admin.get("/keys");
    Person.Shown wrong = admin.post("/keys", "name=two&scope=admin&site=default");
    assertThat(wrong.status()).isEqualTo(400);
    assertThat(wrong.body()).contains("Site must be absent", "value=\"two\"");
    assertThat(admin.post("/keys", "name=").body())
        .contains("Name: ", ">Permissions must name at least one of ");
    assertThat(admin.post("/keys", "name=x&scope=read&site=nowhere").body())
        .contains("there is no site nowhere");
  }

  @Test
  void revokingYourOwnKeyWarnsAndSignsOut() {
    String id = id("test");
    assertThat(admin.post("/keys/" + id + "/revoke", "").body())
        .contains("this is the last admin key; add another first");
    admin.post("/keys", "name=another&scope=admin");
    assertThat(admin.get("/keys/" + id + "/revoke").body()).contains("You will be signed out");
    assertThat(admin.send("POST", "/keys/" + id + "/revoke", "csrf=" + admin.csrf).status())
        .isEqualTo(303);
    assertThat(admin.get("/keys").header("Location")).startsWith("/login");
  }

  @Test
  void theSystemTellsItsStoreNodesAndConfiguration() {
    assertThat(admin.get("/system").body())
        .contains(
            "<b>This server is healthy</b>",
            "The store responds, delivery is on, and 1 node is running.",
            "memory: everything is lost when the process ends",
            "0 waiting, none overdue",
            "Nodes</h2>",
            "/" + ProcessHandle.current().pid() + "/");
  }

  @Test
  void theSystemSaysHowLateDeliveriesAre() {
    try (ConsoleFixture copy = ConsoleFixture.sendingNothing()) {
      var unused = copy.endpoint("https://shop.example/in", "*");
      copy.publish("license_created", "{}");
      copy.clock.advance(Duration.ofMinutes(16));

      assertThat(copy.admin().get("/system").body())
          .contains(
              "Delivery is off on this node: noDelivery is set; deliveries are 16 min late</b>")
          .contains("The store responds; 1 node is running.")
          .containsPattern("1 waiting, <span>oldest due <time[^>]*>16 min ago</time>");
    }
  }

  @Test
  void everyPageSaysThatTheNodeSendsNothing() {
    try (ConsoleFixture copy = ConsoleFixture.sendingNothing()) {
      String endpoint = "/endpoints/" + copy.endpoint("https://shop.example/in", "*").id();
      Person owner = copy.admin();
      Person reader = copy.person(SiteId.DEFAULT, Scope.READ);
      for (String page : List.of("", "/endpoints", endpoint, "/deliveries", "/retry-queue")) {
        for (Person person : List.of(owner, reader)) {
          assertThat(person.get("/sites/default" + page).body())
              .as(page)
              .contains(
                  "<strong>Delivery is off</strong>",
                  "sends nothing, because noDelivery is set. No attempts are counted.");
        }
      }
      assertThat(owner.get("/system").body())
          .contains("<strong>Delivery is off</strong>", "off, because noDelivery is set");
    }
    assertThat(admin.get("/sites/default").body()).doesNotContain("Delivery is off");
  }

  @Test
  void theSystemTellsHowSecretsAreKept() {
    assertThat(admin.get("/system").body())
        .contains("not sealed", "there is no master key", "HOOKFERRY_MASTER_KEY");
    MasterKeySource keys = MasterKeySource.inMemory(new Random(1));
    try (ConsoleFixture sealing = new ConsoleFixture(new EnvelopeCipher(keys, new Random(2)))) {
      var unused = sealing.endpoint("https://shop.example/in", "*");
      String first = sealing.hookferry.webhooks().masterKeys().status().newest();
      assertThat(sealing.admin().get("/system").body())
          .contains("Every secret is encrypted with the newest master key.")
          .containsPattern(first + "</code></th><td[^>]*>1</td><td[^>]*>seals new secrets");
      var rotated = sealing.hookferry.webhooks().masterKeys().rotate();
      assertThat(sealing.admin().get("/system").body())
          .containsPattern(rotated.status().newest() + "</code></th><td[^>]*>1</td>")
          .containsPattern(first + "</code></th><td[^>]*>0</td><td[^>]*>no longer needed");
    }
  }

  @Test
  void anAdminRotatesTheMasterKey() {
    MasterKeySource keys = MasterKeySource.inMemory(new Random(1));
    try (ConsoleFixture sealing = new ConsoleFixture(new EnvelopeCipher(keys, new Random(2)))) {
      var unused = sealing.endpoint("https://shop.example/in", "*");
      String first = sealing.webhooks().masterKeys().status().newest();
      Person reader = sealing.person(SiteId.DEFAULT, Scope.READ, Scope.MANAGE);
      assertThat(reader.post("/system/rotate", "").status()).isEqualTo(403);
      Person owner = sealing.admin();
      assertThat(owner.get("/system").body()).contains("action=\"/system/rotate\"");

      String rotated = owner.post("/system/rotate", "").body();

      String second = sealing.webhooks().masterKeys().status().newest();
      assertThat(second).isNotEqualTo(first);
      assertThat(rotated)
          .contains("The secrets of 1 site or endpoint are encrypted with the newest master key.")
          .containsPattern(second + "</code></th><td[^>]*>1</td><td[^>]*>seals new secrets")
          .containsPattern(first + "</code></th><td[^>]*>0</td><td[^>]*>no longer needed");
      assertThat(sealing.webhooks().audit().list(AuditQuery.ALL).data())
          .extracting(entry -> entry.action())
          .contains(AuditAction.MASTER_KEY_ROTATED);
    }
    assertThat(admin.get("/system").body()).doesNotContain("action=\"/system/rotate\"");
    assertThat(admin.post("/system/rotate", "").body()).contains("Not done", "master key");
  }

  @Test
  void anAdminDownloadsABackup() throws IOException {
    try (ConsoleFixture stored = ConsoleFixture.uncounted()) {
      var unused = stored.endpoint("https://shop.example/in", "*");
      Person owner = stored.admin();
      assertThat(owner.get("/system").body()).contains("action=\"/system/backup\"");

      ConsoleReply reply = backUp(owner).reply();

      assertThat(reply.headers().get("Content-Disposition"))
          .matches("attachment; filename=\"hookferry-[-0-9a-f]+\\.hfa\"");
      assertThat(lastAction(stored)).as("not sent yet").isNotEqualTo(AuditAction.BACKUP_TAKEN);
      assertThat(backUp(owner).header("Location")).isEqualTo("/system");
      assertThat(owner.get("/system").body()).contains("a backup is already running");
      assertThat(text(reply))
          .startsWith("{\"kind\":\"archive\"")
          .contains("https://shop.example/in", "{\"kind\":\"end\"");
      assertThat(lastAction(stored)).isEqualTo(AuditAction.BACKUP_TAKEN);
    }
  }

  private static AuditAction lastAction(ConsoleFixture place) {
    return place.hookferry.webhooks().audit().list(AuditQuery.ALL).data().get(0).action();
  }

  private static String text(ConsoleReply reply) throws IOException {
    ByteArrayOutputStream archive = new ByteArrayOutputStream();
    try (StreamedBody download = Objects.requireNonNull(reply.download())) {
      download.begin();
      download.writeTo(archive);
    }
    try (GZIPInputStream lines =
        new GZIPInputStream(new ByteArrayInputStream(archive.toByteArray()))) {
      return new String(lines.readAllBytes(), StandardCharsets.US_ASCII);
    }
  }

  @Test
  void onlyAdminsGetABackup() {
    Person manager = place.person(null, Scope.MANAGE);
    manager.get("/sites/default");
    assertThat(backUp(manager).status()).isEqualTo(403);
    assertThat(admin.send("POST", "/system/backup", "csrf=guessed").status()).isEqualTo(403);
  }

  private static Person.Shown backUp(Person person) {
    return person.send("POST", "/system/backup", "csrf=" + person.csrf);
  }

  private String id(String name) {
    return place.hookferry.webhooks().keys().list(PageRequest.FIRST).data().stream()
        .filter(key -> key.name().equals(name))
        .map(key -> key.id().toString())
        .findFirst()
        .orElseThrow();
  }
}
