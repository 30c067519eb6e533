package dev.hookferry.app.bench;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookferry.app.cli.CommandResult;
import dev.hookferry.app.config.StoreConfig;
import dev.hookferry.app.transfer.TransferStores;
import dev.hookferry.store.transfer.TransferSource;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class CopyBenchTest {
  @TempDir private Path folder;

  @Test
  void copiesThereAndBack() throws IOException {
    String store = "jdbc:h2:file:" + folder.resolve("h2");

    CommandResult bench =
        CommandResult.run("bench", "--copy=700", "--size=100", "--json", "--store", store);

    assertThat(bench.code()).as(bench.toString()).isZero();
    JsonNode report = new ObjectMapper().readTree(bench.out());
    for (String pass : new String[] {"fill", "filesToStore", "storeToFiles"}) {
      assertThat(report.path(pass).path("perSecond").asDouble()).as(pass).isPositive();
    }
    try (TransferSource source = TransferStores.source(StoreConfig.parse(store))) {
      assertThat(source.origin().deliveries()).isEqualTo(700);
      assertThat(source.origin().state()).contains("events=700 final=700 pending=0");
    }
  }

  @Test
  void saysWhatWasVerified() {
    CommandResult bench = CommandResult.run("bench", "--copy=500", "--size=64");

    assertThat(bench.code()).as(bench.toString()).isZero();
    assertThat(bench.out())
        .contains("files → file", "file → files")
        .contains("verified: 500 events, 500 deliveries and 550 attempts, three times");
  }

  @Test
  void refusesANonEmptyStore() {
    String store = "file:" + folder;
    assertThat(CommandResult.run("bench", "--copy=100", "--store", store).code()).isZero();

    CommandResult again = CommandResult.run("bench", "--copy=100", "--store", store);

    assertThat(again.code()).isNotZero();
    assertThat(again.err()).contains("is not empty");
  }

  @ParameterizedTest
  @ValueSource(strings = {"--copy=99", "--copy=100000001"})
  void refusesOtherNumbers(String option) {
    CommandResult bench = CommandResult.run("bench", option);

    assertThat(bench.code()).isNotZero();
    assertThat(bench.err()).contains("must be 100 to 100000000");
  }

  @Test
  void refusesTwoBenchesAtOnce() {
    assertThat(CommandResult.run("bench", "--copy", "--estate").err()).contains("--estate");
  }

  @Test
  void refusesAStoreThatForgets() {
    assertThat(CommandResult.run("bench", "--copy=100", "--store", "memory").err())
        .contains("--copy");
  }
}
