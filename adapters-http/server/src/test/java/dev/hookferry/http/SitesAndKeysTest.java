package dev.hookferry.http;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SitesAndKeysTest {
  private static final String SITES = "/api/v1/sites";
  private static final String KEYS = "/api/v1/keys";

  private final Served served = new Served();

  @AfterEach
  void close() {
    served.close();
  }

  @Test
  void sitesComeAndGo() {
    assertThat(served.post(SITES, "{\"id\":\"acme\"}").body())
        .isEqualTo("{\"id\":\"acme\",\"createdAt\":\"2026-01-01T12:00:00Z\"}");
    assertThat(served.post(SITES, "{\"id\":\"acme\"}").status()).isEqualTo(409);
    assertThat(served.get(SITES).json().path("data").findValuesAsText("id"))
        .containsExactlyInAnyOrder("acme", "default");
    assertThat(served.get("/api/v1/sites/acme/settings").status()).isEqualTo(200);
    assertThat(served.send("DELETE", SITES + "/acme", null).status()).isEqualTo(204);
    assertThat(served.get("/api/v1/sites/acme/settings").status()).isEqualTo(404);
    assertThat(served.send("DELETE", SITES + "/acme", null).status()).isEqualTo(404);
    assertThat(served.send("DELETE", SITES + "/default", null).status()).isEqualTo(409);
  }

  @Test
  void aBadSiteIsRefused() {
    for (String body : List.of("{}", "{\"id\":\"A b\"}", "{\"id\":1}", "{\"id\":\"\"}")) {
      assertThat(served.post(SITES, body).fields()).as(body).contains("id");
    }
    assertThat(served.post(SITES, "{\"id\":\"a\",\"title\":\"A\"}").fields())
        .containsExactly("title");
    assertThat(served.post(SITES, "{\"id\":\"a\",\"uid\":\"a b\"}").fields())
        .containsExactly("uid");
  }

  @Test
  void aSiteHasANameAUidAndNotes() {
    String more = "{\"id\":\"acme\",\"name\":\"Acme\",\"uid\":\"c.7\",\"metadata\":{\"k\":\"v\"}}";
    assertThat(served.post(SITES, more).status()).isEqualTo(201);
    String acme = SITES + "/acme";
    assertThat(served.get(acme).body()).contains(more.substring(1, more.length() - 1));
    assertThat(served.post(SITES, "{\"id\":\"b\",\"uid\":\"c.7\"}").status()).isEqualTo(409);
    assertThat(served.send("PATCH", acme, "{\"uid\":null,\"name\":\"A\"}").json().has("uid"))
        .isFalse();
    assertThat(served.get(acme).json().path("name").asText()).isEqualTo("A");
    assertThat(served.get(acme).json().at("/metadata/k").asText()).isEqualTo("v");
  }

  @Test
  void aKeyIsShownOnceAndWorksUntilItIsRemoved() {
    JsonNode made =
        served
            .post(
                KEYS, "{\"name\":\"shop\",\"scopes\":[\"read\",\"publish\"],\"site\":\"default\"}")
            .json();
    String id = made.path("id").asText();
    assertThat(made.path("key").asText()).startsWith("hf_");
    assertThat(made.path("scopes").toString()).isEqualTo("[\"publish\",\"read\"]");
    assertThat(served.get(KEYS).body()).contains(id).doesNotContain(made.path("key").asText());
    String list = Served.DEFAULT + "/events";
    String bearer = "Bearer " + made.path("key").asText();
    assertThat(served.send("GET", list, null, r -> r.setHeader("Authorization", bearer)).status())
        .isEqualTo(200);
    assertThat(
            served
                .send("GET", KEYS + "/self", null, r -> r.setHeader("Authorization", bearer))
                .body())
        .isEqualTo(
            "{\"id\":\""
                + id
                + "\",\"name\":\"shop\",\"scopes\":[\"publish\",\"read\"],\"site\":\"default\","
                + "\"createdAt\":\"2026-01-01T12:00:00Z\"}");
    assertThat(served.get(KEYS + "/self").json().path("scopes").toString())
        .isEqualTo("[\"admin\"]");
    assertThat(served.send("DELETE", KEYS + "/self", null).status()).isEqualTo(404);
    assertThat(served.send("DELETE", KEYS + "/" + id, null).status()).isEqualTo(204);
    assertThat(served.send("GET", list, null, r -> r.setHeader("Authorization", bearer)).status())
        .isEqualTo(401);
    assertThat(served.send("DELETE", KEYS + "/" + id, null).status()).isEqualTo(404);
  }

  @Test
  void theSystemTellsItsVersionItsStoreAndItsNodes() {
    JsonNode system = served.get("/api/v1/system").json();
    assertThat(system.path("version").asText()).isEqualTo("development");
    assertThat(system.path("store").asText()).startsWith("memory");
    assertThat(system.path("nodes").findValuesAsText("name")).singleElement().isNotNull();
    assertThat(system.path("pending").asLong()).isZero();
  }

  @Test
  void aBadKeyIsRefused() {
    assertThat(served.post(KEYS, "{}").fields()).contains("name", "scopes");
    assertThat(
            served
                .post(KEYS, "{\"name\":\"x\",\"scopes\":[\"root\",5],\"site\":\"No site\"}")
                .fields())
        .contains("scopes", "scopes[1]", "site");
    assertThat(served.post(KEYS, "{\"name\":\"\",\"scopes\":[]}").fields())
        .containsExactlyInAnyOrder("name", "scopes");
    String admin = "{\"name\":\"x\",\"scopes\":[\"admin\"],\"site\":\"default\"}";
    assertThat(served.post(KEYS, admin).fields()).containsExactly("site");
    String elsewhere = "{\"name\":\"x\",\"scopes\":[\"read\"],\"site\":\"nowhere\"}";
    assertThat(served.post(KEYS, elsewhere).status()).isEqualTo(404);
  }
}
