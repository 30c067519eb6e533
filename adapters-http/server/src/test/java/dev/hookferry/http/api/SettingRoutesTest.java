package dev.hookferry.http.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import dev.hookferry.http.Served;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SettingRoutesTest {
  private static final String SETTINGS = Served.DEFAULT + "/settings";
  private static final String PROPERTIES = Served.DEFAULT + "/server-properties";

  private final Served served = new Served();

  @AfterEach
  void close() {
    served.close();
  }

  @Test
  void settingsAreReadByTheirNamesInOrder() {
    assertThat(served.get(SETTINGS).body())
        .isEqualTo(
            "{\"webHooksEnabled\":true,\"webHookMaxRetries\":5,\"webHookRetryInterval\":300,"
                + "\"webHookSecretKey\":\"\",\"retryBackoff\":\"fixed\",\"retrySchedule\":[],"
                + "\"envelope\":\"qlm\","
                + "\"qlmEventTypeField\":\"EventType\",\"qlmLicenseField\":\"LicenseInfo\","
                + "\"qlmCustomerField\":\"CustomerInfo\",\"eventTypes\":[],"
                + "\"hideQlmEventTypes\":false,\"openCatalog\":false,\"attemptTimeout\":\"\",\"endpointRate\":\"\",\"endpointConcurrency\":0,\"egress\":\"\",\"searchFields\":[],\"portal\":{\"enabled\":false}}");
  }

  @Test
  void aChangeIsAnsweredWithWhatHoldsNowAndSecretsStayHidden() {
    Served.Answer changed =
        served.send(
            "PATCH",
            SETTINGS,
            "{\"webHookMaxRetries\":7,\"webHookSecretKey\":\"s3cr3t\",\"envelope\":\"raw\","
                + "\"eventTypes\":[\"order.paid\",\"a-b\"]}");
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.json().path("webHookMaxRetries").asInt()).isEqualTo(7);
    assertThat(changed.json().path("webHookSecretKey").asText()).isEqualTo("********");
    assertThat(changed.json().path("eventTypes").toString()).isEqualTo("[\"a-b\",\"order.paid\"]");
    assertThat(changed.body()).doesNotContain("s3cr3t");
    assertThat(served.get(SETTINGS).body()).isEqualTo(changed.body());
    served.send("PATCH", SETTINGS, changed.body());
    assertThat(served.get(SETTINGS).body()).isEqualTo(changed.body());
    assertThat(
            served
                .post(Served.DEFAULT + "/events", "{\"type\":\"order.paid\",\"data\":1}")
                .status())
        .isEqualTo(202);
  }

  @Test
  void aMistypedHostIsAWarningOfTheChangeAlone() {
    served.transport.unresolvable("crn.example");
    Served.Answer changed =
        served.send("PUT", PROPERTIES, "{\"license_created\":\"https://crn.example/x\"}");
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.json().path("license_created").asText()).isEqualTo("https://crn.example/x");
    assertThat(changed.json().path("warnings").toString())
        .isEqualTo("[\"the name crn.example does not resolve at this moment\"]");
    assertThat(served.get(PROPERTIES).json().has("warnings")).isFalse();
  }

  @Test
  void aLostPatternIsAWarningAndAReplySentBackChangesNothing() {
    served.post(
        Served.DEFAULT + "/endpoints", "{\"url\":\"https://all.example/\",\"eventTypes\":[\"*\"]}");
    Served.Answer same = served.send("PUT", PROPERTIES, served.get(PROPERTIES).body());
    assertThat(same.body()).isEqualTo(served.get(PROPERTIES).body());

    Served.Answer fixed = served.send("PUT", PROPERTIES, "{\"license_created\":\"\"}");
    assertThat(fixed.json().path("warnings").path(0).asText())
        .startsWith("the subscription of https://all.example/ to * becomes a fixed list:");
    Served.Answer again = served.send("PUT", PROPERTIES, fixed.body());
    assertThat(again.status()).isEqualTo(200);
    assertThat(again.body()).isEqualTo(served.get(PROPERTIES).body());
  }

  @Test
  void nullsKeepPresentValuesAndUnknownSettingsAreRefused() {
    served.send("PATCH", SETTINGS, "{\"eventTypes\":[\"order.paid\"]}");
    assertThat(
            served
                .send("PATCH", SETTINGS, "{\"eventTypes\":null,\"webHookMaxRetries\":7}")
                .json()
                .path("eventTypes"))
        .hasSize(1);
    assertThat(served.send("PATCH", SETTINGS, "{\"nonsense\":null}").fields())
        .containsExactly("nonsense");
  }

  @Test
  void aScheduleIsSetAndEndedByItsName() {
    String schedule = "{\"retrySchedule\":[\"5s\",\"5m\",\"120m\"]}";
    Served.Answer set = served.send("PATCH", SETTINGS, schedule);
    assertThat(set.json().path("retrySchedule").toString()).isEqualTo("[\"5s\",\"5m\",\"2h\"]");
    assertThat(set.json().path("webHookMaxRetries").asInt()).isEqualTo(3);
    assertThat(served.send("PATCH", SETTINGS, set.body()).body()).isEqualTo(set.body());

    for (String bad :
        List.of(
            "[\"soon\"]",
            "[5]",
            "[\"31d\"]",
            "\"5s\"",
            "[\"5s\"],\"webHookMaxRetries\":7",
            "[\"5s\"],\"retryBackoff\":\"exponential\"")) {
      Served.Answer refused = served.send("PATCH", SETTINGS, "{\"retrySchedule\":" + bad + "}");
      assertThat(refused.status()).as(bad).isEqualTo(400);
      assertThat(refused.fields()).as(bad).containsOnly("retrySchedule");
    }
    assertThat(served.get(SETTINGS).body()).isEqualTo(set.body());

    JsonNode ended = served.send("PATCH", SETTINGS, "{\"retrySchedule\":[]}").json();
    assertThat(ended.path("retrySchedule")).isEmpty();
    assertThat(ended.path("webHookMaxRetries").asInt()).isEqualTo(3);
    assertThat(ended.path("webHookRetryInterval").asInt()).isEqualTo(300);
  }

  @Test
  void aBadChangeNamesEverythingAndChangesNothing() {
    String before = served.get(SETTINGS).body();
    Served.Answer refused =
        served.send(
            "PATCH",
            SETTINGS,
            "{\"webHookMaxRetries\":-1,\"webHookRetryInterval\":1.5,\"webHooksEnabled\":1,"
                + "\"envelope\":{\"a\":1},\"eventTypes\":[1],\"webHookMaxRetrys\":2}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.fields())
        .containsExactlyInAnyOrder(
            "webHookMaxRetries",
            "webHookRetryInterval",
            "webHooksEnabled",
            "envelope",
            "eventTypes",
            "webHookMaxRetrys");
    assertThat(refused.body()).contains("did you mean webHookMaxRetries?");
    String three = "{\"retrySchedule\":[\"5x\"],\"webHookMaxRetries\":-1,\"envelope\":\"foo\"}";
    assertThat(served.send("PATCH", SETTINGS, three).fields())
        .containsExactlyInAnyOrder("retrySchedule", "webHookMaxRetries", "envelope");
    for (String body :
        List.of(
            "",
            "[]",
            "{\"webHookSecretKey\":\"a\\u0000\"}",
            "{\"webHookMaxRetries\":99999999999999999999}",
            "{\"webHookMaxRetries\":1e999999999}",
            "{\"envelope\":\"raw\",\"envelope\":\"qlm\"}")) {
      assertThat(served.send("PATCH", SETTINGS, body).status()).as(body).isEqualTo(400);
    }
    assertThat(served.get(SETTINGS).body()).isEqualTo(before);
  }

  @Test
  void urlsSeparatedByCommasAreRefused() {
    String list = "{\"license_created\":\"https://a.example/x,https://b.example/y\"}";
    for (Served.Answer refused :
        List.of(served.send("PUT", PROPERTIES, list), served.post(PROPERTIES + "/preview", list))) {
      assertThat(refused.status()).isEqualTo(400);
      assertThat(refused.fields()).containsExactly("license_created");
      assertThat(refused.body()).contains("a comma comes before another http:// or https://");
    }
    assertThat(served.get(PROPERTIES).json().path("license_created").asText()).isEmpty();
  }

  @Test
  void serverPropertiesComeBackAsTheyWereWritten() {
    Served.Answer changed =
        served.send(
            "PUT",
            PROPERTIES,
            "{\"license_created\":\"https://crm.example/hook; https://mail.example/in ;\","
                + "\"customer_deleted\":\"https://crm.example/hook\",\"webHookMaxRetries\":3,"
                + "\"webHooksEnabled\":\"true\",\"webHookSecretKey\":\"s3cr3t\"}");
    assertThat(changed.status()).isEqualTo(200);
    assertThat(changed.json().path("license_created").asText())
        .isEqualTo("https://crm.example/hook;https://mail.example/in");
    assertThat(changed.body()).doesNotContain("s3cr3t");
    assertThat(served.get(PROPERTIES).body()).isEqualTo(changed.body());
    assertThat(served.get(Served.DEFAULT + "/endpoints").json().path("data")).hasSize(2);
  }

  @Test
  void badServerPropertiesAreRefusedAsAWhole() {
    String before = served.get(PROPERTIES).body();
    Served.Answer refused =
        served.send(
            "PUT",
            PROPERTIES,
            "{\"license_created\":\"ftp://x/y;https://ok.example/\",\"license_deleted\":\"no url\","
                + "\"customer_created\":5,\"webHookMaxRetries\":-1,\"nonsense\":\"1\"}");
    assertThat(refused.status()).isEqualTo(400);
    assertThat(refused.json().path("errors").size()).isGreaterThanOrEqualTo(5);
    assertThat(served.get(PROPERTIES).body()).isEqualTo(before);
  }
}
