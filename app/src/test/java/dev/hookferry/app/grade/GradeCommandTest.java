package dev.hookferry.app.grade;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookferry.app.cli.CommandResult;
import dev.hookferry.app.receiver.Received;
import dev.hookferry.app.receiver.Receiver;
import dev.hookferry.app.receiver.ReceiverReply;
import dev.hookferry.event.Payload;
import dev.hookferry.signing.SignatureCheck;
import dev.hookferry.signing.SignatureVerifier;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Receivers with one defect each, and what the report says about them. */
final class GradeCommandTest {
  private static final String QLM = "s3cr3t-of-the-site";
  private static final String STANDARD = "whsec_MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIz";
  private static final List<String> FORGED =
      List.of("wrong secret", "changed body", "no signature");
  private static final List<String> REPLAYED =
      List.of("old timestamp", "future timestamp", "fresh timestamp");

  private final SignatureVerifier verifier =
      new SignatureVerifier(InstantSource.system(), Duration.ofMinutes(5));
  private final List<Received> received = new ArrayList<>();
  private Function<Received, ReceiverReply> behaviour = request -> ReceiverReply.of(200);
  private Receiver receiver;

  @TempDir Path folder;

  @BeforeEach
  void start() throws IOException {
    receiver =
        Receiver.start(
            new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
            InstantSource.system(),
            this::take);
    Files.writeString(folder.resolve("qlm"), QLM + "\n");
    Files.writeString(folder.resolve("standard"), STANDARD + "\n");
  }

  @AfterEach
  void close() {
    receiver.close();
  }

  private synchronized ReceiverReply take(Received request) {
    received.add(request);
    return behaviour.apply(request);
  }

  @Test
  void aCorrectReceiverGetsAnA() throws IOException {
    behaviour = this::correct;
    CommandResult typed =
        grade("--secret-file", secret("qlm"), "--secret-file", secret("standard"));
    assertThat(typed.err()).isEmpty();
    assertThat(typed.code()).as(typed.out()).isZero();
    assertThat(typed.out())
        .startsWith("Grading " + url() + ", signed with X-QLM-Signature and webhook-signature")
        .contains("Grade A: It accepts what", "15 passed, 0 failed, 0 undecided.")
        .contains("whether it did the work twice cannot be seen from here")
        .doesNotContain("FAILED", "why: ", QLM, STANDARD);
    assertThat(received.get(1)).returns(received.get(0).event(), Received::event);
    assertThat(received.get(1).attempt()).isEqualTo("2");
    assertThat(received).anyMatch(request -> request.body().size() > 1 << 20);
  }

  @Test
  void aCarelessReceiverAcceptsEverything() throws IOException {
    JsonNode report =
        report(1, "--secret-file", secret("qlm"), "--secret-file", secret("standard"));
    assertThat(report.path("grade").asText()).isEqualTo("F");
    assertThat(failed(report)).containsExactlyElementsOf(join(FORGED, REPLAYED));
    assertThat(report.path("signatures")).hasSize(2);
    assertThat(CommandResult.run(line("--secret-file", secret("qlm"))).out())
        .contains("FAILED     wrong secret      200 in ")
        .contains("why: Anyone who knows the URL can send events.")
        .contains("see: docs/receivers.md, What a receiver must do");
  }

  @Test
  void aReceiverThatDoesNotLookAtTheTimeCanBeReplayed() throws IOException {
    SignatureVerifier timeless =
        new SignatureVerifier(InstantSource.system(), Duration.ofDays(365));
    behaviour = request -> reply(isValid(timeless, request, STANDARD) ? 200 : 401);
    JsonNode report = report(1, "--secret-file", secret("standard"));
    assertThat(report.path("grade").asText()).isEqualTo("D");
    assertThat(failed(report)).containsExactly("old timestamp", "future timestamp");
  }

  @Test
  void aReceiverThatIgnoresTheTimestampAcceptsReplays() throws IOException {
    behaviour = request -> reply(isValid(verifier, request, QLM) ? 200 : 401);
    JsonNode both = report(1, "--secret-file", secret("qlm"), "--secret-file", secret("standard"));
    assertThat(both.path("grade").asText()).isEqualTo("D");
    assertThat(failed(both)).containsExactlyElementsOf(REPLAYED);
    JsonNode one = report(0, "--secret-file", secret("qlm"));
    assertThat(one.path("grade").asText()).isEqualTo("B");
    assertThat(named(one, "undecided")).containsExactlyElementsOf(REPLAYED);
    assertThat(one.path("checks")).hasSize(14);
  }

  @Test
  void aReceiverThatFailsOnLargeBodiesLosesThem() throws IOException {
    behaviour = request -> request.body().size() > 100_000 ? reply(500) : correct(request);
    JsonNode report = report(1, "--secret-file", secret("standard"));
    assertThat(report.path("grade").asText()).isEqualTo("C");
    assertThat(failed(report)).containsExactly("large event");
  }

  @Test
  void aReceiverThatParsesBeforeItVerifiesFailsOnUnusualJson() throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    behaviour =
        request -> {
          try {
            byte[] again = mapper.writeValueAsBytes(mapper.readTree(request.body().toBytes()));
            Received parsed =
                new Received(request.at(), "POST", "/", request.headers(), Payload.wrap(again));
            return reply(isValid(verifier, parsed, STANDARD) ? 200 : 401);
          } catch (IOException e) {
            return reply(400);
          }
        };
    assertThat(failed(report(1, "--secret-file", secret("standard"))))
        .containsExactly("unusual json");
  }

  @Test
  void reportsWhichValidRequestsAReceiverRefuses() throws IOException {
    Set<String> seen = new HashSet<>();
    behaviour = request -> seen.add(request.event()) ? correct(request) : reply(409);
    assertThat(failed(report(1, "--secret-file", secret("standard"))))
        .containsExactly("repeated event");
    behaviour = request -> request.type().equals("test") ? correct(request) : reply(422);
    assertThat(failed(report(1, "--secret-file", secret("standard"))))
        .containsExactly("unknown type");
    behaviour = request -> request.attempt().equals("6") ? reply(400) : correct(request);
    assertThat(failed(report(1, "--secret-file", secret("standard"))))
        .containsExactly("late retry");
    behaviour =
        request ->
            request.header("webhook-signature").contains(" ") ? reply(401) : correct(request);
    assertThat(failed(report(1, "--secret-file", secret("standard"))))
        .containsExactly("two signatures");
  }

  @Test
  void aReceiverThatHangsIsAskedOnce() throws IOException {
    behaviour = request -> new ReceiverReply(200, ReceiverReply.NEVER);
    CommandResult typed = grade("--secret-file", secret("standard"), "--timeout", "300ms");
    assertThat(typed.code()).isEqualTo(1);
    assertThat(typed.out())
        .contains("FAILED     valid event       timeout: ")
        .contains("undecided  large event       not sent, because the valid event got no")
        .contains("Grade F: It does not accept a valid event.");
    assertThat(received).hasSize(1);
  }

  @Test
  void aSlowReceiverIsCalledSlow() throws IOException {
    behaviour =
        request ->
            received.size() == 1
                ? new ReceiverReply(200, Duration.ofMillis(1200))
                : correct(request);
    JsonNode report = report(1, "--secret-file", secret("standard"), "--timeout", "3s");
    assertThat(report.path("grade").asText()).isEqualTo("B");
    assertThat(failed(report)).containsExactly("quick response");
  }

  @Test
  void aReceiverThatRefusesEverythingIsNotCalledCareful() throws IOException {
    behaviour = request -> reply(404);
    JsonNode report = report(1, "--secret-file", secret("standard"));
    assertThat(report.path("grade").asText()).isEqualTo("F");
    assertThat(failed(report)).containsExactly("valid event");
    assertThat(named(report, "passed")).containsExactly("quick response");
    assertThat(report.path("checks").path(0).path("note").asText())
        .isEqualTo("it does not accept POST requests at this URL");
  }

  @Test
  void aReceiverThatCrashesOnForgedRequestsIsUndecided() throws IOException {
    behaviour =
        request -> request.header("webhook-signature").isEmpty() ? reply(500) : correct(request);
    JsonNode report = report(0, "--secret-file", secret("standard"));
    assertThat(report.path("grade").asText()).isEqualTo("B");
    assertThat(named(report, "undecided")).containsExactly("no signature");
  }

  @Test
  void aReceiverThatLimitsTheRateGetsNoGrade() throws IOException {
    behaviour = request -> reply(429);
    CommandResult typed = grade("--secret-file", secret("standard"));
    assertThat(typed.code()).isEqualTo(1);
    assertThat(typed.out())
        .contains("Grade none: ", "not sent, because the valid event was refused");
    assertThat(received).hasSize(1);
  }

  @Test
  void unreachableReceiverIsReportedAsFailed() throws IOException {
    receiver.close();
    CommandResult typed = grade("--secret-file", secret("standard"));
    assertThat(typed.code()).isEqualTo(1);
    assertThat(typed.out()).contains("FAILED     valid event       connect_error: ");
  }

  @Test
  void theEventsAreThoseThatWereAskedFor() throws IOException {
    Path data = Files.writeString(folder.resolve("data"), "{\"ActivationKey\": \"A1\" }\n");
    behaviour = this::correct;
    CommandResult typed =
        grade(
            "--secret-file=" + secret("standard"),
            "--type=license_created",
            "--data=" + data,
            "--envelope=standard");
    assertThat(typed.code()).as(typed.out() + typed.err()).isZero();
    assertThat(received.get(0).type()).isEqualTo("license_created");
    assertThat(received.get(0).body().text())
        .startsWith("{\"type\":\"license_created\",\"timestamp\":\"")
        .endsWith("\"data\":{\"ActivationKey\": \"A1\" }}");
  }

  @Test
  void aReceiverBehindAGatewayGetsItsHeadersWithEveryRequest() throws IOException {
    behaviour =
        request ->
            request.header("X-Api-Key").equals("gateway-key-1") ? correct(request) : reply(403);
    Path file = Files.writeString(folder.resolve("headers"), "X-Api-Key: gateway-key-1\n\n");
    String secret = "--secret-file=" + secret("standard");

    assertThat(grade(secret).out()).contains("Grade F: It does not accept a valid event.");
    assertThat(grade(secret, "--header", "X-Tenant: 7", "--headers", file.toString()).out())
        .contains("Grade A");
    assertThat(received.get(received.size() - 1).header("X-Tenant")).isEqualTo("7");
    behaviour = request -> new ReceiverReply(401, Duration.ZERO).with("X-Echo", "gateway-key-1");
    assertThat(grade(secret, "--json", "--header=X-Api-Key:gateway-key-1").out())
        .doesNotContain("gateway-key-1");
  }

  @Test
  void aHeaderThatNoEndpointMayHaveIsRefused() {
    String secret = "--secret-file=" + secret("standard");
    assertThat(grade(secret, "--header=nonsense", "--header=Host: x", "--header=A: ü").err())
        .contains("--header: must be like X-Tenant: 7")
        .contains("--header Host: is reserved")
        .contains("--header A: must have a value of visible ASCII");
    assertThat(grade(secret, "--header=X-A: 1", "--header=X-A: 2").err())
        .contains("--header X-A: is given twice");
    assertThat(received).isEmpty();
  }

  @Test
  void reportsAllUsageProblemsAtOnceAndSendsNothing() throws IOException {
    CommandResult several =
        CommandResult.run(
            "grade", "nowhere", "--timeout=1m", "--type=a..b", "--envelope=x", "--allow-network=y");
    assertThat(several.code()).isEqualTo(2);
    assertThat(several.err())
        .contains("URL: ", "--timeout: ", "--type: ", "--envelope: ", "--allow-network: ")
        .contains("--secret-file or --secret-env is required");
    String list = Files.writeString(folder.resolve("list"), "[]").toString();
    assertThat(grade("--secret-file=" + secret("qlm"), "--data=" + list).err())
        .contains("--data: must be a JSON object");
    assertThat(grade("--secret-file=" + secret("qlm"), "--secret-file=" + secret("qlm")).err())
        .contains("one whsec_ secret and one other at most");
    CommandResult blocked = CommandResult.run("grade", url(), "--secret-file=" + secret("qlm"));
    assertThat(blocked.code()).isEqualTo(2);
    assertThat(blocked.err()).contains("URL: must ", "here, --allow-network, --allow-http");
    assertThat(received).isEmpty();
  }

  @Test
  void aSecretThatTheReceiverRepeatsIsNotShown() throws IOException {
    behaviour = request -> new ReceiverReply(401, Duration.ZERO).with("X-Secret", STANDARD);
    CommandResult typed = grade("--secret-file", secret("standard"), "--json");
    assertThat(typed.out()).contains("\"result\": \"failed\"").doesNotContain(STANDARD);
  }

  private ReceiverReply correct(Received request) {
    boolean qlm = request.header("X-QLM-Signature").isEmpty() || isValid(verifier, request, QLM);
    return reply(qlm && isValid(verifier, request, STANDARD) ? 200 : 401);
  }

  private static boolean isValid(SignatureVerifier verifier, Received request, String secret) {
    return SignatureCheck.isTrusted(
        SignatureCheck.all(verifier, request.body(), request.headers(), List.of(secret)));
  }

  private static ReceiverReply reply(int status) {
    return ReceiverReply.of(status);
  }

  private String url() {
    return receiver.address() + "/hook";
  }

  private String secret(String name) {
    return folder.resolve(name).toString();
  }

  private String[] line(String... options) {
    return Stream.of(
            Stream.of("grade", url(), "--allow-network", "127.0.0.0/8", "--allow-http"),
            Arrays.stream(options))
        .flatMap(words -> words)
        .toArray(String[]::new);
  }

  private CommandResult grade(String... options) {
    return CommandResult.run(line(options));
  }

  private JsonNode report(int code, String... options) throws IOException {
    CommandResult typed =
        grade(Stream.concat(Stream.of("--json"), Arrays.stream(options)).toArray(String[]::new));
    assertThat(typed.code()).as(typed.out() + typed.err()).isEqualTo(code);
    return new ObjectMapper().readTree(typed.out());
  }

  private static List<String> failed(JsonNode report) {
    return named(report, "failed");
  }

  private static List<String> named(JsonNode report, String result) {
    List<String> names = new ArrayList<>();
    for (JsonNode check : report.path("checks")) {
      if (check.path("result").asText().equals(result)) {
        names.add(check.path("check").asText());
      }
    }
    return names;
  }

  private static List<String> join(List<String> one, List<String> other) {
    return Stream.concat(one.stream(), other.stream()).toList();
  }
}
