package dev.hookferry.app.config.reading;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.hookferry.app.config.ServerConfig;
import dev.hookferry.observe.LoadLimits;
import dev.hookferry.outbound.TargetUrl;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class ConfigDefaultsTest {
  /** Every key with its default, its variable and its flag. */
  private static final String ROWS =
      """
      port=8087 HOOKFERRY_PORT --port
      bind=127.0.0.1 HOOKFERRY_BIND --bind
      behindProxy=false HOOKFERRY_BEHIND_PROXY --behind-proxy
      proxyUserHeader= HOOKFERRY_PROXY_USER_HEADER --proxy-user-header
      listen.tls.cert= HOOKFERRY_LISTEN_TLS_CERT --tls-cert
      listen.tls.key= HOOKFERRY_LISTEN_TLS_KEY --tls-key
      adminKey= HOOKFERRY_ADMIN_KEY null
      bodyTimeout=30s HOOKFERRY_BODY_TIMEOUT --body-timeout
      store=file:./hookferry-data HOOKFERRY_STORE --store
      storeUser= HOOKFERRY_STORE_USER --store-user
      storePassword= HOOKFERRY_STORE_PASSWORD null
      storeSchema= HOOKFERRY_STORE_SCHEMA --store-schema
      storeTablePrefix=hookferry_ HOOKFERRY_STORE_TABLE_PREFIX --store-table-prefix
      storeSchemaMode=migrate HOOKFERRY_STORE_SCHEMA_MODE --store-schema-mode
      secrets.masterKeyFile= HOOKFERRY_SECRETS_MASTER_KEY_FILE --master-key-file
      masterKey= HOOKFERRY_MASTER_KEY null
      secrets.signers= HOOKFERRY_SECRETS_SIGNERS --signer
      outboxes= HOOKFERRY_OUTBOXES --outbox
      ownerTimeout=12s HOOKFERRY_OWNER_TIMEOUT --owner-timeout
      node= HOOKFERRY_NODE --node
      outbound.allowNetworks= HOOKFERRY_OUTBOUND_ALLOW_NETWORKS --allow-network
      outbound.allowHttp= HOOKFERRY_OUTBOUND_ALLOW_HTTP --allow-http
      outbound.allowPorts= HOOKFERRY_OUTBOUND_ALLOW_PORTS --allow-port
      outbound.allowPublic=true HOOKFERRY_OUTBOUND_ALLOW_PUBLIC --allow-public
      outbound.egresses= HOOKFERRY_OUTBOUND_EGRESSES --egress
      outbound.defaultEgress= HOOKFERRY_OUTBOUND_DEFAULT_EGRESS --default-egress
      noDelivery=false HOOKFERRY_NO_DELIVERY --no-delivery
      attemptTimeout=15s HOOKFERRY_ATTEMPT_TIMEOUT --attempt-timeout
      retention=90d HOOKFERRY_RETENTION --retention
      auditRetention=365d HOOKFERRY_AUDIT_RETENTION --audit-retention
      blockedKeyAlert=1h HOOKFERRY_BLOCKED_KEY_ALERT --blocked-key-alert
      disableFailingAfter=never HOOKFERRY_DISABLE_FAILING_AFTER --disable-failing-after
      stopGrace=20s HOOKFERRY_STOP_GRACE --stop-grace
      logFormat=text HOOKFERRY_LOG_FORMAT --log-format
      logLevel=info HOOKFERRY_LOG_LEVEL --log-level
      logLevels= HOOKFERRY_LOG_LEVELS --log-levels
      logConfig= HOOKFERRY_LOG_CONFIG --log-config
      metrics.endpoints= HOOKFERRY_METRICS_ENDPOINTS --metrics-endpoint
      metrics.busiest=100 HOOKFERRY_METRICS_BUSIEST --metrics-busiest
      portal.listen= HOOKFERRY_PORTAL_LISTEN --portal-listen
      portal.url= HOOKFERRY_PORTAL_URL --portal-url
      otel.endpoint= HOOKFERRY_OTEL_ENDPOINT --otel-endpoint
      otel.headers= HOOKFERRY_OTEL_HEADERS null
      otel.traces=true HOOKFERRY_OTEL_TRACES --otel-traces
      otel.metrics=true HOOKFERRY_OTEL_METRICS --otel-metrics
      otel.share=1 HOOKFERRY_OTEL_SHARE --otel-share
      otel.interval=60s HOOKFERRY_OTEL_INTERVAL --otel-interval
      otel.serviceName=hookferry HOOKFERRY_OTEL_SERVICE_NAME --otel-service-name
      alerts.email.to= HOOKFERRY_ALERTS_EMAIL_TO --alerts-email-to
      alerts.email.from= HOOKFERRY_ALERTS_EMAIL_FROM --alerts-email-from
      alerts.smtp.host= HOOKFERRY_ALERTS_SMTP_HOST --alerts-smtp-host
      alerts.smtp.port=587 HOOKFERRY_ALERTS_SMTP_PORT --alerts-smtp-port
      alerts.smtp.tls=starttls HOOKFERRY_ALERTS_SMTP_TLS --alerts-smtp-tls
      alerts.smtp.user= HOOKFERRY_ALERTS_SMTP_USER --alerts-smtp-user
      alerts.smtp.password= HOOKFERRY_ALERTS_SMTP_PASSWORD null
      alerts.slack= HOOKFERRY_ALERTS_SLACK null
      alerts.teams= HOOKFERRY_ALERTS_TEAMS null
      alerts.types= HOOKFERRY_ALERTS_TYPES --alerts-types
      alerts.consoleUrl= HOOKFERRY_ALERTS_CONSOLE_URL --alerts-console-url
      limits.inFlight=512 HOOKFERRY_LIMITS_IN_FLIGHT --limits-in-flight
      limits.window=64 HOOKFERRY_LIMITS_WINDOW --limits-window
      limits.connections=0 HOOKFERRY_LIMITS_CONNECTIONS --limits-connections
      limits.connectionsPerHost=0 HOOKFERRY_LIMITS_CONNECTIONS_PER_HOST --limits-connections-per-host
      limits.lane=256 HOOKFERRY_LIMITS_LANE --limits-lane
      limits.owned=20000 HOOKFERRY_LIMITS_OWNED --limits-owned
      limits.ownedMebibytes=0 HOOKFERRY_LIMITS_OWNED_MEBIBYTES --limits-owned-mebibytes
      limits.openPublishes=10000 HOOKFERRY_LIMITS_OPEN_PUBLISHES --limits-open-publishes
      limits.batch=1000 HOOKFERRY_LIMITS_BATCH --limits-batch
      limits.keyRate=0 HOOKFERRY_LIMITS_KEY_RATE --limits-key-rate
      limits.keyBurst=100 HOOKFERRY_LIMITS_KEY_BURST --limits-key-burst
      limits.failedLogins=20 HOOKFERRY_LIMITS_FAILED_LOGINS --limits-failed-logins\
      """;

  @Test
  void everyKeyHasItsDefaultVariableAndFlag() {
    assertThat(
            ConfigKeys.ALL.stream().map(ConfigDefaultsTest::row).collect(Collectors.joining("\n")))
        .isEqualTo(ROWS);
  }

  @Test
  void defaultsAreThoseOfTheEngineAndOpenNothing() {
    ServerConfig config = ServerConfigReader.defaults();
    assertThat(config.engine().limits()).isEqualTo(LoadLimits.DEFAULT);
    assertThat(config.listen().address().isLoopbackAddress()).isTrue();
    assertThat(config.listen().adminKey()).isNull();
    assertThat(config.outbound().policy().opensNetworks()).isFalse();
    for (String url : List.of("http://crm.example.com/", "https://127.0.0.1/")) {
      assertThatThrownBy(() -> config.outbound().policy().check(TargetUrl.parse(url)))
          .hasMessageContaining("url");
    }
  }

  private static String row(ConfigKey<?> key) {
    return key.name() + "=" + key.fallback() + " " + key.variable() + " " + key.flag();
  }
}
