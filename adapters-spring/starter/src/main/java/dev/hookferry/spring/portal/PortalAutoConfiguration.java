package dev.hookferry.spring.portal;

import dev.hookferry.Hookferry;
import dev.hookferry.Webhooks;
import dev.hookferry.http.console.activity.Activity;
import dev.hookferry.http.console.portal.PortalPages;
import dev.hookferry.http.options.HttpServerOptions;
import dev.hookferry.portal.Portal;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.Map;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.web.servlet.handler.SimpleUrlHandlerMapping;

/**
 * Serves the pages of the customers' portal under {@code /portal/} in a Spring MVC application, if
 * {@code hookferry-http-server} is on its class path. The portal of a site is off until its
 * settings switch it on. The application must have no context path.
 */
@AutoConfiguration(afterName = "dev.hookferry.spring.autoconfigure.HookferryAutoConfiguration")
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({PortalPages.class, SimpleUrlHandlerMapping.class})
@ConditionalOnBean({Webhooks.class, Portal.class})
@ConditionalOnBooleanProperty(name = "hookferry.portal.enabled", matchIfMissing = true)
class PortalAutoConfiguration {
  /** Counts deliveries since this process started, for the figures of endpoints. */
  @Bean
  Activity hookferryPortalActivity() {
    return new Activity();
  }

  @Bean
  PortalRequestHandler hookferryPortalHandler(
      Hookferry hookferry, Portal portal, Activity activity) {
    // Each request shows whether it came over TLS, so nothing depends on these options.
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    return new PortalRequestHandler(
        new PortalPages(
            hookferry, portal, HttpServerOptions.on(any), activity, InstantSource.system()));
  }

  /**
   * Maps the portal's paths. Comes before the application's own mappings, which may match every
   * path.
   */
  @Bean
  SimpleUrlHandlerMapping hookferryPortalMapping(PortalRequestHandler handler) {
    return new SimpleUrlHandlerMapping(
        Map.of("/portal", handler, "/portal/**", handler), Ordered.HIGHEST_PRECEDENCE);
  }
}
