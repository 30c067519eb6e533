package dev.hookferry.app.server;

import static dev.hookferry.app.server.ImportScene.results;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.app.cli.Typed;
import dev.hookferry.app.server.ReplayedSender.Scripted;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Imports five hundred endpoints of a made-up Svix into a store in files. */
final class LargeImportTest {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final String APP = "/api/v1/app/app_big/endpoint";
  private static final int ENDPOINTS = 500;

  @TempDir private Path folder;

  @Test
  void fiveHundredEndpointsAreImportedAndFoundAgain() {
    try (ImportScene scene = new ImportScene("file:" + folder, "svix")) {
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
    }
  }

  @Test
  void aRunThatStopsInTheMiddleSaysSoAndTheNextCompletesIt() {
    try (ImportScene scene = new ImportScene("file:" + folder, "svix")) {
      record(scene);
      Typed stopped;
      try (FailingGateway gateway = new FailingGateway(scene.server(), 100)) {
        stopped = scene.typed("--server", gateway.url());
      }
      assertThat(stopped.code()).isEqualTo(1);
      assertThat(stopped.err()).contains("the import is incomplete", "run it again to complete it");
      assertThat(stopped.out()).contains("endpoints: 100 created");
      JsonNode report = scene.report(0);
      assertThat(results(report)).filteredOn(r -> r.endsWith(" unchanged")).hasSize(101);
      assertThat(results(report)).filteredOn(r -> r.endsWith(" created")).hasSize(400);
    }
  }

  /** Pages of 250, each endpoint with a secret and a header. */
  private static void record(ImportScene scene) {
    ReplayedSender sender = scene.sender();
    sender.answer(
        "/api/v1/event-type?limit=250&include_archived=true&with_content=true",
        Scripted.ok("{\"data\":[],\"iterator\":null,\"done\":true}"));
    sender.answer(
        "/api/v1/app?limit=250",
        Scripted.ok(
            "{\"data\":[{\"id\":\"app_big\",\"name\":\"Big\"}],\"iterator\":\"app_big\",\"done\":true}"));
    for (int page = 0; page < ENDPOINTS; page += 250) {
      ObjectNode body = JSON.createObjectNode();
      var data = body.putArray("data");
      for (int i = page; i < page + 250; i++) {
        String id = "ep_" + i;
        data.addObject().put("id", id).put("url", "http://127.0.0.1:9/" + i).put("uid", "u" + i);
        sender.answer(
            APP + "/" + id + "/secret",
            Scripted.ok("{\"key\":\"whsec_YWNtZS1jcm0tc2Vjb25kLW1hZGUtdXAtMjRi\"}"));
        sender.answer(
            APP + "/" + id + "/headers",
            Scripted.ok("{\"headers\":{\"X-Number\":\"" + i + "\"},\"sensitive\":[]}"));
      }
      body.put("iterator", "ep_" + (page + 249)).put("done", page > 0);
      String path = APP + "?limit=250" + (page == 0 ? "" : "&iterator=ep_249");
      sender.answer(path, Scripted.ok(body.toString()));
    }
  }
}
