package dev.hookferry.app.cli.listing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EndpointListingTest {
  @ParameterizedTest
  @CsvSource({
    "working, 0, , working",
    "working, 1, , retrying: 1 failure",
    "rate_limited, 9, , retrying: 9 failures",
    "rate_limited, 2, 2026-04-29T17:01:00Z, rate limited",
    "rate_limited, 10, , rate limited",
    "failing, 10, , failing",
  })
  void anEndpointWhoseReceiverAskedForAPauseIsRateLimited(
      String state, int failures, @Nullable String until, String words) {
    ObjectNode health = JsonNodeFactory.instance.objectNode();
    health.put("state", state).put("failures", failures).put("until", until);
    assertThat(EndpointListing.words(health)).isEqualTo(words);
  }
}
