package dev.hookferry.file.config;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.contract.support.ConfigSamples;
import dev.hookferry.contract.support.Samples;
import dev.hookferry.file.MemoryDisk;
import dev.hookferry.file.SimulatedDisk;
import dev.hookferry.file.disk.Disk;
import dev.hookferry.file.disk.FailStop;
import dev.hookferry.id.SiteId;
import dev.hookferry.site.Site;
import dev.hookferry.site.SiteSettings;
import dev.hookferry.store.StoreException;
import dev.hookferry.store.StoreStoppedException;
import dev.hookferry.store.UnknownOutcomeException;
import dev.hookferry.store.config.Config;
import dev.hookferry.store.config.ConfigChange;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The file that holds the configuration. */
class ConfigFileTest {
  private static final int SMALL = 3_000;

  private final MemoryDisk disk = new MemoryDisk();

  private static ConfigFile open(Disk disk) {
    try {
      return new ConfigFile(disk, new FailStop(disk), SMALL);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  private static Config save(ConfigFile file, ConfigChange... changes) {
    Config before = file.load();
    assertThat(file.save(List.of(changes), before.version())).contains(before.version() + 1);
    return before.after(List.of(changes));
  }

  private static ConfigChange put(String site) {
    return new ConfigChange.PutSite(
        new Site(new SiteId(site), SiteSettings.DEFAULT, Samples.START));
  }

  private String text() {
    return new String(disk.get(ConfigFile.NAME), StandardCharsets.UTF_8);
  }

  private List<String> json() {
    return SealedLines.json(disk.get(ConfigFile.NAME));
  }

  /** Writes the file once more with the JSON changed and right checksums, as a version could. */
  private void rewrite(UnaryOperator<String> change) {
    disk.put(ConfigFile.NAME, SealedLines.of(json().stream().map(change).toList()));
  }

  @Test
  void hasALineForEachChangeThatAPersonCanRead() {
    ConfigFile file = open(disk);
    save(file, put("acme"));
    save(file, put("umbrella"), new ConfigChange.RemoveSite(new SiteId("acme")));

    assertThat(text()).startsWith("0000000000000001 00000000 ").endsWith("]}\n");
    assertThat(json())
        .satisfiesExactly(
            head ->
                assertThat(head)
                    .isEqualTo(
                        "{\"kind\":\"snapshot\",\"format\":1,\"version\":0,\"resources\":0}"),
            first ->
                assertThat(first)
                    .startsWith(
                        "{\"kind\":\"change\",\"version\":1,\"changes\":[{\"kind\":\"site\","
                            + "\"id\":\"acme\",\"value\":{\"id\":\"acme\",\"createdAt\":"),
            second -> assertThat(second).endsWith(",{\"kind\":\"site\",\"id\":\"acme\"}]}"));
  }

  @Test
  void changeAddsOneLineRegardlessOfTheFileSize() {
    ConfigFile file = open(disk);
    for (int i = 0; i < 200; i++) {
      save(file, put("site-" + i));
    }
    ConfigFile large = open(disk);
    int before = disk.get(ConfigFile.NAME).length;

    save(large, put("site-7"));

    assertThat(disk.get(ConfigFile.NAME).length - before).isLessThan(600);
  }

  @Test
  void isRewrittenBeforeItsChangesOutgrowItsContent() throws IOException {
    ConfigFile file = open(disk);
    Config expected = save(file, ConfigSamples.everything().toArray(ConfigChange[]::new));
    int longest = 0;
    for (int i = 0; i < 300; i++) {
      expected = save(file, put("site-" + i % 10));
      longest = Math.max(longest, disk.get(ConfigFile.NAME).length);
      if (i % 20 == 0) {
        assertThat(open(disk.copy()).load()).isEqualTo(expected);
      }
    }
    file.close();

    assertThat(longest).isLessThan(7 * SMALL);
    assertThat(json().get(0)).doesNotContain("\"version\":0");
    assertThat(open(disk).load()).isEqualTo(expected).isEqualTo(file.load());
  }

  @Test
  void aTornLastLineWasNeverAnsweredAndIsCutOff() {
    ConfigFile file = open(disk);
    Config first = save(file, put("one"));
    int whole = disk.get(ConfigFile.NAME).length;
    Config second = save(file, put("two"));
    byte[] all = disk.get(ConfigFile.NAME);
    for (int length = whole; length <= all.length; length++) {
      MemoryDisk torn = disk.copy();
      torn.put(ConfigFile.NAME, Arrays.copyOf(all, length));
      ConfigFile after = open(torn);
      Config found = length == all.length ? second : first;
      assertThat(after.load()).as("of length " + length).isEqualTo(found);
      Config more = save(after, put("three"));
      assertThat(open(torn).load()).isEqualTo(more);
    }
  }

  @Test
  void noBitFlipsUnnoticed() {
    ConfigFile file = open(disk);
    save(file, put("one"));
    save(file, put("two"));
    Config last = save(file, put("three"));
    byte[] whole = disk.get(ConfigFile.NAME);
    int lastBegins =
        new String(whole, 0, whole.length - 1, StandardCharsets.UTF_8).lastIndexOf('\n');
    for (int i = 0; i < whole.length * 8; i++) {
      byte[] flipped = whole.clone();
      flipped[i / 8] ^= (byte) (1 << i % 8);
      MemoryDisk damaged = disk.copy();
      damaged.put(ConfigFile.NAME, flipped);
      if (i / 8 >= lastBegins) {
        // Like a torn end: nobody can tell whether it was ever whole.
        assertThat(open(damaged).version()).as("bit " + i).isLessThan(last.version());
      } else {
        assertThatThrownBy(() -> open(damaged))
            .as("bit " + i)
            .isInstanceOf(StoreException.class)
            .hasMessageContaining(ConfigFile.NAME)
            .hasMessageContaining("damaged")
            .hasMessageContaining("backup");
      }
    }
  }

  @Test
  void refusesWhatANewerVersionWroteAndSaysWhere() {
    save(open(disk), put("acme"));
    byte[] right = disk.get(ConfigFile.NAME);

    rewrite(line -> line.replace("\"webHooksEnabled\"", "\"novelty\":{},\"webHooksEnabled\""));
    assertThatThrownBy(() -> open(disk))
        .isInstanceOf(StoreException.class)
        .hasMessageStartingWith("line 2 of config.changes in memory cannot be read: ")
        .hasMessageContaining("changes[0].value.novelty is unknown to this version")
        .hasMessageContaining("start that one");
    disk.put(ConfigFile.NAME, right);
    rewrite(line -> line.replace("\"kind\":\"site\"", "\"kind\":\"planet\""));
    assertThatThrownBy(() -> open(disk)).hasMessageContaining("changes[0].kind cannot be planet");
    disk.put(ConfigFile.NAME, right);
    rewrite(line -> line.replace("\"format\":1", "\"format\":2"));
    assertThatThrownBy(() -> open(disk))
        .hasMessageContaining("its format is unknown to this version");
    disk.put(ConfigFile.NAME, right);
    rewrite(line -> line.replace("\"maxRetries\":5", "\"maxRetries\":1001"));
    assertThatThrownBy(() -> open(disk))
        .hasMessageContaining("must be a whole number from 0 to 1000");
    disk.put(ConfigFile.NAME, right);
    rewrite(line -> line.replace("\"version\":1", "\"version\":2"));
    assertThatThrownBy(() -> open(disk)).hasMessageContaining("does not follow version 0");
  }

  @ParameterizedTest
  @EnumSource(MemoryDisk.Fault.class)
  void keepsWhatWasAnsweredWhateverTheDiskDoes(MemoryDisk.Fault fault) {
    for (int before = 0; before <= 25; before++) {
      MemoryDisk failing = new MemoryDisk();
      ConfigFile file = open(failing);
      Config answered = save(file, put("first"));
      try {
        for (int i = 0; i < 30; i++) {
          if (i == before) {
            failing.fail(fault, 1);
          }
          answered = save(file, put("site-" + i % 3));
        }
      } catch (UnknownOutcomeException | StoreStoppedException e) {
        assertThatThrownBy(() -> file.save(List.of(), 1)).isInstanceOf(StoreStoppedException.class);
      } catch (StoreException e) {
        assertThat(file.load()).isEqualTo(answered);
        answered = save(file, put("again"));
      }
      failing.fail(fault, 0);
      Config kept = open(failing.afterPowerFailure()).load();
      assertThat(kept.version()).isBetween(answered.version(), answered.version() + 1);
      assertThat(open(failing).load().version()).isGreaterThanOrEqualTo(answered.version());
    }
  }

  @Test
  void everyCrashImageHasEveryChangeThatWasAnswered() {
    for (int seed = 1; seed <= 20; seed++) {
      Random random = new Random(seed);
      MemoryDisk memory = new MemoryDisk();
      SimulatedDisk simulated = new SimulatedDisk(memory);
      ConfigFile file = open(simulated);
      List<Config> states = new ArrayList<>(List.of(Config.EMPTY));
      for (int i = 0; i < 30; i++) {
        List<MemoryDisk> crashes = new ArrayList<>();
        memory.afterChange(() -> crashes.add(simulated.crash(random)));
        int number = i;
        ConfigChange[] changes =
            IntStream.range(0, 1 + random.nextInt(4))
                .mapToObj(n -> put("site-" + random.nextInt(1 + number) + "-" + n))
                .toArray(ConfigChange[]::new);
        Config before = states.get(i);
        Config after = save(file, changes);
        memory.afterChange(() -> {});
        states.add(after);
        for (MemoryDisk crash : crashes) {
          assertThat(open(crash).load()).as("seed " + seed).isIn(before, after);
          assertThat(open(crash).load()).as("opened again").isIn(before, after);
        }
        assertThat(open(simulated.crash(random)).load()).as("answered").isEqualTo(after);
      }
    }
  }
}
