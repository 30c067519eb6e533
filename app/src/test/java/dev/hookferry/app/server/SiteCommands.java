package dev.hookferry.app.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.hookferry.app.cli.CommandResult;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;

/** Tests of commands with a server that answers; each has a site and a receiver of its own. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class SiteCommands {
  final ServerFixture fixture = new ServerFixture("memory");
  Tenant tenant;
  String hook;
  String url;

  @BeforeEach
  final void newSite() {
    tenant = fixture.tenant();
    hook = tenant.path("hook").text();
    url = fixture.inbox().url(hook);
  }

  @AfterAll
  final void close() {
    fixture.close();
  }

  final String site() {
    return tenant.path().text().split("/")[2];
  }

  /** Runs a command on the site, which must succeed. */
  final CommandResult done(String... args) {
    CommandResult typed = onSite(args);
    assertThat(typed.code()).as(typed.err()).isZero();
    return typed;
  }

  final CommandResult onSite(String... args) {
    return CommandResult.run(withServer(args));
  }

  final CommandResult run(String... args) {
    return CommandResult.run(onServer(args));
  }

  final String[] withServer(String... args) {
    return with(onServer(args), "--site", site());
  }

  final String[] onServer(String... args) {
    String address = fixture.server().address().toString();
    return with(args, "--server", address, "--key", ServerFixture.KEY);
  }

  static String[] with(String[] args, String... more) {
    List<String> all = new ArrayList<>();
    Stream.of(args, more).forEach(words -> all.addAll(List.of(words)));
    return all.toArray(String[]::new);
  }

  static JsonNode json(CommandResult typed) throws IOException {
    return new ObjectMapper().readTree(typed.out());
  }
}
