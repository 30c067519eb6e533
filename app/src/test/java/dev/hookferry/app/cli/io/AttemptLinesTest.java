package dev.hookferry.app.cli.io;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookferry.app.cli.listing.AttemptLines;
import org.junit.jupiter.api.Test;

class AttemptLinesTest {
  private static final String LINE =
      "2026-04-29T16:39:49.120Z  test                attempt 1   delivered 200       12 ms "
          + " http://a/";

  private static JsonNode attempt(String more) throws JsonProcessingException {
    String json =
        """
        {'startedAt':'2026-04-29T16:39:49.120Z','eventType':'test','number':1,'outcome':'delivered',
         'statusCode':200,'durationMillis':12,'error':null,'url':'http://a/'%s}
        """;
    return new ObjectMapper().readTree(json.formatted(more).replace('\'', '"'));
  }

  @Test
  void describeTheTimingAndTheResponse() throws JsonProcessingException {
    JsonNode attempt =
        attempt(
            ",'timing':{'waitingMillis':0.002,'dnsMillis':null,'connectMillis':2,'tlsMillis':null,"
                + "'firstByteMillis':9.5,'restMillis':0.498},"
                + "'responseHeaders':[{'name':'Date','value':'now'},{'name':'X','value':''}],"
                + "'response':{'body':'"
                + "y".repeat(501)
                + "\\n'}");

    assertThat(AttemptLines.details(attempt))
        .containsExactly(
            LINE,
            "    waited 0.002 ms, connect 2.000 ms, first byte 9.500 ms, rest 0.498 ms",
            "    Date: now",
            "    X: ",
            "    response: " + "y".repeat(500) + "…");
  }

  @Test
  void nameTheEgressBeforeTheTimes() throws JsonProcessingException {
    JsonNode attempt =
        attempt(",'egress':'eu','timing':{'waitingMillis':1,'connectMillis':2,'proxyMillis':3}");
    assertThat(AttemptLines.details(attempt))
        .containsExactly(LINE, "    egress eu: waited 1.000 ms, connect 2.000 ms, proxy 3.000 ms");
  }

  @Test
  void describeTheOutcomeOfAnAttempt() throws JsonProcessingException {
    assertThat(AttemptLines.result(attempt(""))).isEqualTo("attempt 1: HTTP 200 after 12 ms");
    assertThat(AttemptLines.advice(attempt(",'advice':null"))).isEmpty();

    JsonNode failed = attempt(",'advice':'Do.','outcome':'timeout','statusCode':null,'error':'no'");
    assertThat(AttemptLines.result(failed)).isEqualTo("attempt 1 failed: timeout after 12 ms: no");
    assertThat(AttemptLines.advice(failed)).contains("    advice: Do.");
  }

  @Test
  void sayNothingOfWhatIsNotKnown() throws JsonProcessingException {
    assertThat(
            AttemptLines.details(attempt(",'timing':null,'response':null,'responseHeaders':null")))
        .containsExactly(LINE);
    assertThat(AttemptLines.details(attempt(""))).containsExactly(LINE);
  }
}
