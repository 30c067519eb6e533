package dev.hookferry.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.app.config.reading.ConfigKey;
import dev.hookferry.app.config.reading.ConfigKeys;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.OptionSpec;

final class UsageTest {
  private static final String NOWHERE = "--server=http://127.0.0.1:1";

  /** Built once: it takes longer to build than to use. */
  private static final CommandLine ALL = CommandLines.create();

  static Stream<CommandLine> commands() {
    return flat(ALL);
  }

  private static Stream<CommandLine> flat(CommandLine line) {
    return Stream.concat(
        Stream.of(line), line.getSubcommands().values().stream().flatMap(UsageTest::flat));
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandExplainsItself(CommandLine command) {
    List<String> args =
        new ArrayList<>(List.of(command.getCommandSpec().qualifiedName(" ").split(" ")));
    args.remove(0);
    args.add("--help");
    CommandResult typed = CommandResult.run(args.toArray(String[]::new));
    assertThat(typed.code()).isZero();
    assertThat(typed.err()).isEmpty();
    assertThat(typed.out()).startsWith("Usage: " + command.getCommandSpec().qualifiedName());
    assertThat(command.getCommandSpec().usageMessage().description()).isNotEmpty();
    assertThat(command.getCommandSpec().options())
        .allSatisfy(option -> assertThat(option.description()).as(option.toString()).isNotEmpty());
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandThatDoesSomethingCanSayItInJson(CommandLine command) {
    if (command.getSubcommands().isEmpty() && !command.getCommandSpec().helpCommand()) {
      assertThat(command.getCommandSpec().optionsMap()).containsKey("--json");
    }
  }

  @Test
  void onlyTheNamedCommandIsRead() {
    assertThat(known("sites", "list")).containsExactly("sites");
    assertThat(known("retry", "dlv_1")).containsExactly("deliveries");
    assertThat(known("keys", "master")).containsExactly("master-keys");
    assertThat(known("serve", "--port", "1")).containsExactly("serve");
    assertThat(verbs("endpoints", "list")).contains("list").doesNotContain("add", "show");
    assertThat(verbs("endpoints", "lst")).contains("list", "add", "show");
    List<String> all = known();
    assertThat(all).hasSizeGreaterThan(25).contains("demo", "help");
    assertThat(known("help", "sites")).isEqualTo(all);
    assertThat(known("--help")).isEqualTo(all);
    assertThat(known("stes")).isEqualTo(all);
    assertThat(known("--version")).isEmpty();
    assertThat(known("-V")).isEmpty();
    assertThat(known("--version", "stes")).isEqualTo(all);
  }

  private static List<String> verbs(String... args) {
    CommandLine noun = CommandLines.create(args).getSubcommands().get(args[0]);
    return List.copyOf(noun.getSubcommands().keySet());
  }

  private static List<String> known(String... args) {
    return List.copyOf(CommandLines.create(args).getSubcommands().keySet());
  }

  /** So that a service manager does not repeat the start. */
  @Test
  void aWrongConfigurationIsWrongUsage(@TempDir Path folder) throws IOException {
    Path file = Files.writeString(folder.resolve("hookferry.yaml"), "retenton: 90d\n");
    CommandResult typed = CommandResult.run("serve", "--config", file.toString());
    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err())
        .contains("line 1: retenton is not a known key; did you mean retention?");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "nonsense",
        "--nonsense",
        "endpoints lst",
        "send",
        "deliveries retry",
        "retry",
        "keys add x",
        "serve --nonsense",
        "serve --port 1 --port 2",
        "log --status-code abc",
        "listen --delay soon",
        "listen --port 65536",
        "listen --bind nowhere.invalid",
        "listen --status 99 --fail -1",
        "listen --count 0",
        "listen --strict",
        "grade https://crm.example/",
        "demo --port x",
        "settings change webHookMaxRetries",
        "endpoints add http://x --header X",
        "endpoints add http://x --retry 1",
        "endpoints change ep_1",
        "sites list --url nowhere",
        "deliveries list --limit 0",
        "bench --nodes 2",
        "bench --store nowhere",
        "bench --heap much",
        "bench --endpoints 1 --hanging 10",
        "replays start",
        "replays start --until 1h",
        "replays start --since 1h --status broken",
        "deliveries cancel dlv_1 -o csv",
        "deliveries list --json -o csv",
        "deliveries list -o xml",
        "endpoints remove ep_1",
        "sites remove acme",
        "settings change",
        "settings change webHookMaxRetries=1 webHookMaxRetries=2",
        "settings change --secret-env HOOKFERRY_TEST_NOT_SET",
        "endpoints add http://x --secret-file a --secret-env PATH",
        "endpoints add http://x --qlm-secret-file a --qlm-secret-env PATH",
        "help nonsense",
        "help endpoints nonsense",
        "verify pom.xml",
        "verify pom.xml --secret x --at noon",
        "verify pom.xml --secret whsec_x"
      })
  void wrongUsageIsTwo(String line) {
    CommandResult typed = CommandResult.run(line.split(" "));
    assertThat(typed.code()).as(typed.err()).isEqualTo(2);
    assertThat(typed.err())
        .startsWith("hookferry: ")
        .doesNotContain("\tat ")
        .doesNotContainPattern("[a-z]Exception");
    assertThat(typed.out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource({
    "sned, unknown command sned; did you mean send?",
    "list, 'unknown command list; a noun comes first, as in endpoints list'",
    "delete, 'unknown command delete; a noun comes first, as in endpoints delete'",
    "ddl, 'unknown command ddl; a noun comes first, as in outboxes ddl'",
    "endpoints lst, unknown command lst; did you mean list?",
    "serve --prot 1, unknown option --prot; did you mean --port?",
    "serve --stor=x, unknown option --stor; did you mean --store?",
    "serve --tls-certificate a --tls-key b, unknown option --tls-certificate; did you mean"
        + " --tls-cert?",
    "endpoints list --since 2h, unknown option --since",
    "serve extra, unexpected argument extra",
    "listen --port x, '--port: must be from 0 to 65535 (got x)'",
    "settings chnge --site x, unknown command chnge; did you mean change?",
    "settings chnge -o csv, unknown command chnge; did you mean change?",
    "import svyx --from http://x, unknown command svyx; did you mean svix?",
    "endpoints list --limit, --limit needs a value",
    "deliveries list -o xml, '--output: must be text, json, csv or wide (got xml)'",
    "endpoints resume ep_1 --rate x, '--rate: must be a whole number (got x)'",
    "completion ksh, 'SHELL: must be bash, zsh or fish (got ksh)'",
    "serve --port 1 --port 2, '--port: must be given only once'",
    "endpoints add http://x --url http://y --type *, give only one of URL and --url",
    "endpoints filter-test ep_1 --last 1 --event e, give only one of --last and --event",
    "endpoints add http://x --no-auth, unknown option --no-auth",
    "status, unknown command status; did you mean system?",
    "webhooks list, unknown command webhooks; did you mean endpoints?",
    "help sned, unknown command sned; did you mean send?",
    "help endpoints ad, unknown command ad; did you mean add?",
  })
  void wrongUsageIsReportedInOurWords(String line, String text) {
    CommandResult typed = CommandResult.run(line.split(" "));
    assertThat(typed.err().lines()).first().isEqualTo("hookferry: " + text);
    assertThat(typed.err()).contains("--help");
  }

  @ParameterizedTest
  @CsvSource({
    "log --since yesterday, '--since: must be how long ago, such as 2h, a date such as"
        + " 2026-04-29, or a time such as 2026-04-29T16:39:49Z (got yesterday)'",
    "log --code abc, '--code: must be a whole number from 100 to 599 (got abc)'",
    "log --status-code abc, '--status-code: must be a whole number from 100 to 599 (got abc)'",
    "alerts test, 'alerts: no recipient is set: set alerts.email.to, alerts.slack or alerts.teams'",
    "sites remove acme, '--yes is required: there is no terminal to ask'",
    "endpoints list --limit abc, '--limit: must be a whole number from 1 to 100000 (got abc)'",
    "endpoints list --limit 0, '--limit: must be a whole number from 1 to 100000 (got 0)'",
    "replays start --since 1h --rate 0 -y, '--rate: must be a whole number from 1 to 1000 (got 0)'",
    "endpoints add http://x --type * --retry 5x, '--retry: must be like 8:10:exponential, 5s,1m,30m"
        + " or site (got 5x)'",
    "events list --label x, '--label: must be NAME=VALUE (got x)'",
    "portal link c-17 --label x, '--label: must be NAME=VALUE (got x)'",
    "portal link c-17 --locale xx, '--locale: must be de, en or fr (got xx)'",
    "portal set-image foo pom.xml, 'IMAGE: must be logo-light, logo-dark or icon (got foo)'",
    "send license_created nofile, 'FILE: no such file, and not JSON: nofile'",
    "endpoints change ep_1 --auth nofile, '--auth: no such file: nofile'",
    "properties change nofile, 'FILE: no such file: nofile'",
    "send license_created {} --deliver-at foo, '--deliver-at: must be a time such as"
        + " 2026-04-29T16:39:49Z, or + and a duration such as +10m (got foo)'",
    "send license_created {} --data {}, '--data: must not be given together with FILE'",
    "send license_created --data @nofile, '--data: no such file: nofile'",
    "send license_created {} --timeout 5s, '--timeout: requires --wait'",
    "send license_created {} --tracestate a=b, '--tracestate: requires --traceparent'",
    "deliveries retry dlv_1 --timeout 5s, '--timeout: requires --wait'",
    "settings change x, 'NAME=VALUE: must be like webHookMaxRetries=3 (got x)'",
    "endpoints rotate-secret ep_1 --overlap 99d, '--overlap: must be at most 30d (got 99d)'",
    "endpoints add http://x --type * --header secret=x, '--header: must be like X-Tenant: 7 (got"
        + " secret=…)'",
    "replays start --since 1h --missing --yes, '--missing: requires --endpoint'",
    "keys add x --scope read --site a --all-sites, '--all-sites: must not be given with --site'",
    "problems mute ep_1 --for 100d, '--for: must be at most 90d (got 100d)'",
    "problems mute ep_1 --for 0s, '--for: must be longer than 0s (got 0s)'",
    "sites change acme, 'nothing to change; give an option such as --name Acme'",
    "store ddl --dialect oracle, '--dialect: must be postgresql, mariadb (for MySQL too) or h2 (got"
        + " oracle)'",
    "verify pom.xml, 'a secret is required: give --secret-file or --secret-env'",
  })
  void missingArgumentsAreReportedBeforeTheServerIsCalled(String line, String text) {
    CommandResult typed =
        CommandResult.run(
            (line + (line.matches("(verify|alerts|store) .*") ? "" : " " + NOWHERE)).split(" "));
    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err()).isEqualToIgnoringNewLines("hookferry: " + text);
  }

  /** Commands without a verb, and the verbs of one. */
  static Stream<CommandLine> nounsAndSomeVerbs() {
    return commands()
        .filter(
            command ->
                command.getCommandSpec().qualifiedName(" ").matches("\\S+( \\S+| events .*)?"));
  }

  @ParameterizedTest
  @MethodSource("nounsAndSomeVerbs")
  void helpKnowsEveryCommand(CommandLine command) {
    String words = command.getCommandSpec().qualifiedName(" ");
    CommandResult typed =
        CommandResult.run(ALL, words.replaceFirst("hookferry", "help").split(" "));
    assertThat(typed.code()).isZero();
    assertThat(typed.err()).isEmpty();
    assertThat(typed.out()).startsWith("Usage: " + words);
  }

  static Stream<Arguments> aliases() {
    return CommandAliases.NAMES.entrySet().stream()
        .map(alias -> Arguments.of(alias.getKey(), alias.getValue()));
  }

  @ParameterizedTest
  @MethodSource("aliases")
  void anAliasIsTheCommandItself(String alias, String name) {
    CommandResult asked = CommandResult.run(("help " + alias).split(" "));
    assertThat(asked.code()).isZero();
    assertThat(asked.out()).startsWith("Usage: hookferry " + name + " ");
    CommandResult own = CommandResult.run((name + " --help").split(" "));
    assertThat(CommandResult.run((alias + " --help").split(" "))).isEqualTo(own);
  }

  @Test
  void theHelpHasEveryCommandUnderAHeading() {
    String help = CommandResult.run("--help").out();
    assertThat(help.lines()).contains("Events and deliveries:", "Configuration:");
    assertThat(ALL.getSubcommands().keySet())
        .allSatisfy(name -> assertThat(help).containsPattern("(?m)^  " + name + " "));
  }

  @Test
  void problemsOfOptionsComeTogether() {
    assertThat(CommandResult.run("listen", "--status=99", "--fail=-1", "--count=0").err())
        .contains("--status: must be from 200", "--fail: must be 0 or", "--count: must be 1 or");
  }

  @Test
  void aFileThatCannotBeUsedIsNamed(@TempDir Path folder) {
    String missing = folder.resolve("x").toString();
    assertThat(CommandResult.run("verify", missing, "--secret", "s").err())
        .isEqualToIgnoringNewLines("hookferry: BODY: no such file: " + missing);
    assertThat(CommandResult.run("send", "license_created", folder.toString()).err())
        .startsWith("hookferry: FILE: " + folder + " cannot be read: ");
  }

  @Test
  void errorsDoNotNameJavaClasses(@TempDir Path folder) throws IOException {
    String pem = Files.writeString(folder.resolve("ca.pem"), "nothing").toString();
    String missing = folder.resolve("missing.pem").toString();
    String inside = folder.resolve("ca.pem/below").toString();
    assertThat(
            List.of(
                CommandResult.run("sites", "list", "--ca", pem).err(),
                CommandResult.run("sites", "list", "--ca", missing).err(),
                CommandResult.run("bench", "--out", inside).err(),
                CommandResult.run("master-keys", "add", inside).err(),
                CommandResult.run("verify", folder.toString(), "--secret-env", "PATH").err(),
                CommandResult.run("serve", "--config", "a\u0000b").err()))
        .allSatisfy(
            text ->
                assertThat(text)
                    .startsWith("hookferry: ")
                    .doesNotContainPattern("[a-z]Exception|java\\."));
  }

  @Test
  void unreachableServerIsExitCode6AndOneLine() {
    CommandResult typed = CommandResult.run("sites", "list", "--url", "http://127.0.0.1:1");
    assertThat(typed.code()).isEqualTo(6);
    assertThat(typed.err().lines())
        .singleElement()
        .asString()
        .contains("no response from http://127.0.0.1:1", "HOOKFERRY_URL");
    assertThat(CommandResult.run("sites", "list", "--url", "http://nowhere.invalid").err())
        .contains("(unknown host)");
  }

  @Test
  void invalidPortIsAUsageError() {
    for (String port : List.of("99999", "0")) {
      CommandResult typed =
          CommandResult.run("sites", "list", "--server", "http://127.0.0.1:" + port);
      assertThat(typed.code()).isEqualTo(2);
      assertThat(typed.err())
          .isEqualTo("hookferry: --server: the port must be from 1 to 65535 (got " + port + ")\n");
    }
  }

  @Test
  void invalidKeyIsNeverShown() {
    String url = "http://127.0.0.1:1";
    CommandResult broken = CommandResult.run("sites", "list", "--url", url, "--key", "hush\nhush");
    assertThat(broken.code()).isEqualTo(2);
    assertThat(broken.err()).contains("--key: must be visible ASCII").doesNotContain("hush");
    CommandResult ended = CommandResult.run("sites", "list", "--url", url, "--key", "hush\n");
    assertThat(ended.err()).contains("no response from").doesNotContain("hush");
    CommandResult named = CommandResult.run("sites", "list", "--url", "http://me:hush@127.0.0.1:1");
    assertThat(named.err()).contains("--url: must not contain a user name").doesNotContain("hush");
  }

  @Test
  void serveHasAFlagForEveryNonSecretKey() {
    CommandLine serve = CommandLines.create().getSubcommands().get("serve");
    for (ConfigKey<?> key : ConfigKeys.ALL) {
      OptionSpec option = serve.getCommandSpec().findOption(String.valueOf(key.flag()));
      assertThat(option == null).as(key.name()).isEqualTo(key.isSecret());
    }
  }

  @Test
  void printsTheConfigurationWithItsOrigins() {
    CommandResult typed =
        CommandResult.run(
            "serve",
            "--print-config",
            "--port=9",
            "--allow-network",
            "10.0.0.0/8,127.0.0.0/8",
            "--allow-network=fd00::/8",
            "--allow-http",
            "--allow-port",
            "9200");
    assertThat(typed.code()).as(typed.err()).isZero();
    assertThat(typed.out().lines().map(line -> line.replaceAll(" +", " ")))
        .contains(
            "KEY VALUE FROM",
            "port 9 flag --port",
            "outbound.allowNetworks 10.0.0.0/8, 127.0.0.0/8, fd00::/8 flag --allow-network",
            "outbound.allowHttp true flag --allow-http",
            "outbound.allowPorts 9200 flag --allow-port",
            "retention 90d default")
        .hasSize(1 + ConfigKeys.ALL.size());
    CommandResult json = CommandResult.run("serve", "--print-config", "--json", "--behind-proxy");
    assertThat(json.out())
        .contains("\"behindProxy\": {", "\"from\": \"flag --behind-proxy\"", "\"value\": \"text\"");
  }

  @Test
  void theVersionIsThatOfTheBuild() {
    assertThat(CommandResult.run("version").out())
        .matches("hookferry \\d+\\.\\d+\\.\\d+\\S* on Java .*\\R");
    assertThat(CommandResult.run("--version")).isEqualTo(CommandResult.run("version"));
    assertThat(CommandResult.run("-V")).isEqualTo(CommandResult.run("version"));
    assertThat(CommandResult.run("version", "--json").out()).contains("\"version\": \"");
  }
}
