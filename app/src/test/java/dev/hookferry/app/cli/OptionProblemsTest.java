package dev.hookferry.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Invalid options are reported together, before the server is called. */
final class OptionProblemsTest {
  private static String errors(String line) {
    CommandResult typed =
        CommandResult.run((line + " --server http://127.0.0.1:1 --key k").split(" "));
    assertThat(typed.code()).isEqualTo(2);
    return typed.err();
  }

  private static String problems(String... lines) {
    return Stream.of(lines)
        .reduce(
            "hookferry: " + lines.length + " problems:\n", (all, line) -> all + "  " + line + "\n");
  }

  @Test
  void reportsProblemsOfANewEndpoint() {
    assertThat(
            errors(
                "endpoints add https://x.example/ --type order.paid --rate-limit 10 --timeout 99s"
                    + " --order bykey --label foo --label bar --header baz --retry 5x"))
        .isEqualTo(
            problems(
                "--header: must be like X-Tenant: 7 (got baz)",
                "--retry: must be like 8:10:exponential, 5s,1m,30m or site (got 5x)",
                "--rate-limit: must be like 10/s, 600/min, 5000/h or site (got 10)",
                "--label: must be NAME=VALUE (got foo)",
                "--label: must be NAME=VALUE (got bar)",
                "--timeout: must be a duration from 1s to 30s, such as 15s (got 99s)",
                "--order: must be none or by-key (got bykey); did you mean by-key?"));
  }

  @Test
  void reportsProblemsOfLimits() {
    assertThat(errors("endpoints change crm --concurrency many --label foo"))
        .isEqualTo(
            problems(
                "--concurrency: must be a whole number from 1 to 1000 (got many)",
                "--label: must be NAME=VALUE (got foo)"));
    assertThat(errors("endpoints change crm --rate-limit site --concurrency 5"))
        .isEqualTo("hookferry: --concurrency: must not be given with --rate-limit site (got 5)\n");
  }

  @Test
  void reportsProblemsOfSecretFiles() {
    assertThat(errors("endpoints change crm --auth nofile --qlm-secret-file nofile"))
        .isEqualTo(
            problems("--qlm-secret-file: no such file: nofile", "--auth: no such file: nofile"));
    assertThat(errors("endpoints change crm --auth nofile --label foo"))
        .isEqualTo("hookferry: --label: must be NAME=VALUE (got foo)\n");
  }

  @Test
  void reportsProblemsOfAnEvent() {
    assertThat(
            errors(
                "send license_created {} --deliver-at yesterday --label foo --routing bar"
                    + " --timeout 5s"))
        .isEqualTo(
            problems(
                "--label: must be NAME=VALUE (got foo)",
                "--deliver-at: must be a time such as 2026-04-29T16:39:49Z, or + and a duration"
                    + " such as +10m (got yesterday)",
                "--routing: must be NAME=VALUE (got bar)",
                "--timeout: requires --wait"));
  }

  @Test
  void reportsProblemsOfAnEventType() {
    for (String verb : new String[] {"put", "add"}) {
      assertThat(errors("event-types " + verb + " order.new --policy blok --example {x").lines())
          .hasSize(3)
          .contains("  --policy: must be off, warn or block (got blok); did you mean block?")
          .anyMatch(line -> line.startsWith("  --example: must be JSON, or @ and a file name: "));
    }
  }

  @Test
  void reportsProblemsOfAList() {
    assertThat(errors("deliveries list --since yesterday --limit abc --endpoint nope"))
        .isEqualTo(
            problems(
                "--limit: must be a whole number from 1 to 100000 (got abc)",
                "--since: must be how long ago, such as 2h, a date such as 2026-04-29, or a time such as"
                    + " 2026-04-29T16:39:49Z (got yesterday)"));
  }
}
