package dev.hookferry.app.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.hookferry.access.KeyFields;
import dev.hookferry.app.config.reading.ConfigException;
import dev.hookferry.app.config.reading.ConfigSources;
import dev.hookferry.app.config.reading.ServerConfigReader;
import dev.hookferry.endpoint.EndpointFields;
import dev.hookferry.field.ChoiceKind;
import dev.hookferry.field.FieldKind;
import dev.hookferry.field.FieldSpec;
import dev.hookferry.field.FieldTable;
import dev.hookferry.field.IntegerKind;
import dev.hookferry.field.ListKind;
import dev.hookferry.field.SpanKind;
import dev.hookferry.http.api.EndpointRoutes;
import dev.hookferry.http.wire.QueryFields;
import dev.hookferry.replay.ReplayFields;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;
import picocli.CommandLine.Model.ArgSpec;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Rules that hold for every command there is, read from the commands themselves. */
final class CommandModelTest {
  /** The options of fields that go by another name; empty for one that is no option here. */
  private static final Map<String, String> ENDPOINT =
      Map.ofEntries(
          Map.entry("eventTypes", "--type"),
          Map.entry("labels", "--label"),
          Map.entry("headers", "--header"),
          Map.entry("secretHeaders", "--secret-header"),
          Map.entry("signatures", "--signature"),
          Map.entry("limits", "--rate-limit"),
          Map.entry("onExhaustion", "--on-exhaustion"),
          Map.entry("clientCertificate", "--client-certificate"),
          Map.entry("trustedCa", "--trusted-ca"),
          Map.entry("qlmSecret", "--qlm-secret-file"),
          Map.entry("propagateTrace", "--propagate-trace"),
          Map.entry("successStatuses", "--success-status"),
          Map.entry("urlFrom", "--url-from"),
          Map.entry("managedBy", "--managed-by"),
          Map.entry("enabled", ""));

  private static final Pattern VARIABLE = Pattern.compile("HOOKFERRY_[A-Z_]+");

  static Stream<CommandLine> commands() {
    return UsageTest.commands();
  }

  @ParameterizedTest
  @MethodSource("commands")
  void endpointUrlIsNeverMistakenForTheServerUrl(CommandLine command) {
    CommandSpec spec = command.getCommandSpec();
    OptionSpec server = spec.findOption("--server");
    OptionSpec url = spec.findOption("--url");
    boolean isAboutEndpoints =
        spec.qualifiedName().startsWith("hookferry endpoints")
            || arguments(spec)
                .anyMatch(argument -> argument != server && argument != url && isUrl(argument));
    if (server == null || isAboutEndpoints) {
      assertThat(url == null || !url.description()[0].contains("--server")).isTrue();
    } else {
      assertThat(url).isNotNull();
      assertThat(url.description()).containsExactly("Same as --server.");
    }
    assertThat(arguments(spec).filter(argument -> argument != server))
        .noneMatch(argument -> String.valueOf(argument.defaultValue()).contains("HOOKFERRY_URL"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"/hook", "/a/b", "/?x=1", "/#x", "?token=hush"})
  void aServerHasNoPathAndNoQuery(String rest) {
    CommandResult typed =
        CommandResult.run("sites", "list", "--server", "http://127.0.0.1:1" + rest);
    assertThat(typed.code()).isEqualTo(2);
    assertThat(typed.err())
        .contains("--server: must be the server's address without a path or query")
        .contains("such as http://127.0.0.1:1;")
        .doesNotContain("hush");
    assertThat(CommandResult.run("sites", "list", "--url", "http://127.0.0.1:1/").err())
        .contains("no response from http://127.0.0.1:1");
  }

  @Test
  void whereAnEndpointHasAUrlTheServerHasItsOwnOption() {
    assertThat(CommandResult.run("endpoints", "list", "--url", "http://127.0.0.1:1").err())
        .startsWith("hookferry: unknown option --url; --server sets the server's address");
    assertThat(CommandResult.run("endpoints", "add", "--type", "*").err())
        .startsWith("hookferry: URL or --url is required");
  }

  @Test
  void theServerKnowsEveryVariableThatACommandDocuments() {
    TreeSet<String> variables = new TreeSet<>();
    commands()
        .map(CommandLine::getCommandSpec)
        .flatMap(CommandModelTest::texts)
        .forEach(
            text ->
                VARIABLE.matcher(text).results().map(MatchResult::group).forEach(variables::add));
    assertThat(variables).contains("HOOKFERRY_CA", "HOOKFERRY_URL", "HOOKFERRY_KEY");
    assertThat(variables)
        .allSatisfy(name -> assertThat(problems(name)).doesNotContain("not a known variable"));
  }

  static Stream<Arguments> tables() {
    FieldTable states =
        FieldTable.of(
            "", QueryFields.STATUS, QueryFields.TYPE, QueryFields.FIELD, QueryFields.STATUS_CODE);
    return Stream.of(
        Arguments.of("endpoints add", EndpointFields.CHANGE, ENDPOINT),
        Arguments.of("endpoints try", EndpointFields.CHANGE, ENDPOINT),
        Arguments.of("endpoints change", EndpointFields.CHANGE, ENDPOINT),
        Arguments.of("endpoints test", EndpointRoutes.TEST, Map.of()),
        Arguments.of("endpoints resume", EndpointRoutes.RESUMPTION, Map.of("perSecond", "--rate")),
        Arguments.of(
            "endpoints rotate-secret",
            EndpointRoutes.ROTATION,
            Map.of(
                "overlapSeconds",
                "--overlap",
                "secret",
                "--secret-file",
                "secretType",
                "--secret-type")),
        Arguments.of("keys add", KeyFields.NEW, Map.of("name", "", "scopes", "--scope")),
        Arguments.of(
            "replays start",
            ReplayFields.JOB,
            Map.of("statuses", "", "types", "", "statusCode", "--code", "fields", "--field")),
        Arguments.of("deliveries list", states, Map.of("statusCode", "--code")));
  }

  /** Each field of a request has an option, which names the words of a choice and the bounds. */
  @ParameterizedTest
  @MethodSource("tables")
  void everyFieldHasItsOption(String path, FieldTable table, Map<String, String> renamed) {
    CommandLine line = CommandLines.create();
    for (String name : path.split(" ")) {
      line = line.getSubcommands().get(name);
    }
    for (FieldSpec<?> field : table.fields()) {
      String option = renamed.getOrDefault(field.name(), "--" + field.name());
      if (!option.isEmpty()) {
        OptionSpec found = line.getCommandSpec().findOption(option);
        assertThat(found).as(option).isNotNull();
        String help = String.join(" ", found.description());
        assertThat(words(field, found)).as(option).allSatisfy(w -> assertThat(help).contains(w));
      }
    }
  }

  private static List<String> words(FieldSpec<?> field, OptionSpec option) {
    FieldKind<?> kind = field.kind() instanceof ListKind<?> list ? list.item() : field.kind();
    if (kind instanceof ChoiceKind choice) {
      return choice.words();
    }
    boolean bounded =
        kind instanceof SpanKind
            || (kind instanceof IntegerKind && option.paramLabel().equals("N"));
    return bounded ? List.of(kind.bounds()) : List.of();
  }

  private static String problems(String variable) {
    Path nowhere = Path.of("no-such-directory");
    try {
      var unused =
          ServerConfigReader.read(
              new ConfigSources(nowhere, null, Map.of(variable, "x"), Map.of()));
      return "";
    } catch (ConfigException e) {
      return String.valueOf(e.getMessage());
    }
  }

  private static boolean isUrl(ArgSpec argument) {
    return argument.paramLabel().contains("URL");
  }

  private static Stream<? extends ArgSpec> arguments(CommandSpec spec) {
    return spec.args().stream();
  }

  private static Stream<String> texts(CommandSpec spec) {
    return Stream.of(
            arguments(spec).map(argument -> String.valueOf(argument.defaultValue())),
            arguments(spec).flatMap(argument -> Arrays.stream(argument.description())),
            Arrays.stream(spec.usageMessage().description()),
            Arrays.stream(spec.usageMessage().footer()))
        .flatMap(text -> text);
  }
}
