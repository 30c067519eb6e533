package dev.hookferry;

import dev.hookferry.body.BodyMapper;
import dev.hookferry.engine.runtime.NodeThreads;
import dev.hookferry.engine.runtime.PlatformThreads;
import dev.hookferry.engine.runtime.RuntimeParts;
import dev.hookferry.engine.runtime.SendDefaults;
import dev.hookferry.id.IdSource;
import dev.hookferry.internal.CoreServices;
import dev.hookferry.internal.SharedRandom;
import dev.hookferry.internal.SystemLogListener;
import dev.hookferry.internal.argument.BuilderOption;
import dev.hookferry.internal.argument.TimeOption;
import dev.hookferry.internal.incident.EndpointIncidents;
import dev.hookferry.internal.maintenance.Maintenance;
import dev.hookferry.observe.AttemptTracing;
import dev.hookferry.observe.Listener;
import dev.hookferry.observe.LoadLimits;
import dev.hookferry.refusal.InvalidException;
import dev.hookferry.schema.SchemaCompiler;
import dev.hookferry.secret.SecretCipher;
import dev.hookferry.secret.Secrets;
import dev.hookferry.signer.Signers;
import dev.hookferry.store.Node;
import dev.hookferry.store.Store;
import dev.hookferry.transport.Transport;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** Builds a {@link Hookferry}. Not thread-safe; call {@link #build} once. */
public final class HookferryBuilder {
  private final Store store;
  private final Transport transport;
  private InstantSource clock = InstantSource.system();
  private RandomGenerator secure = new SecureRandom();
  private @Nullable SecretCipher cipher;
  private Listener listener =
      new SystemLogListener(System.getLogger("dev.hookferry"), System::nanoTime);
  private LoadLimits limits = LoadLimits.DEFAULT;
  private Node nodeName = Node.ofProcess();
  private SendDefaults requests = SendDefaults.DEFAULT;
  private Duration drainTimeout = Duration.ofSeconds(20);
  private @Nullable Duration retention;
  private @Nullable Duration auditRetention;
  private Duration blockedKeyAlert = Duration.ofHours(1);
  private @Nullable Duration disableFailingAfter;
  private boolean noDelivery;
  private SchemaCompiler schemas = SchemaCompiler.none();

  HookferryBuilder(Store store, Transport transport) {
    this.store = store;
    this.transport = transport;
  }

  /** Sets the node's clock; the system's by default. */
  public HookferryBuilder clock(InstantSource clock) {
    this.clock = Objects.requireNonNull(clock, "clock");
    return this;
  }

  /**
   * Sets the source of secrets, ids and jitter; a {@link SecureRandom} by default. A seeded one
   * makes a run repeatable, and secrets guessable. It need not be thread-safe unless it is shared.
   */
  public HookferryBuilder random(RandomGenerator random) {
    secure = new SharedRandom(Objects.requireNonNull(random, "random"));
    return this;
  }

  /**
   * Sets how secrets are stored: {@link Secrets#sealedBy} a master key, {@link Secrets#inTheClear},
   * or with a cipher of your own. There is no default.
   */
  public HookferryBuilder secrets(SecretCipher secrets) {
    this.cipher = Objects.requireNonNull(secrets, "secrets");
    return this;
  }

  /** Sets the listener; by default, failures are logged through {@link System.Logger}. */
  public HookferryBuilder listener(Listener listener) {
    this.listener = Objects.requireNonNull(listener, "listener");
    return this;
  }

  /** Adds a listener to the one that is set, or to the default one, which logs. */
  public HookferryBuilder addListener(Listener listener) {
    Objects.requireNonNull(listener, "listener");
    this.listener = Listener.all(this.listener, listener);
    return this;
  }

  /** Sets the limits on memory and concurrency; {@link LoadLimits#DEFAULT} by default. */
  public HookferryBuilder limits(LoadLimits limits) {
    this.limits = Objects.requireNonNull(limits, "limits");
    return this;
  }

  /**
   * Sets the name of this process among the nodes of a store; by default host name, process id and
   * four random digits, such as {@code web-1/4711/9f3a}.
   *
   * @param nodeName 1 to 200 characters
   * @throws InvalidException if it is blank or longer
   */
  public HookferryBuilder nodeName(String nodeName) {
    Objects.requireNonNull(nodeName, "nodeName");
    this.nodeName = BuilderOption.named("nodeName", () -> new Node(nodeName));
    return this;
  }

  /**
   * Sets the {@code User-Agent} of requests; {@code Hookferry} by default.
   *
   * @param userAgent 1 to 200 visible ASCII characters and spaces, beginning and ending with a
   *     visible one
   * @throws IllegalArgumentException if it is anything else
   */
  public HookferryBuilder userAgent(String userAgent) {
    requests = requests.withUserAgent(userAgent);
    return this;
  }

  /**
   * Sets how long an attempt may take in total, from name resolution to the end of the response; 15
   * seconds by default.
   *
   * @param attemptTimeout 100 milliseconds to 30 seconds
   * @throws IllegalArgumentException if it is out of these bounds
   */
  public HookferryBuilder attemptTimeout(Duration attemptTimeout) {
    requests = requests.withAttemptTimeout(attemptTimeout);
    return this;
  }

  /**
   * Sets how long {@link Hookferry#close} waits for requests in flight; 20 seconds by default.
   *
   * @param drainTimeout zero or longer
   * @throws IllegalArgumentException if it is negative
   */
  public HookferryBuilder drainTimeout(Duration drainTimeout) {
    this.drainTimeout = TimeOption.DRAIN_TIMEOUT.checked(drainTimeout);
    return this;
  }

  /**
   * Sets how long events and their log are kept; forever by default.
   *
   * @param retention one hour to 36,500 days
   * @throws IllegalArgumentException if it is out of these bounds
   */
  public HookferryBuilder retention(Duration retention) {
    this.retention = TimeOption.RETENTION.checked(retention);
    return this;
  }

  /**
   * Sets how long the audit log is kept; forever by default.
   *
   * @param auditRetention one hour to 36,500 days
   * @throws IllegalArgumentException if it is out of these bounds
   */
  public HookferryBuilder auditRetention(Duration auditRetention) {
    this.auditRetention = TimeOption.AUDIT_RETENTION.checked(auditRetention);
    return this;
  }

  /**
   * Sets how long an ordering key may be blocked before it is reported; an hour by default.
   *
   * @param blockedKeyAlert one millisecond to 36,500 days
   * @throws IllegalArgumentException if it is out of these bounds
   */
  public HookferryBuilder blockedKeyAlert(Duration blockedKeyAlert) {
    this.blockedKeyAlert = TimeOption.BLOCKED_KEY_ALERT.checked(blockedKeyAlert);
    return this;
  }

  /**
   * Sets after how long without a success failing endpoints are disabled; never by default. {@code
   * endpoint_will_be_disabled} is published a day before.
   *
   * @param disableFailingAfter 2 to 30 days
   * @throws IllegalArgumentException if it is out of these bounds
   */
  public HookferryBuilder disableFailingAfter(Duration disableFailingAfter) {
    this.disableFailingAfter = TimeOption.DISABLE_FAILING_AFTER.checked(disableFailingAfter);
    return this;
  }

  /**
   * Sets whether to send nothing at all, as for a restored copy: events are accepted and stored,
   * everything can be read, no attempt is made or used up, and tests are refused. False by default;
   * a transport whose policy allows nothing has the same effect.
   */
  public HookferryBuilder noDelivery(boolean noDelivery) {
    this.noDelivery = noDelivery;
    return this;
  }

  /**
   * Sets the compiler for the JSON Schemas of event types, such as that of {@code
   * hookferry-json-schema}; by default there is none, and schemas are refused unless their policy
   * is off.
   */
  public HookferryBuilder schemas(SchemaCompiler schemas) {
    this.schemas = Objects.requireNonNull(schemas, "schemas");
    return this;
  }

  /**
   * Adds a mapper that makes the bodies for endpoints that select it by name.
   *
   * @param name 1 to 64 characters of {@code A-Za-z0-9_.-}
   * @throws InvalidException if the name is anything else
   */
  public HookferryBuilder bodyMapper(String name, BodyMapper mapper) {
    requests =
        requests.withBodies(
            BuilderOption.named("bodyMapper", () -> requests.bodies().with(name, mapper)));
    return this;
  }

  /**
   * Sets the signers that hold the Ed25519 keys of sites, such as a key management service; {@link
   * Signers#NONE} by default. Hookferry closes them when it is closed.
   */
  public HookferryBuilder signers(Signers signers) {
    requests = requests.withSigners(Objects.requireNonNull(signers, "signers"));
    return this;
  }

  /** Sets how attempts take part in distributed traces; {@link AttemptTracing#OFF} by default. */
  public HookferryBuilder tracing(AttemptTracing tracing) {
    requests = requests.withTracing(Objects.requireNonNull(tracing, "tracing"));
    return this;
  }

  /**
   * Builds the instance without starting it.
   *
   * @throws IllegalStateException if {@link #secrets} was not called
   */
  public Hookferry build() {
    if (cipher == null) {
      throw new IllegalStateException(
          "secrets must be chosen: secrets(Secrets.sealedBy(masterKeys)) seals them before they are"
              + " stored, secrets(Secrets.inTheClear()) stores them as they are");
    }
    return new Hookferry(this);
  }

  private @Nullable String deliveryOff() {
    return noDelivery
        ? "noDelivery is set"
        : transport.policy().allowsNothing() ? "the outbound policy allows nothing" : null;
  }

  Transport transport() {
    return transport;
  }

  Duration drainTimeout() {
    return drainTimeout;
  }

  Maintenance.Limits maintenance() {
    return new Maintenance.Limits(retention, auditRetention, blockedKeyAlert, disableFailingAfter);
  }

  /** With virtual time, everything runs on the test's own thread. */
  NodeThreads threads() {
    return clock instanceof NodeThreads virtual ? virtual : new PlatformThreads();
  }

  CoreServices services(EndpointIncidents incidents) {
    SecretCipher cipher = Objects.requireNonNull(this.cipher);
    IdSource ids = new IdSource(secure);
    RandomGenerator jitter = new SplittableRandom(secure.nextLong());
    Node node = new Node(nodeName.name(), deliveryOff() == null);
    RuntimeParts made =
        new RuntimeParts(
            store, transport, cipher, incidents, listener, clock, jitter, ids, limits, node,
            requests, threads());
    return CoreServices.of(made, secure, schemas, deliveryOff(), auditRetention);
  }
}
