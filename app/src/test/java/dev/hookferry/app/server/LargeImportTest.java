package dev.hookferry.app.server;

import static dev.hookferry.app.server.ImportScene.results;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.cli.CommandResult;
import dev.hookferry.app.receiver.Received;
import dev.hookferry.app.server.ReplayedSender.Scripted;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.util.Base64;
import java.util.List;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Imports a hundred endpoints of a made-up Svix, five hundred in {@code .ci/run}. Their receivers
 * verify as they did before, with code that is not Hookferry's.
 */
final class LargeImportTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String APP = "/api/v1/app/app_big/endpoint";
  private static final int ENDPOINTS = Integer.getInteger("import.endpoints", 100);
  private static final int PAGE = ENDPOINTS / 2;

  @TempDir private static Path folder;
  private static FreshStores stores;

  @BeforeAll
  static void open() {
    stores = new FreshStores(folder);
  }

  @AfterAll
  static void close() throws IOException {
    stores.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"file", "h2", "postgresql"})
  @EnabledIfSystemProperty(named = "thorough", matches = "true")
  void manyEndpointsAreImportedAndTheirReceiversNoticeNothing(String store)
      throws GeneralSecurityException {
    try (ImportScene scene = new ImportScene(stores.of(store), "svix")) {
      record(scene);
      JsonNode report = scene.report(0);
      assertThat(results(report)).hasSize(ENDPOINTS + 1).allMatch(r -> r.endsWith(" created"));
      List<JsonNode> all = scene.site("big").all("endpoints");
      assertThat(all).hasSize(ENDPOINTS);
      assertThat(all).extracting(endpoint -> endpoint.path("uid").asText()).doesNotHaveDuplicates();
      int changes = scene.changes();
      assertThat(results(scene.report(0)))
          .hasSize(ENDPOINTS + 1)
          .allMatch(r -> r.endsWith(" unchanged"));
      assertThat(scene.changes()).isEqualTo(changes);

      String body = "{\"amount\": 1.10}";
      scene.site("big").publish("{\"type\":\"invoice.paid\",\"data\":" + body + "}");
      for (int i = 0; i < ENDPOINTS; i++) {
        Received request = scene.inbox().await("/" + i, 1).get(0);
        assertThat(request.body().text()).isEqualTo(body);
        assertThat(request.header("X-Number")).isEqualTo("" + i);
        String signed =
            request.header("svix-id") + '.' + request.header("svix-timestamp") + '.' + body;
        assertThat(request.header("svix-signature")).isEqualTo("v1," + hmac(key(i), signed));
      }
    }
  }

  private static byte[] key(int endpoint) {
    return ("made-up-secret-of-24-b-" + endpoint).getBytes(StandardCharsets.UTF_8);
  }

  private static String hmac(byte[] key, String text) throws GeneralSecurityException {
    Mac mac = Mac.getInstance("HmacSHA256");
    mac.init(new SecretKeySpec(key, "HmacSHA256"));
    byte[] digest = mac.doFinal(text.getBytes(StandardCharsets.UTF_8));
    return Base64.getEncoder().encodeToString(digest);
  }

  @Test
  void aRunThatStopsInTheMiddleSaysSoAndTheNextCompletesIt() {
    try (ImportScene scene = new ImportScene(stores.of("file"), "svix")) {
      record(scene);
      CommandResult stopped;
      try (FailingGateway gateway = new FailingGateway(scene.server(), ENDPOINTS / 5)) {
        stopped = scene.typed("--server", gateway.url());
      }
      assertThat(stopped.code()).isEqualTo(1);
      assertThat(stopped.err()).contains("the import is incomplete", "run it again to complete it");
      assertThat(stopped.out()).contains("endpoints: " + ENDPOINTS / 5 + " created");
      JsonNode report = scene.report(0);
      assertThat(results(report))
          .filteredOn(r -> r.endsWith(" unchanged"))
          .hasSize(ENDPOINTS / 5 + 1);
      assertThat(results(report))
          .filteredOn(r -> r.endsWith(" created"))
          .hasSize(ENDPOINTS * 4 / 5);
    }
  }

  /** Two pages; each endpoint has a secret and a header. */
  private static void record(ImportScene scene) {
    ReplayedSender sender = scene.sender();
    sender.answer(
        "/api/v1/event-type?limit=250&include_archived=true&with_content=true",
        Scripted.ok("{\"data\":[],\"iterator\":null,\"done\":true}"));
    sender.answer(
        "/api/v1/app?limit=250",
        Scripted.ok(
            "{\"data\":[{\"id\":\"app_big\",\"name\":\"Big\"}],\"iterator\":\"app_big\",\"done\":true}"));
    for (int page = 0; page < ENDPOINTS; page += PAGE) {
      ObjectNode body = JSON.createObjectNode();
      var data = body.putArray("data");
      for (int i = page; i < page + PAGE; i++) {
        String id = "ep_" + i;
        String url = scene.inbox().url("/" + i);
        data.addObject().put("id", id).put("url", url).put("uid", "u" + i);
        String secret = Base64.getEncoder().encodeToString(key(i));
        sender.answer(
            APP + "/" + id + "/secret", Scripted.ok("{\"key\":\"whsec_" + secret + "\"}"));
        sender.answer(
            APP + "/" + id + "/headers",
            Scripted.ok("{\"headers\":{\"X-Number\":\"" + i + "\"},\"sensitive\":[]}"));
      }
      body.put("iterator", "ep_" + (page + PAGE - 1)).put("done", page > 0);
      String path = APP + "?limit=250" + (page == 0 ? "" : "&iterator=ep_" + (PAGE - 1));
      sender.answer(path, Scripted.ok(body.toString()));
    }
  }
}
