package dev.hookferry.app.server;

import static dev.hookferry.app.server.ImportScene.notes;
import static dev.hookferry.app.server.ImportScene.results;
import static dev.hookferry.app.server.Tenant.json;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.app.receiver.Received;
import dev.hookferry.app.server.ReplayedSender.Scripted;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Imports recorded servers of Outpost, Convoy, Hook0 and WebhookX, on several stores. */
final class SenderImportsTest {
  private static final String PROJECT = "01M8CN16G6EVP64BBXA9RZV8ZR";

  @TempDir private static Path stores;
  private static FreshStores fresh;

  @TempDir private Path folder;

  @BeforeAll
  static void open() {
    fresh = new FreshStores(stores);
  }

  @AfterAll
  static void close() throws IOException {
    fresh.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "h2", "postgresql"})
  void outpost(String store) throws IOException {
    try (ImportScene scene = new ImportScene(fresh.of(store), "outpost")) {
      JsonNode export = ReplayedSender.recording("outpost-export.json");
      scene.sender().calls(export, 0, 4).calls(export, 6, 7);
      assertThat(scene.typed().err()).contains("cannot list its tenants (501)", "--tenant");
      assertThat(scene.sites()).hasSize(1);
      String url = scene.inbox().url("/legacy");
      scene.sender().replacing("https://hooks.example.net/northwind/legacy", url);
      String[] tenants = {"--tenant", "northwind", "--tenant", "suedhaus"};
      JsonNode report = scene.report(0, tenants);
      assertThat(results(report)).hasSize(9).allMatch(line -> line.endsWith(" created"));
      assertOutpostEndpoints(scene, report);
      assertThat(report.toString()).contains("redirects are failures, not followed");
      scene.inbox().responding("/legacy", n -> 304);
      scene.site("northwind").publish("{\"type\":\"order.placed\",\"data\":{\"a\": \"<\"}}");
      Received request = scene.inbox().await("/legacy", 1).get(0);
      assertThat(request.header("X-Outpost-Signature")).matches("v0=[0-9a-f]{64},[0-9a-f]{64}");
      for (String secret : new String[] {"new-secret-2", "old-secret-1"}) {
        assertThat(ImportScene.verified(folder, request, "outpost", secret).out())
            .contains("X-Outpost-Signature valid");
      }
      scene.site("northwind").awaitDeliveries("delivered", 1);
      assertUnchanged(scene, tenants);
    }
  }

  private static void assertOutpostEndpoints(ImportScene scene, JsonNode report) {
    JsonNode orders = scene.endpoint("northwind", "outpost-d8076493-4424-415f-85c5-d1c03f1e1aca");
    assertThat(orders.path("eventTypes")).isEqualTo(json("['order.cancelled','order.placed']"));
    assertThat(orders.path("filter")).isEqualTo(json("{'amount':{'$gte':100}}"));
    assertThat(orders.path("headers"))
        .isEqualTo(
            json("{'X-Tenant':'northwind','Authorization':'********','X-Outpost-app':'shop'}"));
    assertThat(orders.path("signatures")).isEqualTo(json("['outpost']"));
    assertThat(orders.path("timeout").asText()).isEqualTo("5s");
    assertThat(orders.path("successStatuses")).isEqualTo(json("['2xx','300','304']"));
    assertThat(orders.path("retry"))
        .isEqualTo(json("{'maxRetries':10,'intervalSeconds':30,'backoff':'exponential'}"));
    assertThat(orders.path("metadata").path("owner").asText()).isEqualTo("ops");
    assertThat(
            scene
                .endpoint("northwind", "outpost-e3979782-d56d-4990-8c68-fc5258c19392")
                .path("enabled")
                .asBoolean())
        .isFalse();
    assertThat(notes(report, "suedhaus/6075573d-dbc3-49f2-b008-c01218999227"))
        .singleElement()
        .asString()
        .contains("aws_sqs");
    assertThat(notes(report, "northwind/a5d8d11b-341d-421f-9d6b-475b53ae8ac8"))
        .singleElement()
        .asString()
        .contains("30 more days");
  }

  private static void assertUnchanged(ImportScene scene, String... options) {
    int changes = scene.changes();
    assertThat(results(scene.report(0, options)))
        .isNotEmpty()
        .allMatch(line -> line.endsWith(" unchanged"));
    assertThat(scene.changes()).isEqualTo(changes);
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "h2", "postgresql"})
  void convoy(String store) throws IOException {
    try (ImportScene scene = new ImportScene(fresh.of(store), "convoy")) {
      JsonNode export = ReplayedSender.recording("convoy-export.json");
      scene.sender().calls(export, 0, 7).calls(export, 7, 10).replacing("{projectID}", PROJECT);
      String url = scene.inbox().url("/orders");
      scene.sender().replacing("https://hooks.example.net/northwind/orders?src=a", url);
      assertThat(scene.typed().code()).isEqualTo(2);
      JsonNode report = scene.report(0, "--project", PROJECT);
      assertThat(results(report))
          .hasSize(10)
          .contains("site import-samples created", "event_type order.placed created")
          .contains("endpoint import-samples/nw orders created")
          .allMatch(line -> line.endsWith(" created"));
      assertConvoyEndpoints(scene);
      assertThat(report.toString())
          .contains("about headers, query or path", "its contacts")
          .contains("the value of its header Authorization", "x-www-form-urlencoded")
          .contains("X-Acme-Request-Id", "redirects are failures")
          .doesNotContain("made-up-key-123", "tail-secret", "made-up-client-secret");
      scene
          .site("import-samples")
          .publish(
              "{\"type\":\"order.placed\",\"data\":{\"a\": 1},\"labels\":{\"owner\":\"northwind\"}}");
      Received request = scene.inbox().await("/orders", 1).get(0);
      String profile =
          "convoy mode=advanced header=X-Acme-Signature versions=sha256-hex,sha512-base64";
      assertThat(ImportScene.verified(folder, request, profile, "northwind-secret-1").out())
          .contains("X-Acme-Signature valid");
      assertUnchanged(scene, "--project", PROJECT);
      aNewCredentialIsMaskedWhateverItsName(scene);
    }
  }

  private static void aNewCredentialIsMaskedWhateverItsName(ImportScene scene) {
    scene.sender().replacing("\"header_name\":\"X-Api-Key\"", "\"header_name\":\"X-Shop\"");
    assertThat(results(scene.report(0, "--project", PROJECT)))
        .filteredOn(line -> line.endsWith(" updated"))
        .hasSize(1);
    JsonNode key = scene.endpoint("import-samples", "convoy-01M8CNKKS3B4B92M9B13J32PSY");
    assertThat(key.path("headers")).isEqualTo(json("{'X-Shop':'********'}"));
    assertThat(key.path("secretHeaders")).isEqualTo(json("['X-Shop']"));
    assertUnchanged(scene, "--project", PROJECT);
  }

  private static void assertConvoyEndpoints(ImportScene scene) {
    JsonNode orders = scene.endpoint("import-samples", "convoy-01M8CNKKRNA3A50KR87GRVMSXD");
    assertThat(orders.path("eventTypes")).isEqualTo(json("['order.cancelled','order.placed']"));
    assertThat(orders.path("labels")).isEqualTo(json("{'owner':'northwind'}"));
    assertThat(orders.path("successStatuses")).isEqualTo(json("['2xx']"));
    assertThat(orders.path("limits")).isEqualTo(json("{'perMinute':100}"));
    assertThat(orders.path("timeout").asText()).isEqualTo("25s");
    assertThat(orders.path("retry").path("schedule")).hasSize(11);
    assertThat(orders.path("retry").path("schedule").get(0).asText()).isEqualTo("10s");
    assertThat(orders.path("retry").path("schedule").get(10).asText()).isEqualTo("2h");
    assertThat(orders.path("signatures"))
        .isEqualTo(
            json(
                "[{'profile':'convoy','mode':'advanced','header':'X-Acme-Signature',"
                    + "'versions':'sha256-hex,sha512-base64'}]"));
    assertThat(orders.path("description").asText()).isEqualTo("orders and licences");
    JsonNode key = scene.endpoint("import-samples", "convoy-01M8CNKKS3B4B92M9B13J32PSY");
    assertThat(key.path("headers")).isEqualTo(json("{'X-Api-Key':'********'}"));
    JsonNode legacy = scene.endpoint("import-samples", "convoy-01M8CNKKRT4Q1RCR2VFCB4W2VM");
    JsonNode client = legacy.path("auth").path("oauth2");
    assertThat(client.path("tokenUrl").asText()).isEqualTo("https://auth.example.net/token");
    assertThat(client.path("clientId").asText()).isEqualTo("nw");
    assertThat(client.path("clientSecret").asText()).isEqualTo("********");
    assertThat(legacy.path("enabled").asBoolean()).isFalse();
    JsonNode filtered = scene.endpoint("import-samples", "convoy-01M8CNKKS0AY5RA3T5A7DFW127");
    assertThat(filtered.path("enabled").asBoolean()).isFalse();
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "h2", "postgresql"})
  void hook0(String store) throws IOException {
    try (ImportScene scene = new ImportScene(fresh.of(store), "hook0")) {
      scene.sender().calls(ReplayedSender.recording("hook0-export.json"), 0, 6);
      String url = scene.inbox().url("/licences");
      scene.sender().replacing("https://hooks.example.net/northwind/licences", url);
      JsonNode report = scene.report(0);
      assertThat(results(report)).hasSize(13).allMatch(line -> line.endsWith(" created"));
      JsonNode all = scene.endpoint("sudhaus", "hook0-65b7d90a-34df-40fc-b130-04df2995ff62");
      assertThat(all.path("labels").toString()).isEqualTo("{\"tenant\":\"suedhaus\"}");
      JsonNode licences = scene.endpoint("northwind", "hook0-a05a27a9-e767-43fc-83ee-2a67f1ba933f");
      assertThat(licences.path("labels")).isEqualTo(json("{'region':'eu','tenant':'northwind'}"));
      assertThat(licences.path("headers")).isEqualTo(json("{'authorization':'********'}"));
      assertThat(licences.path("signatures")).isEqualTo(json("['hook0']"));
      assertThat(licences.path("timeout").asText()).isEqualTo("15s");
      assertThat(licences.path("retry").path("schedule")).hasSize(24);
      assertThat(notes(report, "Northwind/7faa91cf-8487-40e2-a225-70160ce087bb"))
          .singleElement()
          .asString()
          .contains("the method PUT");
      scene
          .site("northwind")
          .publish(
              "{\"type\":\"lic.license.created\",\"data\":{\"a\":1},"
                  + "\"labels\":{\"region\":\"eu\",\"tenant\":\"northwind\",\"x\":\"y\"}}");
      Received request = scene.inbox().await("/licences", 1).get(0);
      String secret = "73888ec7-7bc1-4375-8829-e5c8316e5c6c";
      assertThat(ImportScene.verified(folder, request, "hook0", secret).out())
          .contains("x-hook0-signature valid");
      assertUnchanged(scene);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"memory", "h2", "postgresql"})
  void webhookx(String store) throws IOException {
    try (ImportScene scene = new ImportScene(fresh.of(store), "webhookx")) {
      scene.sender().calls(ReplayedSender.recording("webhookx-export.json"), 0, 4);
      String url = scene.inbox().url("/orders");
      scene.sender().replacing("https://hooks.example.net/northwind/orders?src=a", url);
      JsonNode report = scene.report(0);
      assertThat(results(report)).hasSize(8).allMatch(line -> line.endsWith(" created"));
      assertThat(report.toString()).contains("redirects are failures");
      String site = report.path("items").get(0).path("name").asText();
      assertThat(site).matches("default-[0-9a-f]{8}");
      JsonNode orders = scene.endpoint(site, "webhookx-3MerCaoV9He3Jor9g8OGx19Xvja");
      assertThat(orders.path("limits")).isEqualTo(json("{'perMinute':100}"));
      assertThat(orders.path("timeout").asText()).isEqualTo("25s");
      assertThat(orders.path("retry")).isEqualTo(json("{'schedule':['1m','1h','1d']}"));
      assertThat(orders.path("signatures")).isEqualTo(json("['webhookx']"));
      assertThat(orders.path("headers"))
          .isEqualTo(json("{'Authorization':'********','X-Tenant':'northwind'}"));
      assertThat(notes(report, "default/suedhaus-alles")).anyMatch(n -> n.contains("PUT"));
      JsonNode unsigned = scene.endpoint(site, "webhookx-3MerCdDCcHfPxfSbBX0a6mLBReI");
      assertThat(unsigned.path("signatures")).isEqualTo(json("['standard']"));
      scene.site(site).publish("{\"type\":\"order.placed\",\"data\":{\"a\": 1e3}}");
      Received request = scene.inbox().await("/orders", 1).get(0);
      assertThat(request.body().text()).isEqualTo("{\"a\": 1e3}");
      assertThat(ImportScene.verified(folder, request, "webhookx", "northwind-secret-1").out())
          .contains("Webhookx-Signature valid");
      assertUnchanged(scene);
      changedHeadersAreWrittenWhenAsked(scene);
    }
  }

  /** Secret values cannot be compared, so a run has to be told to write them. */
  private static void changedHeadersAreWrittenWhenAsked(ImportScene scene) {
    scene.sender().replacing("Basic bWFkZTp1cA==", "Basic b3RoZXI6eA==");
    assertThat(results(scene.report(0))).isNotEmpty().allMatch(line -> line.endsWith(" unchanged"));
    assertThat(results(scene.report(0, "--overwrite-secrets")))
        .filteredOn(line -> line.endsWith(" updated"))
        .containsExactly("endpoint default/northwind-orders updated");
    scene.sender().answer("/workspaces", Scripted.ok("{\"total\":2,\"data\":[]}"));
    assertThat(scene.typed().err()).contains("does not contain all workspaces");
  }
}
