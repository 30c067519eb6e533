package dev.hookferry.app.server;

import static dev.hookferry.app.server.ImportScene.notes;
import static dev.hookferry.app.server.ImportScene.results;
import static dev.hookferry.app.server.Tenant.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.cli.CommandResult;
import dev.hookferry.app.receiver.Received;
import dev.hookferry.app.server.ReplayedSender.Scripted;
import dev.hookferry.signing.SecretType;
import dev.hookferry.signing.SigningSecret;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports a recorded Svix; its exchanges are those of a real server, in pages of two. */
final class SvixImportTest {
  private static final String[] PAGES = {"--page-size", "2"};
  private static final String MAIL = "svix-3Merjac8INysAEGHk86a6jDIhLP";

  @TempDir private Path folder;

  private final ImportScene scene = new ImportScene("memory", "svix");

  @BeforeEach
  void record() {
    scene.sender().exchanges(ReplayedSender.recording("svix-exchanges.json"));
  }

  @AfterEach
  void close() {
    scene.close();
  }

  @Test
  void everythingIsImportedOnceAndTheSecondRunChangesNothing() {
    JsonNode report = scene.report(0, PAGES);
    assertThat(results(report))
        .containsExactly(
            "event_type invoice.paid created",
            "event_type invoice.voided created",
            "event_type legacy.sync created",
            "event_type user.deleted created",
            "event_type user.signup created",
            "site acme-gmbh created",
            "endpoint acme-gmbh/ep_3MerjajDovuReqPX2mTS71HbGSB created",
            "endpoint acme-gmbh/ep_3Merjac8INysAEGHk86a6jDIhLP created",
            "endpoint acme-gmbh/acme-crm created",
            "site globex-uberseehandel created",
            "endpoint Globex Überseehandel/ep_3MerjbNJX4NImoflKy0LLnlGiIk created",
            "endpoint Globex Überseehandel/ep_3MerjbGd8RHIsLB0Z0YQKEk3Ord created",
            "site initech created");
    int changes = scene.changes();
    JsonNode again = scene.report(0, PAGES);
    assertThat(results(again)).hasSize(13).allMatch(line -> line.endsWith(" unchanged"));
    assertThat(scene.changes()).isEqualTo(changes);
  }

  @Test
  void theSitesKeepNameUidMetadataAndRate() {
    var unused = scene.report(0, PAGES);
    JsonNode acme = scene.sites().get(2);
    assertThat(acme.path("id").asText()).isEqualTo("acme-gmbh");
    assertThat(acme.path("name").asText()).isEqualTo("Acme GmbH");
    assertThat(acme.path("uid").asText()).isEqualTo("acme-gmbh");
    assertThat(acme.path("metadata"))
        .isEqualTo(
            json(
                "{'plan':'gold','region':'eu-central','svix.id':'app_3Merja5mly2ynep0Df7WqWGuBYX'}"));
    JsonNode settings = scene.site("acme-gmbh").get("settings");
    assertThat(settings.path("envelope").asText()).isEqualTo("raw");
    assertThat(settings.path("endpointRate").asText()).isEqualTo("50/s");
    assertThat(settings.path("openCatalog").asBoolean()).isTrue();
    assertThat(scene.site("initech").get("settings").path("endpointRate").asText()).isEmpty();
  }

  @Test
  void theEndpointsKeepAllTheirFields() {
    JsonNode report = scene.report(0, PAGES);
    JsonNode crm = scene.endpoint("acme-gmbh", "acme-crm");
    assertThat(crm.path("url").asText())
        .isEqualTo("https://crm.acme.example/hooks/svix?source=billing");
    assertThat(crm.path("description").asText()).isEqualTo("CRM in München");
    assertThat(crm.path("eventTypes")).isEqualTo(json("['invoice.paid','invoice.voided']"));
    assertThat(crm.path("labels"))
        .isEqualTo(json("{'channel.eu':'eu','channel.project_1337':'project_1337'}"));
    assertThat(crm.path("limits")).isEqualTo(json("{'perSecond':20}"));
    assertThat(crm.path("metadata"))
        .isEqualTo(
            json(
                "{'owner':'team-crm','svix.id':'ep_3MerjaUcQnQtnjiTpLaSSrVfQT6','ticket':'OPS-12'}"));
    assertThat(crm.path("headers")).isEqualTo(json("{'X-Trace':'on','X-Team':'blue'}"));
    assertThat(crm.path("signatures")).isEqualTo(json("['svix']"));
    assertThat(crm.path("retry"))
        .isEqualTo(json("{'schedule':['5s','5m','30m','2h','5h','10h','10h']}"));
    assertThat(crm.path("timeout").asText()).isEqualTo("30s");
    assertThat(crm.path("enabled").asBoolean()).isFalse();
    assertThat(notes(report, "acme-gmbh/acme-crm"))
        .singleElement()
        .asString()
        .startsWith("unreadable: the value of its header Authorization; the endpoint is created");
    JsonNode off = scene.endpoint("acme-gmbh", "svix-3MerjajDovuReqPX2mTS71HbGSB");
    assertThat(off.path("enabled").asBoolean()).isFalse();
    JsonNode plain = scene.endpoint("globex-uberseehandel", "svix-3MerjbNJX4NImoflKy0LLnlGiIk");
    assertThat(plain.path("enabled").asBoolean()).isTrue();
    assertThat(plain.path("eventTypes")).isEqualTo(json("['*']"));
    assertThat(plain.path("labels")).isEqualTo(json("{'channel.emea':'emea'}"));
    JsonNode ed25519 = scene.endpoint("globex-uberseehandel", "svix-3MerjbGd8RHIsLB0Z0YQKEk3Ord");
    assertThat(ed25519.path("signatures")).isEqualTo(json("['svix']"));
    assertThat(ed25519.path("publicKeys")).hasSize(1);
    assertThat(ed25519.path("enabled").asBoolean()).isFalse();
    assertThat(report.toString()).contains("its private Ed25519 key").doesNotContain("whsec_");
  }

  /** Svix shows public keys only; another server with its API may tell the key pair. */
  @Test
  void importsAKeyPairIfTheSenderRevealsIt() {
    SigningSecret pair = SigningSecret.generate(SecretType.ED25519, new Random(1));
    scene.sender().replacing("whpk_8O7MSQZ0T1uTO8b7G5+zJS/esgG2jNAeq0UHGKu01+k=", pair.reveal());

    JsonNode report = scene.report(0, PAGES);

    JsonNode imported = scene.endpoint("globex-uberseehandel", "svix-3MerjbGd8RHIsLB0Z0YQKEk3Ord");
    assertThat(imported.path("signatures")).isEqualTo(json("['svix']"));
    assertThat(imported.path("enabled").asBoolean()).isTrue();
    assertThat(imported.at("/publicKeys/0/publicKey").asText()).isEqualTo(pair.forReceiver());
    assertThat(report.toString()).doesNotContain("whsk_", "private Ed25519 key");
    assertThat(results(scene.report(0, PAGES))).allMatch(line -> line.endsWith(" unchanged"));
  }

  @Test
  void theSdksOfSvixFindWhatWasImported() {
    var unused = scene.report(0, PAGES);
    JsonNode application = scene.svix("app", "acme-gmbh");
    assertThat(application.path("name").asText()).isEqualTo("Acme GmbH");
    assertThat(application.path("uid").asText()).isEqualTo("acme-gmbh");
    assertThat(application.path("throttleRate").asInt()).isEqualTo(50);
    JsonNode crm = scene.svix("app", "acme-gmbh", "endpoint", "acme-crm");
    assertThat(crm.path("channels")).hasSize(2).contains(json("'eu'"), json("'project_1337'"));
    assertThat(crm.path("rateLimit").asInt()).isEqualTo(20);
    assertThat(
            scene.svix("app", "acme-gmbh", "endpoint", "acme-crm", "secret").path("key").asText())
        .isEqualTo("whsec_YWNtZS1jcm0tc2Vjb25kLW1hZGUtdXAtMjRi");
    assertThat(scene.svix("event-type", "legacy.sync").path("archived").asBoolean()).isTrue();
  }

  @Test
  void importedSchemasAreEnforcedOnlyOnRequest() {
    JsonNode report = scene.report(0, PAGES);
    JsonNode paid = scene.site("default").get("event-types", "invoice.paid");
    assertThat(paid.path("description").asText()).isEqualTo("An invoice was paid in full");
    assertThat(paid.path("policy").asText()).isEqualTo("off");
    assertThat(paid.path("schema").path("required")).isEqualTo(json("['invoiceId','amount']"));
    assertThat(paid.path("schema").has("$schema")).isFalse();
    assertThat(paid.path("example").toString())
        .isEqualTo("{\"amount\":12.5,\"invoiceId\":\"inv_1\"}");
    assertThat(notes(report, "invoice.paid")).singleElement().asString().contains("draft-07");
    JsonNode voided = scene.site("default").get("event-types", "invoice.voided");
    assertThat(voided.path("deprecated").asBoolean()).isTrue();
    assertThat(voided.has("schema")).isFalse();
    JsonNode legacy = scene.site("default").get("event-types", "legacy.sync");
    assertThat(legacy.path("archived").asBoolean()).isTrue();
    JsonNode blocking = scene.report(0, "--page-size", "2", "--policy", "block");
    assertThat(results(blocking)).contains("event_type invoice.paid updated");
    assertThat(scene.site("default").get("event-types", "invoice.paid").path("policy").asText())
        .isEqualTo("block");
  }

  @Test
  void receiversSeeWhatTheySawBefore() throws IOException {
    String url = scene.inbox().url("/in");
    scene.sender().replacing("https://crm.acme.example/hooks/svix?source=billing", url);
    String agent = "Svix-Webhooks/1.100.0";
    var unused = scene.report(0, "--page-size", "2", "--user-agent", agent);
    scene.patch("acme-gmbh", "{'enabled':true}", "endpoints", "acme-crm");
    Tenant acme = scene.site("acme-gmbh");
    acme.publish("{\"type\":\"invoice.paid\",\"data\":{\"amount\": 1.10}}");
    acme.publish(
        "{\"type\":\"invoice.paid\",\"data\":{\"amount\": 2.20},"
            + "\"labels\":{\"channel.eu\":\"eu\",\"channel.other\":\"other\"}}");
    Received request = scene.inbox().await("/in", 1).get(0);
    assertThat(request.body().text()).isEqualTo("{\"amount\": 2.20}");
    assertThat(request.header("X-Team")).isEqualTo("blue");
    assertThat(request.header("User-Agent")).isEqualTo(agent);
    assertThat(results(scene.report(0, "--page-size", "2", "--user-agent", agent)))
        .allMatch(line -> line.endsWith(" unchanged"));
    assertThat(scene.typed("--user-agent", "").err())
        .contains("--user-agent: must be visible ASCII, with spaces only between characters");
    CommandResult verified =
        ImportScene.verified(folder, request, "svix", "whsec_YWNtZS1jcm0tc2Vjb25kLW1hZGUtdXAtMjRi");
    assertThat(verified.out()).contains("svix-signature valid");
  }

  @Test
  void aLaterRunImportsChangesAndKeepsLocalEdits() {
    var unused = scene.report(0, PAGES);
    scene.patch(
        "acme-gmbh",
        "{'headers':{'X-Trace':'on','X-Team':'blue','Authorization':'Basic eDp5'},'enabled':true}",
        "endpoints",
        "acme-crm");
    scene
        .sender()
        .replacing("YWNtZS1jcm0tc2Vjb25kLW1hZGUtdXAtMjRi", "bmV3LXNlY3JldC1tYWRlLXVwLTI0LWJ5dGVz");
    scene.sender().replacing("https://mail.acme.example/in", "https://mail.acme.example/in2");
    JsonNode report = scene.report(0, PAGES);
    assertThat(results(report))
        .filteredOn(line -> !line.endsWith("unchanged"))
        .containsExactly(
            "endpoint acme-gmbh/ep_3Merjac8INysAEGHk86a6jDIhLP updated",
            "endpoint acme-gmbh/acme-crm updated");
    assertThat(report.toString()).contains("\"detail\":\"url\"", "\"detail\":\"secret\"");
    assertThat(scene.endpoint("acme-gmbh", MAIL).path("url").asText()).endsWith("/in2");
    JsonNode crm = scene.endpoint("acme-gmbh", "acme-crm");
    assertThat(crm.path("headers").path("Authorization").asText()).isEqualTo("********");
    assertThat(crm.path("enabled").asBoolean()).isTrue();
    assertThat(crm.path("oldSecretUntil").asText()).isNotEmpty();
  }

  @Test
  void aDryRunReportsTheSameAndWritesNothing() {
    int changes = scene.changes();
    JsonNode dry = scene.report(0, "--page-size", "2", "--dry-run");
    assertThat(dry.path("dryRun").asBoolean()).isTrue();
    assertThat(scene.changes()).isEqualTo(changes);
    assertThat(scene.sites()).hasSize(1);
    JsonNode done = scene.report(0, PAGES);
    assertThat(dry.path("items")).isEqualTo(done.path("items"));
    assertThat(dry.path("notes")).isEqualTo(done.path("notes"));
    assertThat(results(scene.report(0, "--page-size", "2", "--dry-run")))
        .isNotEmpty()
        .allMatch(line -> line.endsWith(" unchanged"));
  }

  @Test
  void theReportIsTextForPeople() {
    CommandResult typed = scene.typed(PAGES);
    assertThat(typed.out().lines())
        .startsWith(
            "import from svix",
            "sites: 3 created",
            "event types: 5 created",
            "endpoints: 5 created",
            "")
        .contains("could not be read:", "no counterpart:", "works differently here:");
  }

  @Test
  void refusedItemsAreReportedAndTheRestIsImported() {
    scene.sender().replacing("https://mail.acme.example/in", "ftp://mail.acme.example/in");
    JsonNode report = scene.report(1, PAGES);
    assertThat(report.path("complete").asBoolean()).isFalse();
    assertThat(results(report))
        .contains("endpoint acme-gmbh/ep_3Merjac8INysAEGHk86a6jDIhLP failed")
        .contains("endpoint acme-gmbh/acme-crm created", "site initech created");
    assertThat(report.toString()).contains("must begin with https://");
    scene.sender().replacing("ftp://mail.acme.example/in", "https://mail.acme.example/in");
    assertThat(results(scene.report(0, PAGES)))
        .filteredOn(line -> line.endsWith("created"))
        .containsExactly("endpoint acme-gmbh/ep_3Merjac8INysAEGHk86a6jDIhLP created");
  }

  @Test
  void ifTheOtherSystemFailsMidwayNothingIsWritten() {
    String path = "/api/v1/app/app_3MerjaEYN7rYDX8nWgsFWXDxOj0/endpoint?limit=2";
    String body = "{\"code\":\"internal\",\"detail\":\"database is down\"}";
    scene.sender().answer(path, new Scripted(500, body));
    CommandResult typed = scene.typed(PAGES);
    assertThat(typed.code()).isEqualTo(1);
    assertThat(typed.err()).contains(path, "status 500: database is down", "nothing was imported");
    assertThat(scene.sites()).hasSize(1);
    scene.sender().exchanges(ReplayedSender.recording("svix-exchanges.json"));
    assertThat(results(scene.report(0, PAGES))).hasSize(13);
  }

  @Test
  void aWrongTokenIsRefusedAndNeverPrinted() {
    CommandResult typed = scene.withToken("another-token");
    assertThat(typed.code()).isEqualTo(1);
    assertThat(typed.err())
        .contains("the token was rejected (401)")
        .doesNotContain("another-token");
    assertThat(scene.withToken(" ").code()).isEqualTo(2);
    assertThat(scene.withToken("two words").err()).doesNotContain("two words");
  }

  @Test
  void nonsenseRedirectsAndListsWithoutAnEndAreRefused() {
    String apps = "/api/v1/app?limit=2";
    for (String nonsense :
        List.of("<html>", "", "[]", "{}", "7", "{\"data\":[7]}", "{\"data\":{},\"done\":true}")) {
      scene.sender().answer(apps, Scripted.ok(nonsense));
      CommandResult typed = scene.typed(PAGES);
      assertThat(typed.code()).as(nonsense).isEqualTo(1);
      assertThat(typed.err()).as(nonsense).contains("GET ", "response").hasLineCount(1);
    }
    scene.sender().answer(apps, new Scripted(302, scene.inbox().url("/stolen")));
    assertThat(scene.typed(PAGES).err()).contains("a redirect (302), which is not followed");
    String page =
        "{\"data\":[{\"id\":\"app_1\",\"name\":\"A\"}],\"iterator\":\"app_1\",\"done\":false}";
    scene.sender().answer(apps, Scripted.ok(page));
    scene.sender().answer(apps + "&iterator=app_1", Scripted.ok(page));
    assertThat(scene.typed(PAGES).err()).contains("never ends");
    assertThat(scene.inbox().at("/stolen")).isEmpty();
    assertThat(scene.sites()).hasSize(1);
  }
}
