package dev.hookferry.app.cli.listing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.junit.jupiter.api.Test;

/** How values of the API look in tables. */
class TableListingTest {
  @Test
  void aListShowsItsObjects() throws JsonProcessingException {
    String signatures =
        "[\"standard\",{\"profile\":\"github\",\"until\":\"2031-01-31T00:00:00Z\"}]";
    assertThat(TableListing.text(new ObjectMapper().readTree(signatures)))
        .isEqualTo("standard,github until=2031-01-31T00:00:00Z");
  }
}
