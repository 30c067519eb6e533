package dev.hookferry.docs;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpHandler;
import com.sun.net.httpserver.HttpServer;
import dev.hookferry.app.cli.CommandLines;
import dev.hookferry.app.config.reading.ConfigSources;
import dev.hookferry.app.config.reading.ServerConfigReader;
import dev.hookferry.app.wiring.Server;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** A server for the commands of the manual. It may call this machine over plain http. */
final class ManualServer implements AutoCloseable {
  static final String KEY = "manual-admin-key-0123456789-0123456789";

  private static final Pattern WORD = Pattern.compile("'[^']*'|[^ ]+");

  private static final Map<String, List<String>> LOOPBACK =
      Map.of("--allow-network", List.of("127.0.0.0/8"), "--allow-http", List.of("true"));

  private final Server server;

  private ManualServer(Server server) {
    this.server = server;
  }

  /** Starts a receiver on a free port of this machine. */
  static HttpServer receiver(HttpHandler handler) throws IOException {
    HttpServer receiver =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
    receiver.createContext("/", handler);
    receiver.start();
    return receiver;
  }

  static ManualServer inMemory(Path folder) {
    return on("memory", folder);
  }

  static ManualServer onFiles(Path folder) {
    return on("file:" + folder.resolve("store"), folder);
  }

  /**
   * Returns a server on a store that is there already.
   *
   * @param masterKeys the file with the keys of its secrets
   */
  static ManualServer onStore(String store, Path folder, Path masterKeys) {
    Map<String, List<String>> flags = new HashMap<>(LOOPBACK);
    flags.put("--master-key-file", List.of(masterKeys.toString()));
    return started(store, folder, Map.of(), flags);
  }

  static ManualServer behindProxy(Path folder) {
    return on("memory", folder, Map.of("HOOKFERRY_BEHIND_PROXY", "true"));
  }

  /** Returns a server that may call public addresses over https only, as it does by default. */
  static ManualServer strict(Path folder) {
    return started("memory", folder, Map.of(), Map.of());
  }

  private static ManualServer on(String store, Path folder) {
    return on(store, folder, Map.of());
  }

  private static ManualServer on(String store, Path folder, Map<String, String> variables) {
    return started(store, folder, variables, LOOPBACK);
  }

  private static ManualServer started(
      String store, Path folder, Map<String, String> variables, Map<String, List<String>> more) {
    Map<String, List<String>> flags = new HashMap<>(more);
    flags.put("--port", List.of("0"));
    flags.put("--store", List.of(store));
    Map<String, String> environment = new HashMap<>(variables);
    environment.put("HOOKFERRY_ADMIN_KEY", KEY);
    return new ManualServer(
        Server.start(
            ServerConfigReader.read(new ConfigSources(folder, null, environment, flags)).config()));
  }

  String address() {
    return server.address().toString();
  }

  /** Runs a command against this server. */
  Printed run(List<String> words) {
    List<String> all = new ArrayList<>(words);
    all.addAll(List.of("--server", address(), "--key", KEY));
    return runAlone(all);
  }

  /** Runs a line of the manual, which must succeed, and returns what it prints. */
  String typed(String line) {
    Printed printed = run(words(line));
    assertThat(printed.code()).as("%s: %s", line, printed.err()).isZero();
    return printed.out();
  }

  /** Returns the words of a line after {@code hookferry}, as a shell would pass them. */
  static List<String> words(String line) {
    List<String> words =
        WORD.matcher(line)
            .results()
            .map(word -> word.group().replace("'", ""))
            .collect(Collectors.toCollection(ArrayList::new));
    words.remove("hookferry");
    return words;
  }

  /** Runs a command that needs no server. */
  static Printed runAlone(List<String> words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    String[] args = words.toArray(String[]::new);
    int code =
        CommandLines.create(args)
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(args);
    return new Printed(code, out.toString(), err.toString());
  }

  /** Output and exit code of a command. */
  record Printed(int code, String out, String err) {}

  @Override
  public void close() {
    server.close();
  }
}
