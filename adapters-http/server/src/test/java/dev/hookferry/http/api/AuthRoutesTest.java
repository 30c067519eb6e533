package dev.hookferry.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.NullNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import dev.hookferry.contract.support.Certificate;
import dev.hookferry.http.Served;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The field auth of endpoints over HTTP. */
class AuthRoutesTest {
  private static final String ENDPOINTS = "/api/v1/sites/default/endpoints";
  private static final String CLIENT =
      "{\"oauth2\":{\"tokenUrl\":\"https://login.example/token\",\"clientId\":\"hf\","
          + "\"clientSecret\":\"s3cret\",\"scope\":\"a\"}}";

  private final Served served = new Served();

  @AfterEach
  void close() {
    served.close();
  }

  @Test
  void showsWhatIsSetAndMasksSecrets() {
    Served.Answer made = create(CLIENT);
    assertThat(made.status()).as(made.body()).isEqualTo(201);
    assertThat(made.json().path("auth").toString())
        .isEqualTo(
            "{\"oauth2\":{\"tokenUrl\":\"https://login.example/token\",\"clientId\":\"hf\","
                + "\"clientSecret\":\"********\",\"scope\":\"a\",\"style\":\"basic\"}}");
    Served.Answer back =
        patch(made, "{\"auth\":" + made.json().path("auth") + ",\"description\":\"same\"}");
    assertThat(back.json().path("auth")).isEqualTo(made.json().path("auth"));
    assertThat(served.get("/api/v1/audit").body()).doesNotContain("s3cret");
  }

  @Test
  void absentKeepsAndNullRemoves() {
    Served.Answer made = create(CLIENT);
    assertThat(patch(made, "{\"auth\":{\"oauth2\":{\"scope\":null}}}").json().at("/auth/oauth2"))
        .noneMatch(value -> value.asText().equals("a"))
        .hasSize(4);
    assertThat(
            patch(made, "{\"auth\":{\"oauth2\":{}}}").json().at("/auth/oauth2/clientId").asText())
        .isEqualTo("hf");
    Served.Answer other = patch(made, "{\"auth\":{\"oauth2\":null,\"bearer\":{\"token\":\"t\"}}}");
    assertThat(other.json().path("auth").toString())
        .isEqualTo("{\"bearer\":{\"token\":\"********\"}}");
    assertThat(patch(made, "{\"auth\":null}").json().path("auth").isNull()).isTrue();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{}|auth|must have exactly one of basic, bearer and oauth2",
        "{\"basic\":{},\"bearer\":{}}|auth|must have exactly one of basic, bearer and oauth2",
        "{\"basic\":{\"username\":\"u\"}}|auth.basic.password|is missing: Password.",
        "{\"bearer\":{\"token\":\"a b\"}}|auth.bearer.token|must be visible ASCII",
        "{\"bearer\":{\"tokn\":\"a\"}}|auth.bearer.tokn|is not a known field",
        "{\"digest\":{}}|auth.digest|is not a known field",
        "{\"oauth2\":{\"style\":\"mtls\"}}|auth.oauth2.style|must be basic, post or private_key_jwt",
        "\"Bearer x\"|auth|must be an object or null",
      })
  void refusesTheRestByName(String auth, String field, String reason) {
    Served.Answer answer = create(auth);
    assertThat(answer.status()).isEqualTo(400);
    assertThat(answer.json().at("/errors/0/field").asText()).as(answer.body()).isEqualTo(field);
    assertThat(answer.json().at("/errors/0/reason").asText()).startsWith(reason);
  }

  @Test
  void showsAClientCertificateWithoutItsKey() {
    Served.Answer made = create("null");
    ObjectNode pair = JsonNodeFactory.instance.objectNode();
    pair.put("certificate", Certificate.GOOD.pem()).put("privateKey", Certificate.GOOD.keyPem());
    JsonNode shown = certificate(made, pair).json().path("clientCertificate");
    assertThat(shown.path("subject").asText()).isEqualTo("CN=good.example.com");
    assertThat(shown.path("privateKey").asText()).isEqualTo("********");
    assertThat(shown.path("notAfter").asText()).isEqualTo(Certificate.GOOD.expires().toString());
    Served.Answer back = certificate(made, shown);
    assertThat(back.status()).as(back.body()).isEqualTo(200);
    assertThat(back.json().path("clientCertificate")).isEqualTo(shown);

    pair.put("privateKey", Certificate.OTHER.keyPem());
    Served.Answer refused = certificate(made, pair);
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().at("/errors/0/field").asText())
        .isEqualTo("clientCertificate.privateKey");
    assertThat(certificate(made, NullNode.instance).json().path("clientCertificate").isNull())
        .isTrue();
    assertThat(patch(made, "{\"trustedCa\":\"x\"}").json().at("/errors/0/field").asText())
        .isEqualTo("trustedCa");
    assertThat(served.get("/api/v1/audit").body())
        .contains("CN=good.example.com, expires ")
        .doesNotContain("PRIVATE KEY");
  }

  private Served.Answer certificate(Served.Answer made, JsonNode value) {
    ObjectNode body = JsonNodeFactory.instance.objectNode();
    body.set("clientCertificate", value);
    return patch(made, body.toString());
  }

  private Served.Answer create(String auth) {
    return served.post(
        ENDPOINTS,
        "{\"url\":\"https://crm.example/hook\",\"eventTypes\":[\"*\"],\"auth\":" + auth + "}");
  }

  private Served.Answer patch(Served.Answer made, String body) {
    return served.send("PATCH", ENDPOINTS + "/" + made.json().path("id").asText(), body);
  }
}
