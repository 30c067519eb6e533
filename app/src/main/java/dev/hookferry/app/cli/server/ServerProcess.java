package dev.hookferry.app.cli.server;

import dev.hookferry.MasterKeys;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.config.LogLevel;
import dev.hookferry.app.config.ServerConfig;
import dev.hookferry.app.config.reading.LoadedConfig;
import dev.hookferry.app.config.value.SecretText;
import dev.hookferry.app.logging.Causes;
import dev.hookferry.app.logging.Logs;
import dev.hookferry.app.text.Version;
import dev.hookferry.app.wiring.Server;
import dev.hookferry.observe.NodeCondition;
import dev.hookferry.refusal.RefusedException;
import dev.hookferry.secret.MasterKeyException;
import dev.hookferry.store.StoreException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The life of the server's process: starts it, waits for its end, says what happens. */
public final class ServerProcess {
  private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);

  private final LoadedConfig loaded;
  private final ServerConfig config;
  private final PrintWriter out;
  private boolean ended;

  public ServerProcess(LoadedConfig loaded, PrintWriter out) {
    this.loaded = loaded;
    config = loaded.config();
    this.out = out;
  }

  /** Runs the server; returns only if it could not start or must end by itself. */
  public int run() throws InterruptedException {
    Logs.toStandardError(config.log());
    if (!loaded.ignored().isEmpty()) {
      LOG.atInfo()
          .addKeyValue("variables", String.join(",", loaded.ignored()))
          .log("ignored Kubernetes service links");
    }
    Server server;
    try {
      server = Server.start(loaded);
    } catch (StoreException | MasterKeyException | UncheckedIOException | RefusedException e) {
      LOG.atError().addKeyValue("cause", SecretText.masked(Causes.inWords(e))).log("cannot start");
      if (config.log().level() == LogLevel.DEBUG) {
        LOG.debug("the same, in full", e);
      }
      return ExitCode.FAILED;
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "hookferry-stop"));
    started(server);
    try {
      String reason = server.stopped().get();
      LOG.atError().addKeyValue("cause", reason).log("ending, because only a new start helps");
    } catch (ExecutionException e) {
      throw new IllegalStateException("nothing completes it so", e);
    }
    close(server);
    return ExitCode.STORE_STOPPED;
  }

  private void started(Server server) {
    server
        .firstKey()
        .ifPresent(
            key -> {
              out.println("the first admin key, shown this once: " + key);
              out.flush();
            });
    MasterKeys.Status secrets = server.hookferry().webhooks().masterKeys().status();
    if (secrets.newest() == null) {
      LOG.warn(
          "secrets are kept as they are, since no master key is given: whoever can read the"
              + " database can read them. Give one with secrets.masterKeyFile or"
              + " HOOKFERRY_MASTER_KEY");
    }
    NodeCondition condition = server.hookferry().condition();
    if (condition.deliveryOff() != null) {
      LOG.atWarn()
          .addKeyValue("reason", condition.deliveryOff())
          .log("delivery is off: events are accepted and shown, nothing is sent");
    }
    LOG.atInfo()
        .addKeyValue("version", Version.text())
        .addKeyValue("address", server.address())
        .addKeyValue("console", server.address() + "/")
        .addKeyValue("store", config.store().shown())
        .addKeyValue("secrets", secrets.state().word())
        .addKeyValue("delivery", condition.deliveryWord())
        .addKeyValue("pid", ProcessHandle.current().pid())
        .log("ready");
  }

  /** On a signal: the exit code would be the signal's, though all ended as it should. */
  private void stop(Server server) {
    if (close(server)) {
      Runtime.getRuntime().halt(ExitCode.DONE);
    }
  }

  /** Whether it was this call that ended it. */
  private synchronized boolean close(Server server) {
    if (ended) {
      return false;
    }
    ended = true;
    LOG.info("stopping: no new events; requests that are under way may end");
    try {
      server.close();
      LOG.info("stopped");
    } catch (RuntimeException e) {
      LOG.atWarn().addKeyValue("cause", Causes.of(e)).log("the stop was not clean");
    }
    return true;
  }
}
