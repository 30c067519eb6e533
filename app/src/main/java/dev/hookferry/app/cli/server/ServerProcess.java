package dev.hookferry.app.cli.server;

import dev.hookferry.MasterKeys;
import dev.hookferry.app.cli.io.ExitCode;
import dev.hookferry.app.config.LogLevel;
import dev.hookferry.app.config.ServerConfig;
import dev.hookferry.app.config.reading.LoadedConfig;
import dev.hookferry.app.doctor.Remedies;
import dev.hookferry.app.logging.Causes;
import dev.hookferry.app.logging.Logs;
import dev.hookferry.app.text.Version;
import dev.hookferry.app.wiring.Server;
import dev.hookferry.observe.NodeCondition;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.refusal.RefusedException;
import dev.hookferry.secret.MasterKeyException;
import dev.hookferry.store.StoreException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.concurrent.ExecutionException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs the server process: starts the server, waits for its end and logs both. */
public final class ServerProcess {
  private static final Logger LOG = LoggerFactory.getLogger(ServerProcess.class);

  private static final String ADVICE = "advice";
  private static final String DOCTOR = "run hookferry doctor with the same configuration";

  private final LoadedConfig loaded;
  private final ServerConfig config;
  private final PrintWriter out;
  private boolean ended;

  public ServerProcess(LoadedConfig loaded, PrintWriter out) {
    this.loaded = loaded;
    config = loaded.config();
    this.out = out;
  }

  /**
   * Runs the server. Blocks until the server cannot continue; returns the exit code. A signal ends
   * the process through a shutdown hook instead.
   */
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
      return failed(e);
    }
    Runtime.getRuntime().addShutdownHook(new Thread(() -> stop(server), "hookferry-stop"));
    started(server);
    try {
      String reason = server.stopped().get();
      LOG.atError()
          .addKeyValue("cause", reason)
          .log("fatal failure: the node stops and must be restarted");
    } catch (ExecutionException e) {
      throw new IllegalStateException("unreachable: this future never fails", e);
    }
    close(server);
    return ExitCode.STORE_STOPPED;
  }

  /** Logs why the server has not started, and returns the exit code. */
  private int failed(RuntimeException failure) {
    LOG.atError()
        .addKeyValue("cause", Remedies.problem(failure))
        .addKeyValue(ADVICE, Remedies.of(failure).orElse(DOCTOR))
        .log("start failed");
    if (config.log().level() == LogLevel.DEBUG) {
      LOG.debug("stack trace of the failed start", failure);
    }
    // A restart does not help if a value, such as a certificate, is unusable.
    return failure instanceof InvalidException || failure instanceof MasterKeyException
        ? ExitCode.USAGE
        : ExitCode.FAILED;
  }

  private void started(Server server) {
    server
        .firstKey()
        .ifPresent(
            key -> {
              out.println("first admin key, shown only once: " + key);
              out.flush();
            });
    MasterKeys.Status secrets = server.hookferry().webhooks().masterKeys().status();
    if (secrets.newest() == null) {
      LOG.atWarn()
          .addKeyValue(ADVICE, "set secrets.masterKeyFile or HOOKFERRY_MASTER_KEY")
          .log("secrets are stored unencrypted: no master key");
    }
    List<String> missing = server.hookferry().webhooks().sites().missingSigners();
    if (!missing.isEmpty()) {
      LOG.atWarn()
          .addKeyValue("signers", String.join(",", missing))
          .addKeyValue(ADVICE, "set secrets.signers")
          .log("signers missing: some sites have keys that only these signers can use");
    }
    NodeCondition condition = server.hookferry().condition();
    if (condition.deliveryOff() != null) {
      LOG.atWarn()
          .addKeyValue("reason", condition.deliveryOff())
          .log("delivery is off: events are accepted but not sent");
    }
    LOG.atInfo()
        .addKeyValue("version", Version.text())
        .addKeyValue("address", server.address())
        .addKeyValue("console", server.address() + "/")
        .addKeyValue("store", config.store().shown())
        .addKeyValue("secrets", secrets.state().code())
        .addKeyValue("delivery", condition.deliveryStatus())
        .addKeyValue("pid", ProcessHandle.current().pid())
        .log("ready");
    if (!server.portalAddress().equals(server.address())) {
      LOG.atInfo().addKeyValue("address", server.portalAddress()).log("portal ready");
    }
  }

  /** Stops on a signal and exits with 0 instead of the signal's exit code. */
  private void stop(Server server) {
    if (close(server)) {
      Runtime.getRuntime().halt(ExitCode.DONE);
    }
  }

  /** Stops the server; returns false if an earlier call already did. */
  private synchronized boolean close(Server server) {
    if (ended) {
      return false;
    }
    ended = true;
    LOG.info("stopping: accepting no new events, finishing requests in flight");
    try {
      server.close();
      LOG.info("stopped");
    } catch (RuntimeException e) {
      LOG.atWarn().addKeyValue("cause", Causes.of(e)).log("stop failed");
    }
    return true;
  }
}
