package dev.hookferry.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.access.Scope;
import dev.hookferry.http.Served;
import dev.hookferry.secret.EnvelopeCipher;
import dev.hookferry.secret.MasterKeySource;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MasterKeyRoutesTest {
  private static final String KEYS = "/api/v1/master-keys";
  private static final String ENDPOINT =
      """
      {"url":"https://crm.example/hook","eventTypes":["*"],
       "headers":{"X-Team":"blue","X-Way":"in"},"secretHeaders":["X-Team"]}
      """;

  private final MasterKeySource keys = MasterKeySource.inMemory(new Random(1));
  private final Served served = new Served(new EnvelopeCipher(keys, new Random(2)));

  @AfterEach
  void close() {
    served.close();
  }

  @Test
  void aRotationPutsEverySecretUnderANewKey() {
    JsonNode made = served.post(Served.DEFAULT + "/endpoints", ENDPOINT).json();
    assertThat(made.path("headers").toString())
        .isEqualTo("{\"X-Team\":\"********\",\"X-Way\":\"in\"}");
    assertThat(made.path("secretHeaders").toString()).isEqualTo("[\"X-Team\"]");
    String first = keys.read().get(0).id();
    assertThat(served.get(KEYS).body())
        .isEqualTo(
            "{\"newest\":\""
                + first
                + "\",\"state\":\"sealed\",\"unsealed\":0,\"stale\":0,\"keys\":[{\"id\":\""
                + first
                + "\",\"secrets\":3,\"here\":true}]}");

    JsonNode rotated = served.post(KEYS + "/rotate", "{}").json();

    String second = keys.read().get(1).id();
    assertThat(rotated.path("rewrapped").asInt()).isEqualTo(1);
    assertThat(rotated.path("newest").asText()).isEqualTo(second);
    assertThat(rotated.path("keys").findValuesAsText("secrets")).containsExactly("0", "3");
    assertThat(served.get("/healthz").body())
        .startsWith("{\"status\":\"alive\",\"secrets\":\"sealed\",");
    assertThat(served.get("/metrics").body())
        .contains("hookferry_secrets_stale 0.0", "hookferry_secrets_unsealed 0.0");
  }

  @Test
  void onlyAdminsCanRotateAndOnlyWithAMasterKey() {
    try (Served plain = new Served()) {
      assertThat(plain.get("/healthz").body()).contains("\"secrets\":\"unsealed\"");
      assertThat(plain.get(KEYS).json().path("state").asText()).isEqualTo("unsealed");
      Served.Answer refused = plain.post(KEYS + "/rotate", "{}");
      assertThat(refused.status()).isEqualTo(409);
      assertThat(refused.body()).contains("no master key is configured");
    }
    String manager = "Bearer " + served.key(null, Scope.MANAGE);
    for (String[] call : new String[][] {{"GET", KEYS}, {"POST", KEYS + "/rotate"}}) {
      assertThat(
              served
                  .send(call[0], call[1], null, r -> r.setHeader("Authorization", manager))
                  .status())
          .isEqualTo(403);
    }
  }
}
