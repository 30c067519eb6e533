package com.example.orders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.springframework.test.web.servlet.request.MockMvcRequestBuilders.post;

import dev.hookferry.event.Payload;
import dev.hookferry.id.EventId;
import dev.hookferry.signing.StandardSecret;
import dev.hookferry.signing.StandardSignature;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.test.web.servlet.MockMvc;
import org.springframework.test.web.servlet.setup.MockMvcBuilders;

/** A forged, a malformed and an empty request get 401, an authentic one 204. */
class VerifyingReceiverTest {
  private static final String BODY = "{\"n\": 1.10}";

  private final StandardSecret secret = StandardSecret.generate(new Random(1));
  private final VerifyingReceiver receiver = new VerifyingReceiver(secret.reveal());
  private final MockMvc http = MockMvcBuilders.standaloneSetup(receiver).build();

  @Test
  void onlyAuthenticRequestsAreAccepted() throws Exception {
    Instant now = Instant.now();
    HttpHeaders headers = new HttpHeaders();
    headers.set("Webhook-Id", "evt_1");
    headers.set("Webhook-Timestamp", Long.toString(now.getEpochSecond()));
    headers.set(
        "Webhook-Signature",
        StandardSignature.of(new EventId("evt_1"), now, Payload.of(BODY), List.of(secret)));

    assertThat(status(BODY, headers)).isEqualTo(204);
    assertThat(status(BODY + " ", headers)).isEqualTo(401);
    assertThat(status("", headers)).isEqualTo(401);
    assertThat(status(BODY, new HttpHeaders())).isEqualTo(401);
    headers.set("Webhook-Timestamp", "x");
    assertThat(status(BODY, headers)).isEqualTo(401);
    assertThat(receiver.saved).containsExactly("evt_1 11");
  }

  private int status(String body, HttpHeaders headers) throws Exception {
    return http.perform(
            post("/hook").contentType(MediaType.APPLICATION_JSON).content(body).headers(headers))
        .andReturn()
        .getResponse()
        .getStatus();
  }
}
